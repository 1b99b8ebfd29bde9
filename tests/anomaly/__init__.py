from . import (
    test_anomaly_alert,
    test_anomaly_damping,
    test_anomaly_decisions,
    test_anomaly_evidence,
    test_anomaly_lasting_change,
    test_anomaly_settings,
    test_anomaly_text,
    test_anomaly_tours,
    test_anomaly_training,
)
