from . import (
    ai_client,
    ai_client_figures,
    ai_client_sheet,
    ai_client_sheet_desk,
    ai_client_sheet_money,
    ai_client_sheet_sales,
    ai_sales_extract,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_phone,
    res_partner_phone_lookup,
)
