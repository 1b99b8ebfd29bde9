from . import (
    test_indicator_api,
    test_indicator_api_key,
    test_indicator_dashboard,
    test_indicator_digest,
    test_indicator_export,
    test_indicator_health,
    test_indicator_learning,
    test_indicator_reader,
    test_indicator_rights,
    test_indicator_sales,
    test_indicator_stock,
    test_indicator_tours,
)
