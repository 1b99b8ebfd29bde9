"""The default pipeline: a back-test chooses, all orders train."""

import numpy as np

from ..core.baskets import without_counters
from ..core.exceptions import InsufficientDataError
from .affinity import EASE_PRODUCTS
from .association_rules import mine_rules
from .backtest import run_backtest
from .recommender import Blend, Trainer

# A history too short for a back-test: rules alone, which say how often they held.
CAUTIOUS = Blend("rules")


def train_recommender(
    baskets,
    thresholds,
    rules=None,
    seed=0,
    most_history_orders=500,
    min_purchases=3,
    least_customers=1,
):
    """Train what ranks the suggestions of a company.

    baskets : algorithms.core.baskets.Baskets; without days their order is that of time.
    thresholds : algorithms.suggestion.association_rules.RuleThresholds, for the rules among the
        candidates.
    rules : RuleTable mined from the same baskets, or None to mine them here.
    seed : int, of the choice of hidden products.
    most_history_orders : int, a customer with more orders is a shop counter, not a person: it has
        no history.
    min_purchases, least_customers : int, see ``algorithms.suggestion.backtest.run_backtest``.
    Returns algorithms.suggestion.recommender.Recommender; its ``report`` is None and its method
    "rules" where there are too few orders for a back-test.
    Raises InsufficientDataError where there are too few orders for rules.
    """
    if rules is None:
        rules = mine_rules(baskets, thresholds)
    try:
        report = run_backtest(
            without_counters(baskets, most_history_orders),
            thresholds,
            np.random.default_rng(seed),
            min_purchases,
            least_customers,
        )
        blend = report.blend
    except InsufficientDataError:
        report, blend = None, CAUTIOUS
    return Trainer(baskets, rules, thresholds, EASE_PRODUCTS).train(blend, report)
