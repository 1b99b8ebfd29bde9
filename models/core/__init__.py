from . import ai_company_job, ai_company_row  # isort: skip (others inherit from them)
from . import (
    ai_alert,
    ai_backtest_result,
    ai_demand_history,
    ai_model_store,
    ai_product_row,
    ai_sales_extract,
    ai_sales_extract_demand,
    ai_sales_extract_warehouses,
    ai_stock_extract,
    ai_stock_extract_mrp,
    ai_stock_extract_supply,
    ai_training_run,
    ai_training_run_queue,
    ir_http,
    res_company,
    res_config_settings,
)
