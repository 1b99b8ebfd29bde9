from . import ai_anomaly_explain
