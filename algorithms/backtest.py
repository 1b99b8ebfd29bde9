"""Would it have helped? Train on the older orders, hide a product of each later one, look for it.

The newest fifth of the orders is set aside. From each of those baskets one product is hidden; a
method ranks everything that is not shown. Two situations are measured: *full* shows the rest of the
basket, *early* three random others, as when a quotation has just been begun.

    hit rate at 5            share of hidden products among the first five
    mean reciprocal rank     mean of 1 / rank of the hidden product
    served                   share of baskets for which the method knows anything at all

Beside the methods stands what needs no model, the most popular products of the last 30 days. A
model that does not beat it is reported as beaten.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from .association_rules import mine_rules
from .exceptions import InsufficientDataError
from .recommender import Blend, Trainer

TRAINING_SHARE = 0.8
EARLY_SIZE = 3
HITS_AT = 5
# Fewer baskets than this say nothing; small histories hide several products of each, one at a time.
LEAST_BASKETS = 30
WANTED_CASES = 1_500
MOST_ROUNDS = 10
# For choosing λ and the weights; the final model may be larger.
TUNING_PRODUCTS = 3_000
RATIOS = (0.2, 0.5, 1.0, 2.0)
HISTORY_WEIGHTS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.1)
POPULARITY_WEIGHTS = (0.0, 0.05, 0.15, 0.4, 1.0, 2.0, 4.0)
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

    full, early : {method: Quality}; the methods are "popular", "rules", "cosine", "ease" with the
        best λ (each alone) and "chosen", the blend that is shipped.
    blend : Blend that was chosen.
    basket_count, case_count : int, later baskets and hidden products.
    """

    full: dict
    early: dict
    blend: Blend
    basket_count: int
    case_count: int

    @property
    def beaten(self):
        """Whether popularity alone finds more, or as many and ranks them better."""
        chosen, popular = self.full["chosen"], self.full["popular"]
        return (chosen.hit_rate, chosen.mrr) < (popular.hit_rate, popular.mrr)


@dataclass(frozen=True)
class Cases:
    """Hidden products and what was shown, over the columns of a trainer.

    hidden : (n,) columns; full, early : (n, f) csr, ones for what is shown; history : (n, f) csr,
    earlier orders of the same customer with each product.
    """

    hidden: np.ndarray
    full: sparse.csr_matrix
    early: sparse.csr_matrix
    history: sparse.csr_matrix

    def __len__(self):
        return len(self.hidden)


def run_backtest(baskets, thresholds, rng):
    """Choose a Blend on a company's own orders.

    baskets : Baskets; thresholds : RuleThresholds; rng : numpy Generator.
    Returns Report. Raises InsufficientDataError below 30 later baskets with two known products.
    """
    older, later = split(baskets)
    try:
        rules = mine_rules(older, thresholds)
    except InsufficientDataError:
        rules = None
    trainer = Trainer(older, rules, thresholds, TUNING_PRODUCTS)
    cases, basket_count = hide(later, older, trainer.purchases, rng)
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
        blend=blend,
        basket_count=basket_count,
        case_count=len(cases),
    )


def split(baskets):
    """The older 80 % of the baskets and the later ones, by day."""
    order = np.argsort(baskets.when, kind="stable")
    older = np.zeros(baskets.size, bool)
    older[order[: int(TRAINING_SHARE * baskets.size)]] = True
    return baskets.subset(older), baskets.subset(~older)


def hide(later, older, purchases, rng):
    """Cases of the later baskets with two or more known products.

    Returns (Cases, number of baskets). Raises InsufficientDataError below LEAST_BASKETS of these.
    """
    known = later.restricted(np.isin(later.product, purchases.products))
    kept = known.subset(known.sizes > 1)
    if kept.size < LEAST_BASKETS:
        raise InsufficientDataError(kept.size, LEAST_BASKETS)
    if kept.size > WANTED_CASES:
        newest = np.zeros(kept.size, bool)
        newest[np.argsort(kept.when, kind="stable")[-WANTED_CASES:]] = True
        kept = kept.subset(newest)
    columns = np.split(
        np.searchsorted(purchases.products, kept.product), np.cumsum(kept.sizes)[:-1]
    )
    rounds = min(MOST_ROUNDS, max(1, WANTED_CASES // kept.size))
    hidden, full, early, customers = [], [], [], []
    for content, customer in zip(columns, kept.customer.tolist(), strict=True):
        order = rng.permutation(content)
        for turn in range(min(rounds, len(order))):
            others = np.delete(order, turn)
            hidden.append(order[turn])
            full.append(others)
            early.append(others[:EARLY_SIZE])
            customers.append(customer)
    width = len(purchases.products)
    return (
        Cases(
            np.array(hidden),
            rows_of(full, width),
            rows_of(early, width),
            customer_history(older, purchases, np.array(customers)),
        ),
        kept.size,
    )


def rows_of(contents, width):
    """(n, width) csr_matrix of ones.

    contents : list of n arrays of column numbers.
    """
    lengths = np.array([len(content) for content in contents])
    columns = np.concatenate(contents)
    return sparse.csr_matrix(
        (np.ones(len(columns), np.float32), columns, np.concatenate([[0], np.cumsum(lengths)])),
        shape=(len(contents), width),
    )


def customer_history(baskets, purchases, customers):
    """Earlier orders of some customers with each product.

    baskets : those that ``purchases`` were made of; customers : (n,) ids, 0 for unknown ones.
    Returns (n, f) csr_matrix of float32.
    """
    known = np.unique(customers[customers != 0])
    bought = np.isin(baskets.customer, known)
    groups = sparse.csr_matrix(
        (
            np.ones(int(bought.sum()), np.float32),
            (np.searchsorted(known, baskets.customer[bought]), np.flatnonzero(bought)),
        ),
        shape=(len(known) + 1, baskets.size),
    )
    counts = (groups @ purchases.matrix).tocsr()
    row = np.searchsorted(known, customers)
    # The last, empty row stands for customers whom nobody knows.
    return counts[np.where(customers != 0, row, len(known))]


def quality(model, cases, shown):
    """Quality of a Recommender for what is shown, in blocks of cases."""
    ranks, served = [], []
    step = max(1, BLOCK_CELLS // max(shown.shape[1], 1))
    for start in range(0, len(cases), step):
        rows = slice(start, start + step)
        scores = model.scores(shown[rows], cases.history[rows])
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
    methods = [Blend("rules"), Blend("cosine")]
    methods += [Blend(name, ratio) for name in ("ease", "mixed") for ratio in RATIOS]
    best = _best_of(
        trainer.compare,
        cases,
        [
            replace(each, history_weight=USUAL_HISTORY, popularity_weight=USUAL_POPULARITY)
            for each in methods
        ],
    )
    proven, unproven = (
        _tuned(trainer, cases, replace(best, proven_only=only)) for only in (True, False)
    )
    gain = _value(trainer.train(unproven), cases) / max(_value(trainer.train(proven), cases), 1e-9)
    return unproven if gain > 1 + WORTH_GUESSING else proven


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


def _best_of(make, cases, blends):
    """The blend with the best mean reciprocal rank over both situations; the first of equals."""
    return max(blends, key=lambda blend: _value(make(blend), cases))


def _value(model, cases):
    """What models are compared by."""
    return sum(quality(model, cases, shown).mrr for shown in (cases.full, cases.early))
