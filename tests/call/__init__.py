from . import test_call_controller, test_call_dialer_tours, test_call_log
