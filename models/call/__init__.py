from . import (
    ai_call,
    ai_call_statistics,
    ai_client,
    ai_client_event,
    ai_client_sheet,
    ai_client_sheet_mail,
    calendar_event,
    ir_filters,
    ir_http,
    res_partner,
    sale_order,
)
