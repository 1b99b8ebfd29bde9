from . import test_indicator_sales
