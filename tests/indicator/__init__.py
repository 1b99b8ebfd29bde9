from . import (
    test_indicator_dashboard,
    test_indicator_export,
    test_indicator_sales,
    test_indicator_tours,
)
