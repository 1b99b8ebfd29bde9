from . import (
    ai_client_page,
    ai_rating_invitation,
    ai_sales_extract,
    rating_rating,
    res_company,
    res_partner,
    sale_order,
)
