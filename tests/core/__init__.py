from . import (
    test_core_bulk_load,
    test_core_concurrency,
    test_core_demand,
    test_core_extract,
    test_core_extract_with_modules,
    test_core_history,
    test_core_i18n,
    test_core_loading,
    test_core_security,
    test_core_settings,
    test_core_training_run,
)
