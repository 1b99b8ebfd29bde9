from . import (
    test_association_rule,
    test_call_controller,
    test_calls,
    test_client_figures,
    test_client_sheet,
    test_client_tours,
    test_customer_backtest,
    test_customer_offers,
    test_customer_recommendations,
    test_customer_tours,
    test_dialer_tours,
    test_offers_with_modules,
    test_phone_lookup,
    test_phones,
    test_ranking,
    test_suggestions,
    test_tours,
)
from .anomaly import *
from .classification import *
from .core import *
from .forecast import *
from .replenishment import *
