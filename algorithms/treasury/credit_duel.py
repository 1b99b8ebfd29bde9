"""Whether a newly learned credit score takes the place of the one in use.

Both are judged on the invoices whose lateness was not known yet when the old one was learned: the
old one says what it says of them, the new one what it would have said before.
"""

from dataclasses import dataclass

import numpy as np

from ..core.champion import is_worse
from .credit_score import CreditModel, chances_on

LEAST_UNSEEN = 30


@dataclass(frozen=True)
class KeptCredit:
    """model : CreditModel; today : int, day on which it was learned."""

    model: CreditModel
    today: int


@dataclass(frozen=True)
class CreditDuel:
    """unseen : int, invoices that the old score could not know; old, new : float, Brier scores on
    them, NaN for too few; is_worse : bool, whether the new one is."""

    unseen: int
    old: float
    new: float
    is_worse: bool


def duel(old, documents, report):
    """CreditDuel of a KeptCredit and a CreditReport of the same documents.

    Where late has become more or fewer days than it was, the two tell different things, and there
    is none: the new one takes the place.
    """
    limit = report.model.late_after
    if old.model.late_after != limit:
        return CreditDuel(0, np.nan, np.nan, False)
    unseen = report.told.due + limit >= old.today
    count = int(unseen.sum())
    if count < LEAST_UNSEEN:
        return CreditDuel(count, np.nan, np.nan, False)
    asked, late = report.told.take(unseen), report.late[unseen]
    of_old = (chances_on(old.model, documents, asked) - late) ** 2
    of_new = (report.chance[unseen] - late) ** 2
    return CreditDuel(
        count,
        float(of_old.mean()),
        float(of_new.mean()),
        is_worse(of_old, of_new, asked.client),
    )
