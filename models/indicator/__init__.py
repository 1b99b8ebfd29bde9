from . import (
    ai_indicator_source_clients,
    ai_indicator_source_deliveries,
    ai_indicator_source_sales,
    ai_indicator_source_trade,
    ai_indicator_source_training,
    ai_indicator_source_valuation,
    ai_kpi,
    ai_kpi_reader,
    ai_kpi_restatement,
    ai_kpi_value,
    ai_sales_ledger,
)
