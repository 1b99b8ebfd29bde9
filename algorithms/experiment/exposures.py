"""The quotations of an experiment, and what is taken from them before any arm is compared."""

from dataclasses import dataclass

import numpy as np

WINSORISED = 0.99


@dataclass(frozen=True)
class Exposures:
    """Quotations that showed suggestions, or would have shown them in the other arm; n ≥ 0 of them.

    client : (n,) int, the randomised unit; a walk-in client's quotation has a number of its own.
    treated : (n,) bool, the arm as it was frozen on the quotation.
    outcome : (n,) float, what is compared: net revenue in company currency, margin, lines, or 1 and
        0 for won and lost. 0 where the quotation was lost.
    before : (n,) float, mean order value of the client in the 120 days before the client's *first*
        exposure of the experiment; NaN where there was no order, which makes a new client. Taken
        later, orders of the experiment would be in it and hide a part of the effect.
    ValueError names the column where lengths differ or a value is not finite.
    """

    client: np.ndarray
    treated: np.ndarray
    outcome: np.ndarray
    before: np.ndarray

    def __post_init__(self):
        for name, kind in (("client", int), ("treated", bool), ("outcome", float)):
            self._keep(name, kind)
        self._keep("before", float)
        if not np.isfinite(self.outcome).all():
            raise ValueError("outcome: every quotation needs a finite number; a lost one has 0.")
        if np.isinf(self.before).any():
            raise ValueError("before: must be finite, or NaN for new clients.")

    def _keep(self, name, kind):
        values = np.asarray(getattr(self, name))
        if values.ndim != 1 or len(values) != np.size(self.client):
            raise ValueError(
                f"{name}: one value for each of the {np.size(self.client)} quotations is needed, "
                f"the shape is {values.shape}."
            )
        if len(values) and not _fits(values, kind):
            raise ValueError(f"{name}: {kind.__name__} is needed, not {values.dtype}.")
        # Frozen: the one way to keep what was converted.
        object.__setattr__(self, name, values.astype(np.int64 if kind is int else kind))

    def __len__(self):
        return len(self.client)


def _fits(values, kind):
    """Whether the values can be had as they are: a client is no fraction, an arm no 2."""
    if kind is int:
        return np.issubdtype(values.dtype, np.integer)
    if kind is float:
        return values.dtype.kind in "biuf"
    return values.dtype == bool or bool(np.isin(values, (0, 1)).all())


def pooled_cap(outcome):
    """Where outcomes are cut: 99th percentile of their absolute values, both arms together.

    outcome : (n,) float. Returns float ≥ 0; where fewer than one in a hundred is not 0, the
    percentile is that of those that are not; 0 without any.
    """
    sizes = np.abs(outcome)
    if not len(sizes):
        return 0.0
    cap = float(np.quantile(sizes, WINSORISED))
    return cap if cap or not sizes.any() else float(np.quantile(sizes[sizes > 0], WINSORISED))


def winsorised(outcome, cap):
    """(n,) float, outcomes between −cap and cap. cap : float ≥ 0, infinite to cut nothing."""
    if not cap >= 0:
        raise ValueError(f"cap: the bound of outcomes must be 0 or more, not {cap}.")
    return np.clip(outcome, -cap, cap)


def covariates(before):
    """What is known of each client beforehand and tells something of the outcome.

    before : (n,) float, NaN for new clients.
    Returns (n, 3) float: value (cut at its own 99th percentile), square root of it, and 1 for new.
    Of the arms they know nothing, so that any of their shapes leaves the effect unbiased. The root
    fits what clients with the largest orders do next: less than in proportion.
    """
    new = np.isnan(before)
    value = np.where(new, 0.0, before)
    cut = winsorised(value, pooled_cap(value[~new]))
    # One column after the other in memory, for they are worked off one by one.
    return np.array([cut, np.sign(value) * np.sqrt(np.abs(value)), new]).T
