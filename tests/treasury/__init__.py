from . import (
    test_treasury_cash,
    test_treasury_cash_tours,
    test_treasury_credit,
    test_treasury_credit_limit,
    test_treasury_credit_tours,
    test_treasury_extract,
    test_treasury_leads,
    test_treasury_price_advice,
    test_treasury_quotations,
    test_treasury_wins,
    test_treasury_wins_tours,
)
