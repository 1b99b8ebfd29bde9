from . import ai_call, ai_client, ai_client_sheet, ir_http, res_partner
