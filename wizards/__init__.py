from . import (
    ai_anomaly_explain,
    ai_client_suspend,
)
