"""The default pipeline: a back-test chooses, all orders train."""

from dataclasses import replace

import numpy as np

from .affinity import EASE_PRODUCTS
from .association_rules import mine_rules
from .backtest import run_backtest
from .exceptions import InsufficientDataError
from .recommender import Blend, Trainer

# A history too short for a back-test: rules alone, which say how often they held.
CAUTIOUS = Blend("rules")


def train_recommender(baskets, thresholds, rules=None, seed=0, most_history_orders=500):
    """Train what ranks the suggestions of a company.

    baskets : algorithms.baskets.Baskets; without days their order is that of time.
    thresholds : algorithms.association_rules.RuleThresholds, for the rules among the candidates.
    rules : RuleTable mined from the same baskets, or None to mine them here.
    seed : int, of the choice of hidden products.
    most_history_orders : int, a customer with more orders is a shop counter, not a person: it has
        no history.
    Returns algorithms.recommender.Recommender; its ``report`` is None and its method "rules" where
    there are too few orders for a back-test.
    Raises InsufficientDataError where there are too few orders for rules.
    """
    if rules is None:
        rules = mine_rules(baskets, thresholds)
    try:
        report = run_backtest(
            _without_counters(baskets, most_history_orders),
            thresholds,
            np.random.default_rng(seed),
        )
        blend = report.blend
    except InsufficientDataError:
        report, blend = None, CAUTIOUS
    return Trainer(baskets, rules, thresholds, EASE_PRODUCTS).train(blend, report)


def _without_counters(baskets, most_orders):
    """The same baskets, with unknown customers for those who have too many."""
    customers, number = np.unique(baskets.customer, return_inverse=True)
    crowded = np.bincount(number, minlength=len(customers))[number] > most_orders
    return replace(baskets, customer=np.where(crowded, 0, baskets.customer))
