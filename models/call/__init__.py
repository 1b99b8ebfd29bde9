from . import ai_call, ai_client_sheet_desk, ir_http, res_partner_phone_lookup
