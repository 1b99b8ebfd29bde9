from . import ai_treasury_extract, ai_treasury_extract_orders
