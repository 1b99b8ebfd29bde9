from . import (
    test_classification_changes,
    test_classification_fields,
    test_classification_matrix,
    test_classification_reason,
    test_classification_settings,
    test_classification_totals,
    test_classification_training,
)
