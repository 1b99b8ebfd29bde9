"""Would it have helped? Train on the older orders, hide a product of each later one, look for it.

The newest fifth of the orders is set aside. From each of those baskets one product is hidden; a
method ranks everything that is not shown. Three situations are measured: *full* shows the rest of
the basket, *early* three random others, as when a quotation has just been begun, and *empty*
nothing but the customer.

    hit rate at 5            share of hidden products among the first five
    mean reciprocal rank     mean of 1 / rank of the hidden product
    served                   share of baskets for which the method knows anything at all

Beside the methods stands what needs no model, the most popular products of the last 30 days. A
model that does not beat it is reported as beaten.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from ..core import parallel
from ..core.exceptions import InsufficientDataError
from .association_rules import mine_rules
from .backtest_cases import hide, split, with_terms
from .recommender import Blend, Trainer

HITS_AT = 5
# For choosing λ and the weights; the final model may be larger.
TUNING_PRODUCTS = 3_000
RATIOS = (0.2, 0.5, 1.0, 2.0)
HISTORY_WEIGHTS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.1)
POPULARITY_WEIGHTS = (0.0, 0.05, 0.15, 0.4, 1.0, 2.0, 4.0)
REORDER_WEIGHTS = (0.0, 0.1, 0.3, 0.6, 1.0, 2.0)
FACTOR_WEIGHTS = (0.0, 0.05, 0.15, 0.4)
# What the methods are compared with, before the weights are chosen for the best of them.
USUAL_HISTORY, USUAL_POPULARITY = 0.4, 0.05
# Relative gain for which products are ranked by affinities that chance could explain as well.
WORTH_GUESSING = 0.03
BLOCK_CELLS = 4_000_000


@dataclass(frozen=True)
class Quality:
    """Figures of one method in one situation; shares in 0..1."""

    hit_rate: float
    mrr: float
    served: float


@dataclass(frozen=True)
class Report:
    """Outcome of a back-test.

    full, early, empty : {method: Quality}; "popular", "rules", "cosine", "ease" with the best λ
        (each alone) and "chosen", the blend that is shipped.
    blend : Blend that was chosen.
    basket_count, case_count : int, later baskets and hidden products.
    """

    full: dict
    early: dict
    empty: dict
    blend: Blend
    basket_count: int
    case_count: int

    @property
    def beaten(self):
        """Whether popularity alone finds more, or as many and ranks them better."""
        chosen, popular = self.full["chosen"], self.full["popular"]
        return (chosen.hit_rate, chosen.mrr) < (popular.hit_rate, popular.mrr)


def run_backtest(baskets, thresholds, rng, min_purchases=3, least_customers=1):
    """Choose a Blend on a company's own orders.

    baskets : Baskets; thresholds : RuleThresholds; rng : numpy Generator.
    min_purchases : int, days of purchase that make a rhythm; least_customers : int, what fewer
    customers bought is not said to be bought by similar ones.
    Returns Report. Raises InsufficientDataError below 30 later baskets with two known products.
    """
    older, later = split(baskets)
    try:
        rules = mine_rules(older, thresholds)
    except InsufficientDataError:
        rules = None
    trainer = Trainer(older, rules, thresholds, TUNING_PRODUCTS)
    cases, basket_count = hide(later, older, trainer.purchases, rng)
    cases = with_terms(
        cases, baskets, older, trainer.purchases.products, min_purchases, least_customers
    )
    blend = _choose(trainer, cases)
    shown = {
        "rules": Blend("rules"),
        "cosine": Blend("cosine"),
        "ease": Blend("ease", blend.ratio or RATIOS[1]),
    }
    models = {name: trainer.compare(each) for name, each in shown.items()}
    # Nothing but popularity: the same sum with an empty W.
    models["popular"] = replace(
        trainer.compare(Blend("rules", popularity_weight=1.0)),
        weights=sparse.csr_matrix(trainer.weights("cosine", 0.0).shape, dtype=np.float32),
    )
    models["chosen"] = trainer.train(blend)
    return Report(
        full={name: quality(model, cases, cases.full) for name, model in models.items()},
        early={name: quality(model, cases, cases.early) for name, model in models.items()},
        empty={name: quality(model, cases, cases.empty) for name, model in models.items()},
        blend=blend,
        basket_count=basket_count,
        case_count=len(cases),
    )


def quality(model, cases, shown):
    """Quality of a Recommender for what is shown, in blocks of cases."""
    ranks, served = [], []
    step = max(1, BLOCK_CELLS // max(shown.shape[1], 1))
    for start in range(0, len(cases), step):
        rows = slice(start, start + step)
        terms = (None if each is None else each[rows] for each in (cases.reorder, cases.factors))
        scores = model.scores(shown[rows], cases.history[rows], *terms)
        target = scores[np.arange(len(scores)), cases.hidden[rows]][:, None]
        ties = (scores == target).sum(axis=1) - 1
        ranks.append((scores > target).sum(axis=1) + ties / 2 + 1)
        served.append((scores > 0).any(axis=1))
    rank = np.concatenate(ranks)
    return Quality(
        hit_rate=float((rank <= HITS_AT).mean()),
        mrr=float((1 / rank).mean()),
        served=float(np.concatenate(served).mean()),
    )


def _choose(trainer, cases):
    """The best Blend: first the method, then its weights with and without what is not proven."""
    best = _best_method(trainer, cases)
    proven, unproven = (
        _tuned(trainer, cases, replace(best, proven_only=only)) for only in (True, False)
    )
    gain = _value(trainer.train(unproven), cases) / max(_value(trainer.train(proven), cases), 1e-9)
    return _with_customer(trainer, cases, unproven if gain > 1 + WORTH_GUESSING else proven)


def _best_method(trainer, cases):
    """The best Blend with the usual weights; the first of equals, the simplest first."""
    methods = [Blend("rules"), Blend("cosine")]
    methods += [Blend(name, ratio) for name in ("ease", "mixed") for ratio in RATIOS]
    blends = [
        replace(each, history_weight=USUAL_HISTORY, popularity_weight=USUAL_POPULARITY)
        for each in methods
    ]
    # Blends of one λ share the most expensive step, and all of them the cosines.
    trainer.weights("cosine", 0.0)
    groups = [[each for each in blends if each.ratio == ratio] for ratio in (0.0, *RATIOS)]
    tasks = ((trainer, cases, group) for group in groups)
    values = {}
    for group, found in zip(groups, parallel.each(_values, tasks), strict=True):
        values |= dict(zip(group, found, strict=True))
    return max(blends, key=values.get)


def _values(trainer, cases, blends):
    return [_value(trainer.compare(blend), cases) for blend in blends]


def _tuned(trainer, cases, blend):
    """A Blend with the best weights, one after the other."""
    blend = _best_of(
        trainer.train, cases, [replace(blend, history_weight=weight) for weight in HISTORY_WEIGHTS]
    )
    return _best_of(
        trainer.train,
        cases,
        [replace(blend, popularity_weight=weight) for weight in POPULARITY_WEIGHTS],
    )


def _with_customer(trainer, cases, blend):
    """The same Blend with the best weights of what is known of the customer, 0 among them.

    Chosen last and over all situations: it matters most where nothing else is known.
    """
    shown = (cases.full, cases.early, cases.empty)
    for name, terms, weights in (
        ("reorder_weight", cases.reorder, REORDER_WEIGHTS),
        ("factor_weight", cases.factors, FACTOR_WEIGHTS),
    ):
        if terms is not None and terms.nnz:
            blends = [replace(blend, **{name: weight}) for weight in weights]
            blend = _best_of(trainer.train, cases, blends, shown)
    return blend


def _best_of(make, cases, blends, shown=None):
    """The blend with the best mean reciprocal rank over situations; the first of equals.

    shown : what is shown in each situation; full and early without it.
    """
    return max(blends, key=lambda blend: _value(make(blend), cases, shown))


def _value(model, cases, shown=None):
    """What models are compared by."""
    shown = (cases.full, cases.early) if shown is None else shown
    return sum(quality(model, cases, each).mrr for each in shown)
