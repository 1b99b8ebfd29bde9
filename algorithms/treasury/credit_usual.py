"""What clients usually do, where too few invoices went late to learn a score from.

share   a client's part of invoices that went over the limit, drawn towards that of all by two
        invoices: the simple rule
days    middle of a client's days late
limit   what a client usually owes at its peak, as a proposal of a credit limit:

            invoiced a month × months until it pays × 2 × factor of its grade

        Twice, as orders come in bursts. Nobody's limit follows from it by itself.
"""

import numpy as np
from scipy.special import expit

from ..core.exceptions import InsufficientDataError
from .credit_features import EARLIEST, LATEST, PAST, known_on, usual_of
from .credit_score import TOP, CreditScores, grades

LEAST_RIPE = 20
LEAST_PAID = 3
LEAST_YEAR = 5
YEAR, MONTH = 365, 365 / 12
FACTOR = {"A": 1.5, "B": 1.25, "C": 1.0, "D": 0.75, "E": 0.5}


def by_share(documents, client, today, late_after=30):
    """CreditScores by the simple rule, with one reason, repeated.

    documents : Documents, a row an invoice; client : (m,) int64; today : int; late_after : int.
    Raises InsufficientDataError below 20 invoices that were due so long ago.
    """
    ripe = int((documents.due + late_after < today).sum())
    if ripe < LEAST_RIPE:
        raise InsufficientDataError(ripe, LEAST_RIPE)
    client = np.asarray(client, np.int64)
    usual = usual_of(documents, late_after, today)
    day = np.full(len(client), today)
    known = known_on(documents, late_after, usual, client, day, np.ones(len(client)))
    odds = known.features[:, 1]
    part = np.zeros((len(client), TOP))
    part[:, 0] = odds - np.log(usual.share / (1 - usual.share))
    shown = np.repeat(known.shown[:, [PAST]], TOP, axis=1)
    reason = np.full((len(client), TOP), PAST)
    chance = expit(odds)
    return CreditScores(chance, grades(chance, usual.share), reason, part, shown)


def usual_days(documents, client, today):
    """(m,) float64, middle of the days late of what each client paid within a year; NaN below three
    invoices. Arguments as for ``by_share``."""
    recent = documents.take((documents.paid <= today) & (documents.paid > today - YEAR))
    days = np.clip(recent.late, EARLIEST, LATEST)
    order = np.argsort(recent.client, kind="stable")
    owner, days = recent.client[order], days[order]
    first = np.searchsorted(owner, client, "left")
    end = np.searchsorted(owner, client, "right")
    return np.array(
        [
            np.median(days[start:stop]) if stop - start >= LEAST_PAID else np.nan
            for start, stop in zip(first, end, strict=True)
        ]
    )


def proposed_limits(documents, client, grade, today):
    """(m,) float64, two figures that are not 0; NaN below five invoices within a year.

    grade : (m,) "A" to "E"; other arguments as for ``by_share``.
    """
    year = documents.take((documents.issued > today - YEAR) & (documents.issued <= today))
    held = np.minimum(year.paid, today) - year.issued
    known, place = np.unique(year.client, return_inverse=True)
    count = np.bincount(place, minlength=len(known))
    amount = np.bincount(place, year.amount, len(known))
    days = np.bincount(place, year.amount * np.maximum(held, 0), len(known))
    # Who became a client this year is not measured by months before it came.
    first = np.full(len(known), today, np.int64)
    np.minimum.at(first, place, year.issued)
    months = np.maximum((today - first + 1) / MONTH, 3.0)
    until_paid = np.maximum(days / np.maximum(amount, 1e-12) / MONTH, 1.0)
    limit = np.where(count >= LEAST_YEAR, 2 * amount / months * until_paid, np.nan)
    client = np.asarray(client, np.int64)
    at = np.minimum(np.searchsorted(known, client), max(len(known) - 1, 0))
    found = np.isin(client, known)
    own = np.where(found, limit[at], np.nan) if len(known) else np.full(len(client), np.nan)
    return two_figures(own * np.array([FACTOR[one] for one in grade]))


def two_figures(amount):
    """(m,) float64, rounded to two figures; NaN stays."""
    amount = np.asarray(amount, np.float64)
    unit = 10.0 ** (np.floor(np.log10(np.maximum(amount, 1.0))) - 1)
    return np.round(amount / unit) * unit
