from . import (
    test_forecast_accuracy,
    test_forecast_machines,
    test_forecast_security,
    test_forecast_settings,
    test_forecast_tab,
    test_forecast_training,
)
