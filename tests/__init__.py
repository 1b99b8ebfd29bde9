from . import (
    test_association_rule,
    test_customer_backtest,
    test_customer_offers,
    test_customer_recommendations,
    test_customer_tours,
    test_offers_with_modules,
    test_ranking,
    test_suggestions,
    test_tours,
)
from .anomaly import *
from .call import *
from .classification import *
from .client import *
from .core import *
from .forecast import *
from .replenishment import *
