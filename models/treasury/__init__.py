from . import (
    ai_client,
    ai_client_credit,
    ai_client_credit_words,
    ai_client_sheet,
    ai_invoice_outlook,
    ai_training_result_credit,
    ai_training_run_credit,
    ai_treasury_extract,
    ai_treasury_extract_invoices,
    ai_treasury_extract_orders,
    sale_order,
)
