# In the order in which they extend each other.
# isort: off
from . import core
from . import (
    ai_customer_dismissal,
    ai_customer_recommendation,
    ai_customer_recommendation_offers,
    ai_popular_product,
    ai_product_affinity,
    ai_recommendation_rule,
    ai_recommendation_rule_explanation,
    ai_recommendation_rule_training,
    ai_sales_extract_customers,
    ai_suggestion,
    ai_suggestion_access,
    ai_suggestion_customer,
    ai_suggestion_popular,
    ai_suggestion_query,
    ai_training_run_customers,
    ai_training_run_rules,
    res_company_offers,
    res_partner_offers,
    sale_order,
)
from . import classification
from . import anomaly
from . import forecast
from . import replenishment
from . import client
from . import call
