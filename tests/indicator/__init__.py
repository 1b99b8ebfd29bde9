from . import (
    test_indicator_dashboard,
    test_indicator_export,
    test_indicator_learning,
    test_indicator_reader,
    test_indicator_sales,
    test_indicator_stock,
    test_indicator_tours,
)
