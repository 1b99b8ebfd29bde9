from . import (
    ai_alert_rule,
    ai_client_alert,
    ai_client_sheet,
    ai_deposit_balance,
    ai_deposit_container,
    ai_deposit_content,
    ai_sales_extract,
    product_template,
    res_partner,
    sale_order,
    sale_order_line,
    stock_warehouse,
)
