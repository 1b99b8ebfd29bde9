from . import (
    test_association_rule,
    test_call_controller,
    test_calls,
    test_customer_backtest,
    test_customer_offers,
    test_customer_recommendations,
    test_customer_tours,
    test_dialer_tours,
    test_offers_with_modules,
    test_phone_lookup,
    test_ranking,
    test_suggestions,
    test_tours,
)
from .anomaly import *
from .classification import *
from .client import *
from .core import *
from .forecast import *
from .replenishment import *
