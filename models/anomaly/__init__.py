from . import (
    ai_anomaly,
    ai_anomaly_alert,
    ai_anomaly_causes,
    ai_anomaly_evidence,
    ai_anomaly_exclusion,
    ai_anomaly_storage,
    ai_anomaly_text,
    ai_demand_history,
    ai_sales_extract,
    ai_training_run,
    res_company,
    res_users,
)
