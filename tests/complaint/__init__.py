from . import (
    test_complaint_escalation,
    test_complaint_rate,
    test_complaint_record,
    test_complaint_sheet,
    test_complaint_tours,
)
