from . import (
    ai_api_resource,
    ai_product_class,
    ai_product_class_change,
    ai_product_class_reason,
    ai_product_class_storage,
    ai_sales_extract,
    ai_training_result,
    ai_training_run,
    product_product,
    product_template,
    res_company,
    res_config_settings,
)
