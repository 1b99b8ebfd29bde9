from . import (
    ai_recommendation_rule,
    ai_recommendation_rule_training,
    ai_sales_extract,
    ai_suggestion,
    ai_training_run,
    ai_training_run_queue,
    ai_training_run_rules,
    res_company,
    res_config_settings,
    sale_order,
)
