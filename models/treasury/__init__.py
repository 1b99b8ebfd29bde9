from . import (
    ai_cash_line,
    ai_cash_page,
    ai_training_result_cash,
    ai_training_run_cash,
    ai_treasury_extract,
    ai_treasury_extract_orders,
    res_company,
)
