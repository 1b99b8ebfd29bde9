from . import (
    test_association_rule,
    test_bulk_load,
    test_concurrency,
    test_extract,
    test_extract_with_modules,
    test_i18n,
    test_ranking,
    test_security,
    test_settings,
    test_suggestions,
    test_tours,
    test_training_run,
)
