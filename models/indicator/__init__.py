from . import (
    ai_kpi,
    ai_kpi_reader,
    ai_kpi_value,
    ai_sales_ledger,
)
