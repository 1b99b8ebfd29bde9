"""What a model gains over the simple rule, on cases that neither has seen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Gain:
    """Model beside simple rule.

    measure : str, such as "wape", "auc", "brier", "mae"; model, simple : float, the measure of
    each; gain, low, high : float, how much better the model is, in the measure, above 0 for
    better, and its 95 % interval; cases : int.
    """

    measure: str
    model: float
    simple: float
    gain: float
    low: float
    high: float
    cases: int

    @property
    def better(self):
        """Whether the model is shown: it gains something over the simple rule."""
        return self.gain > 0

    @property
    def sure(self):
        """Whether the interval leaves 0 out."""
        return self.low > 0

    def row(self):
        """{column: value} of the run's report."""
        names = ("measure", "model", "simple", "gain", "low", "high", "cases", "better", "sure")
        return {name: getattr(self, name) for name in names}
