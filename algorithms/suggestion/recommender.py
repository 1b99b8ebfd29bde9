"""What to offer next: affinity to the basket, the customer's own history, recent popularity.

    score(y) = Σ over x in basket of W[x, y]
             + history_weight · ln(1 + orders of this customer that held y)
             + popularity_weight · popularity[y]
             + reorder_weight · how much y is due for reorder by this customer, 0..1
             + factor_weight · how much customers with the same tastes buy y, 0..1

where, if the blend is ``proven_only``, the first sum counts only if some x and y are bought
together more often than chance explains, or the customer bought y before: a product that goes with
nothing has fifty neighbours too. On Online Retail that gains half a point of hit rate; on the
supermarket baskets of FIMI, where one product is in every second basket, it loses rank.

A sum of stored numbers, so that a database scores a basket in one statement. Which W, which λ and
which weights is decided by a back-test on the company's own orders (:mod:`.backtest`); the model is
then trained again on all of them.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from .affinity import (
    beyond_chance,
    cosine_weights,
    ease_weights,
    mixed_weights,
    normalised,
    purchases_of,
    rule_weights,
    with_rest,
)

POPULAR_DAYS = 30


@dataclass(frozen=True)
class Blend:
    """How a model is made: everything that the back-test chooses.

    method : "rules", "cosine", "ease" or "mixed" (mean of EASE and cosine).
    ratio : float, λ of EASE as a share of the mean diagonal of G; 0 where it plays no part.
    history_weight, popularity_weight : float >= 0.
    reorder_weight, factor_weight : float >= 0, what counts that the customer is about to need a
        product again, and that customers with the same tastes buy it.
    proven_only : bool, whether affinity counts only where chance does not explain it.
    """

    method: str
    ratio: float = 0.0
    history_weight: float = 0.0
    popularity_weight: float = 0.0
    proven_only: bool = True
    reorder_weight: float = 0.0
    factor_weight: float = 0.0


@dataclass(frozen=True)
class Recommender:
    """A trained model.

    products : (f,) int64 ids, ascending.
    weights : (f, f) csr_matrix, W.
    proven : (f, f) csr_matrix of ones for the pairs of W that chance does not explain, or None
        where all count.
    popularity : (f,) float, 1 for the most popular product of the last 30 days.
    blend : Blend.
    report : algorithms.suggestion.backtest.Report or None where there were too few orders for one.
    """

    products: np.ndarray
    weights: sparse.csr_matrix
    proven: sparse.csr_matrix | None
    popularity: np.ndarray
    blend: Blend
    report: object = field(default=None, compare=False)

    def scores(self, baskets, history=None, reorder=None, factors=None):
        """Scores of every product for some baskets.

        baskets : (n, f) sparse matrix, ones for what is in the basket.
        history : (n, f) sparse matrix of orders of each basket's customer, or None.
        reorder, factors : (n, f) sparse matrices of scores in 0..1, or None.
        Returns (n, f) float32; what is in the basket scores -inf.
        """
        result = self.affinity(baskets)
        if self.proven is not None and self.blend.proven_only:
            result[~self._is_proven(baskets, history)] = 0
        if history is not None and self.blend.history_weight:
            result += self.blend.history_weight * history.log1p().toarray()
        result += (self.blend.popularity_weight * self.popularity).astype(np.float32)
        for terms, weight in (
            (reorder, self.blend.reorder_weight),
            (factors, self.blend.factor_weight),
        ):
            if terms is not None and weight:
                known = terms.tocoo()
                result[known.row, known.col] += np.float32(weight) * known.data
        inside = baskets.tocoo()
        result[inside.row, inside.col] = -np.inf
        return result

    def affinity(self, baskets):
        """Σ W over the basket, (n, f) float32 array."""
        return (baskets.astype(np.float32) @ self.weights).toarray()

    def _is_proven(self, baskets, history):
        """(n, f) bool, where affinity counts."""
        proven = (baskets.astype(np.float32) @ self.proven).toarray() > 0
        if history is not None:
            known = history.tocoo()
            proven[known.row[known.data > 0], known.col[known.data > 0]] = True
        return proven

    def recommend(self, basket, history=None, count=5, reorder=None, factors=None):
        """Best products for one basket.

        basket : iterable of product ids; unknown ones say nothing.
        history : {product id: orders of this customer that held it} or None.
        reorder, factors : {product id: score in 0..1} or None.
        Returns list of (product id, score), best first; only scores above zero.
        """
        known = [self._row(each) if each else None for each in (history, reorder, factors)]
        scores = self.scores(self._row(dict.fromkeys(basket, 1)), *known)[0]
        order = np.lexsort([self.products, -scores])[:count]
        return [(int(self.products[i]), float(scores[i])) for i in order if scores[i] > 0]

    def _row(self, values):
        ids = np.array(sorted(values), np.int64)
        ids = ids[np.isin(ids, self.products)]
        data = np.array([values[product] for product in ids.tolist()], np.float32)
        columns = np.searchsorted(self.products, ids)
        return sparse.csr_matrix((data, columns, [0, len(ids)]), shape=(1, len(self.products)))


class Trainer:
    """Makes models of one history; what several of them need is computed once.

    baskets : algorithms.core.baskets.Baskets; rules : RuleTable mined from them or None.
    thresholds : RuleThresholds; products in fewer than ``min_orders`` baskets take no part, pairs
    are kept at ``max_false_rate``. limit : int, products with EASE.
    """

    def __init__(self, baskets, rules, thresholds, limit):
        self.max_false_rate = thresholds.max_false_rate
        self.purchases = purchases_of(baskets, max(thresholds.min_orders, 1))
        self.rules = rules
        self.limit = limit
        self.popularity = _popularity(self.purchases)
        self._kept = {}

    def train(self, blend, report=None):
        """Recommender of a Blend."""
        proven = self._proven(blend.method, blend.ratio)
        return replace(self.compare(blend), proven=proven, report=report)

    def compare(self, blend):
        """Recommender of a Blend as the method itself has it: chance is not held against it."""
        return Recommender(
            self.purchases.products,
            self.weights(blend.method, blend.ratio),
            None,
            self.popularity,
            blend,
        )

    def weights(self, method, ratio):
        """Normalised W of a method."""
        key = (method, ratio)
        if key not in self._kept:
            self._kept[key] = self._make(method, ratio)
        return self._kept[key]

    def _proven(self, method, ratio):
        key = (method, ratio, "proven")
        if key not in self._kept:
            # Rules have passed the same test already.
            rate = 1.0 if method == "rules" else self.max_false_rate
            self._kept[key] = beyond_chance(self.weights(method, ratio), self.purchases, rate)
        return self._kept[key]

    def _make(self, method, ratio):
        size = len(self.purchases.products)
        if method == "rules":
            if self.rules is None:
                return sparse.csr_matrix((size, size), dtype=np.float32)
            return normalised(rule_weights(self.rules, self.purchases.products))
        cosine = self._kept.get(("cosine", 0.0))
        if cosine is None:
            cosine = self._kept["cosine", 0.0] = normalised(cosine_weights(self.purchases))
        if method == "cosine":
            return cosine
        if method == "ease":
            return with_rest(ease_weights(self.purchases, ratio, self.limit), cosine)
        return mixed_weights(self.weights("ease", ratio), cosine)


def _popularity(purchases):
    """Share of the last 30 days' baskets, scaled to 1 for the most popular product."""
    recent = purchases.age <= POPULAR_DAYS
    sold = np.asarray(purchases.matrix[recent].sum(axis=0)).ravel().astype(np.float64)
    return sold / max(sold.max(initial=0), 1.0)
