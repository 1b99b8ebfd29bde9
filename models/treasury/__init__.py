from . import (
    ai_lead_note,
    ai_price_advice,
    ai_quotation_chance,
    ai_quotation_pipeline,
    ai_training_result_wins,
    ai_training_run_wins,
    ai_treasury_extract,
    ai_treasury_extract_orders,
    ai_treasury_extract_quotations,
    sale_order,
)
