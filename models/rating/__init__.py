from . import (
    ai_client_page,
    ai_customer_recommendation,
    ai_rating_estimate,
    ai_rating_invitation,
    ai_sales_extract,
    ai_training_result,
    ai_training_run,
    rating_rating,
    res_company,
    res_partner,
    sale_order,
)
