from . import test_treasury_extract
