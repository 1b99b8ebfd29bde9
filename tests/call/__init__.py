from . import (
    test_call_callback,
    test_call_controller,
    test_call_dialer_tours,
    test_call_event,
    test_call_log,
    test_call_mail,
    test_call_report,
    test_call_revenue,
    test_call_rights,
    test_call_running_tours,
    test_call_statistics_files,
    test_call_statistics_tours,
)
