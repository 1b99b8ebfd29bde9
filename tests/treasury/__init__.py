from . import test_treasury_cash, test_treasury_extract
