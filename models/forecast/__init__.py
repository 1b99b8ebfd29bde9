from . import (
    ai_forecast,
    ai_forecast_accuracy,
    ai_forecast_chart,
    ai_forecast_storage,
    ai_indicator_source,
    ai_sales_extract,
    ai_training_result,
    ai_training_run,
    product_product,
    product_template,
    res_company,
    res_config_settings,
)
