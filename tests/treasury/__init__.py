from . import test_treasury_cash, test_treasury_cash_tours, test_treasury_extract
