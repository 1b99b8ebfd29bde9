from . import (
    test_treasury_credit,
    test_treasury_credit_limit,
    test_treasury_credit_tours,
    test_treasury_extract,
)
