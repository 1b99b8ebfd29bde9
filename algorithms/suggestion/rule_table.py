"""Rules as columns: tens of thousands of them are counted, filtered and written at once."""

from dataclasses import dataclass, fields

import numpy as np

from ..core.significance import wilson_interval

NO_PRODUCT = 0


@dataclass(frozen=True)
class Rule:
    """One rule, for reading; fields as in RuleTable, ``antecedent`` a tuple of product ids."""

    antecedent: tuple
    consequent: int
    antecedent_count: int
    consequent_count: int
    support_count: int
    order_count: int
    customer_count: int
    typical_quantity: float
    p_value: float
    support: float
    confidence: float
    confidence_low: float
    confidence_high: float
    lift: float
    leverage: float
    conviction: float


@dataclass(frozen=True)
class RuleTable:
    """m rules with their counts; the metrics follow from these.

    antecedent : (m, a) int64 product ids, ascending, filled up with NO_PRODUCT at the end.
    consequent : (m,) int64 product ids.
    antecedent_count, consequent_count, support_count : (m,) int64, orders with the antecedent, the
        consequent, both.
    order_count : (m,) int64, all orders, the same in every row.
    p_value : (m,) float64, one-sided Fisher exact test, see :mod:`.significance`.
    customer_count : (m,) int64, distinct customers of the orders with both.
    typical_quantity : (m,) float64, median quantity of the consequent in the orders with both, in
        its own unit; 0 where there are none.
    """

    antecedent: np.ndarray
    consequent: np.ndarray
    antecedent_count: np.ndarray
    consequent_count: np.ndarray
    support_count: np.ndarray
    order_count: np.ndarray
    p_value: np.ndarray
    customer_count: np.ndarray
    typical_quantity: np.ndarray

    def __len__(self):
        return len(self.consequent)

    def take(self, index):
        """The rules at some positions, or where a mask is set."""
        return RuleTable(*(getattr(self, field.name)[index] for field in fields(self)))

    def without(self, known):
        """The rules but those with some products.

        known : set of (antecedent ids as an ascending tuple, consequent id).
        """
        if not known:
            return self
        keys = zip(
            self.antecedent.tolist(),
            self.antecedent_size.tolist(),
            self.consequent.tolist(),
            strict=True,
        )
        return self.take(
            np.array(
                [(tuple(ids[:size]), product) not in known for ids, size, product in keys], bool
            )
        )

    @property
    def antecedent_size(self):
        return (self.antecedent != NO_PRODUCT).sum(axis=1)

    @property
    def support(self):
        """Share of all orders that hold both."""
        return self.support_count / np.maximum(self.order_count, 1)

    @property
    def confidence(self):
        """Share of the orders with the antecedent that hold the consequent."""
        return self.support_count / np.maximum(self.antecedent_count, 1)

    @property
    def confidence_interval(self):
        """Wilson's 95 % Interval of the confidence."""
        return wilson_interval(self.support_count, self.antecedent_count)

    @property
    def lift(self):
        """How many times more often than in all orders; 0 where nothing was bought."""
        expected = self.antecedent_count * self.consequent_count
        return self.support_count * self.order_count / np.maximum(expected, 1)

    @property
    def leverage(self):
        """Support beyond what independence would give."""
        orders = np.maximum(self.order_count, 1)
        return self.support - self.antecedent_count / orders * (self.consequent_count / orders)

    @property
    def conviction(self):
        """How many times more often the rule would fail by chance.

        Infinite for a rule without exception; 0 for one never seen, where it is undefined.
        """
        orders = np.maximum(self.order_count, 1)
        misses = self.antecedent_count - self.support_count
        usual = (orders - self.consequent_count) / orders * self.antecedent_count
        with np.errstate(divide="ignore", invalid="ignore"):
            finite = usual / misses
        certain = np.where(self.support_count > 0, np.inf, 0.0)
        return np.where((misses > 0) & (self.antecedent_count > 0), finite, certain)

    def best_first(self):
        """Sorted by the lower bound of the confidence, then lift, support and ids."""
        keys = [self.consequent, *self.antecedent.T[::-1]]
        keys += [-self.support_count, -self.lift, -self.confidence_interval.low]
        return self.take(np.lexsort(keys))

    def rules(self):
        """List of Rule."""
        columns = [getattr(self, name).tolist() for name in _PLAIN]
        interval = self.confidence_interval
        columns += [interval.low.tolist(), interval.high.tolist()]
        sizes = self.antecedent_size.tolist()
        return [
            Rule(
                antecedent=tuple(antecedent[:size]),
                **dict(zip((*_PLAIN, "confidence_low", "confidence_high"), row, strict=True)),
            )
            for antecedent, size, *row in zip(
                self.antecedent.tolist(), sizes, *columns, strict=True
            )
        ]


_PLAIN = (
    "consequent",
    "antecedent_count",
    "consequent_count",
    "support_count",
    "order_count",
    "customer_count",
    "typical_quantity",
    "p_value",
    "support",
    "confidence",
    "lift",
    "leverage",
    "conviction",
)
