"""What was known of a client on a day that tells whether it will pay late."""

from dataclasses import dataclass

import numpy as np

from ..core.lookup import places
from .history import Before

# Reasons, in this order everywhere.
PAST, OVERDUE, TREND, AMOUNT, AGE = range(5)
REASONS = ("past", "overdue", "trend", "amount", "age")
# Reason of each column of ``features``.
GROUP = np.array([PAST, PAST, OVERDUE, OVERDUE, TREND, AMOUNT, AGE])
PRIOR_INVOICES = 2.0
LAST_PAID = 4
EARLIEST, LATEST = -60, 180
LEAST_AMOUNT, MOST_RATIO = 0.01, 3.0


@dataclass(frozen=True)
class Usual:
    """Of all clients: days late of a paid invoice (early is below 0), days late with early as 0,
    and the share of invoices that went over the limit."""

    mean: float
    late: float
    share: float


@dataclass(frozen=True)
class Known:
    """features : (m, 7) float64. shown : (m, 5) float64, in the order of REASONS: mean days late of
    paid invoices; overdue invoices now; days late of the last four less the mean; amount over the
    usual one; days since the first invoice. late_mean : (m,) float64, past mean of days late."""

    features: np.ndarray
    shown: np.ndarray
    late_mean: np.ndarray


def usual_of(documents, late_after, today):
    """Usual, by the documents that were paid, or due long enough ago, on a day."""
    paid = documents.paid <= today
    days = np.clip(documents.late[paid], EARLIEST, LATEST)
    ripe = documents.due + late_after < today
    share = (documents.late[ripe] > late_after).sum() + 1.0
    if not len(days):
        return Usual(0.0, 0.0, 0.5)
    return Usual(
        float(days.mean()), float(np.maximum(days, 0).mean()), float(share / (ripe.sum() + 2.0))
    )


@dataclass(frozen=True)
class Counts:
    """What had happened before a day, as arrays (m,) float64, whatever is usual of all clients.

    paid, told, overdue : numbers of paid, judged and overdue invoices; days, late, over : sums of
    their days late, of those with early as 0, and how many went over the limit; last : days late of
    the last four paid; since : days that overdue ones are late; ratio : log of the amount over the
    client's; age : days since the first invoice.
    """

    paid: np.ndarray
    days: np.ndarray
    late: np.ndarray
    last: np.ndarray
    told: np.ndarray
    over: np.ndarray
    overdue: np.ndarray
    since: np.ndarray
    ratio: np.ndarray
    age: np.ndarray

    def take(self, rows):
        return Counts(*(getattr(self, name)[rows] for name in self.__annotations__))


def known_on(documents, late_after, usual, client, day, amount):
    """Known of clients, each on a day, by what had happened before that day.

    documents : Documents, a row an invoice; late_after : int, days; usual : Usual; client, day :
    (m,) int64; amount : (m,) float64, of the new invoice. Returns Known.
    """
    return known_of(counted(documents, late_after, client, day, amount), usual)


def counted(documents, late_after, client, day, amount):
    """Counts; arguments as for ``known_on``."""
    doc, day = documents, np.asarray(day, np.int64)
    client = np.asarray(client, np.int64)
    days = np.clip(doc.late, EARLIEST, LATEST)
    paid = Before(doc.client, doc.paid, days=days, late=np.maximum(days, 0))
    judged = np.minimum(doc.paid, doc.due + late_after + 1)
    told = Before(doc.client, judged, over=doc.late > late_after)
    fell = Before(doc.client, doc.due, due=doc.due)
    left = Before(doc.client, np.maximum(doc.due, doc.paid), due=doc.due)
    seen = Before(doc.client, doc.issued, log=np.log(np.maximum(doc.amount, LEAST_AMOUNT)))
    overdue = fell.count(client, day) - left.count(client, day)
    return Counts(
        paid=paid.count(client, day),
        days=paid.sum("days", client, day),
        late=paid.sum("late", client, day),
        last=paid.sum("days", client, day, last=LAST_PAID),
        told=told.count(client, day),
        over=told.sum("over", client, day),
        overdue=overdue,
        since=overdue * day - (fell.sum("due", client, day) - left.sum("due", client, day)),
        ratio=_ratio(seen, client, day, amount),
        age=_first(doc, client, day),
    )


def known_of(counts, usual):
    """Known of Counts, drawn towards what is usual."""
    weight = counts.paid + PRIOR_INVOICES
    mean = (counts.days + PRIOR_INVOICES * usual.mean) / weight
    late = (counts.late + PRIOR_INVOICES * usual.late) / weight
    share = (counts.over + PRIOR_INVOICES * usual.share) / (counts.told + PRIOR_INVOICES)
    recent = np.minimum(counts.paid, LAST_PAID)
    trend = (counts.last - recent * mean) / (recent + PRIOR_INVOICES)
    features = np.column_stack(
        [
            mean,
            np.log(share / (1 - share)),
            np.log1p(counts.overdue),
            np.log1p(np.maximum(counts.since, 0)),
            trend,
            counts.ratio,
            np.log1p(counts.age),
        ]
    )
    shown = np.column_stack([mean, counts.overdue, trend, np.exp(counts.ratio), counts.age])
    return Known(features, shown, late)


def _ratio(seen, client, day, amount):
    """(m,) log of the amount over the geometric mean of the client's, drawn towards 0."""
    number = seen.count(client, day)
    own = np.log(np.maximum(amount, LEAST_AMOUNT))
    return np.clip(
        (number * own - seen.sum("log", client, day)) / (number + PRIOR_INVOICES),
        -MOST_RATIO,
        MOST_RATIO,
    )


def usual_amounts(documents, client):
    """((m,) mean of the logarithms of a client's amounts, (m,) share by which one of its own
    counts): the feature is share · (log amount − mean), within ±MOST_RATIO; 0 for new clients."""
    clients, place = np.unique(documents.client, return_inverse=True)
    number = np.bincount(place, minlength=len(clients))
    logs = np.log(np.maximum(documents.amount, LEAST_AMOUNT))
    at = places(clients, client)
    known = at >= 0
    mean = np.bincount(place, logs, len(clients)) / np.maximum(number, 1)
    share = number / (number + PRIOR_INVOICES)
    return np.where(known, mean[at], 0.0), np.where(known, share[at], 0.0)


def _first(documents, client, day):
    """(m,) days since the client's first invoice, 0 for new ones."""
    clients, place = np.unique(documents.client, return_inverse=True)
    first = np.full(len(clients) + 1, np.iinfo(np.int32).max, np.int64)
    np.minimum.at(first, place, documents.issued)
    at = np.searchsorted(clients, client)
    at = np.where(np.isin(client, clients), at, len(clients))
    return np.maximum(day - first[at], 0)
