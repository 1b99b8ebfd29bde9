from . import (
    test_indicator_api,
    test_indicator_learning,
    test_indicator_reader,
    test_indicator_sales,
    test_indicator_stock,
)
