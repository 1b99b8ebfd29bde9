from . import (
    test_complaint,
    test_complaint_escalation,
    test_complaint_rate,
    test_complaint_sheet,
    test_complaint_tours,
)
