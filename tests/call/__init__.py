from . import (
    test_call_callback,
    test_call_controller,
    test_call_dialer_tours,
    test_call_log,
    test_call_mail,
    test_call_next,
    test_call_next_tours,
    test_call_reservation,
    test_call_running_tours,
    test_call_statistics,
)
