"""Chance that an invoice of a client goes long unpaid, calibrated, with three reasons.

A logistic regression on what was known of the client on the day of the invoice
(``credit_features``). It is tried as it would have been used: the newest invoices in folds of time,
each scored by what was learned from those before. Chances of earlier folds correct those of later
ones (Platt), so that a calibration is never judged on what it was learned from. Beside it stands
the client's own past mean of days late, likewise made a chance; where the regression does not have
the higher AUC that one is the score. It decides nothing by itself.

*Late* is more than 60 days; where fewer than 2 % or 30 of the invoices are, more than 30 days, and
where that is rare too, late at all.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..core.exceptions import InsufficientDataError
from ..core.gain import Gain
from .calibration import Platt, auc, bins, brier, log_odds, platt
from .comparison import score_gain
from .credit_features import (
    AMOUNT,
    GROUP,
    PAST,
    REASONS,
    Usual,
    counted,
    known_of,
    known_on,
    usual_of,
)
from .logistic import Logistic, fit

LIMITS = (60, 30, 0)
LEAST_SHARE, LEAST_LATE = 0.02, 30
LEAST_INVOICES = 200
HALF_LIFE = 365.0
# Share of the invoices that learn before the first fold.
FIRST_SHARE, FOLDS = 0.4, 12
JUDGED_SHARE = 0.2
MOST_JUDGED = 20_000
TOP = 3


@dataclass(frozen=True)
class CreditModel:
    """late_after : int, days; usual : Usual; logistic : Logistic; platt : Platt; mean_only : bool,
    whether the client's past mean alone is the score."""

    late_after: int
    usual: Usual
    logistic: Logistic
    platt: Platt
    mean_only: bool


@dataclass(frozen=True)
class CreditScores:
    """Of m clients: chance : (m,) float64; grade : (m,) "A" to "E", by chances over that of all.

    reason : (m, 3) int64, of REASONS, the largest contribution first; part : (m, 3) float64, what
    it adds to the log odds, above 0 for worse; shown : (m, 3) float64, the value behind it.
    """

    chance: np.ndarray
    grade: np.ndarray
    reason: np.ndarray
    part: np.ndarray
    shown: np.ndarray


@dataclass(frozen=True)
class CreditReport:
    """Outcome. model : CreditModel; gain : Gain of AUC over the client's past mean; calibration :
    Bins of the chances that are shown, its ``error`` the ECE; simple_error : float, ECE of the past
    mean; brier, base_brier : float, and that of the rate of all; late_share : float; invoices :
    int, that were learned from; told : Documents, the invoices that were tried out; chance : (k,)
    float, what would have been shown of them by what was known before; late : (k,) bool."""

    model: CreditModel
    gain: Gain
    calibration: object
    simple_error: float
    brier: float
    base_brier: float
    late_share: float
    invoices: int
    told: object
    chance: np.ndarray
    late: np.ndarray


def chosen_limit(documents, today):
    """Days after which an invoice counts as late: 60, 30 or 0."""
    for limit in LIMITS:
        ripe = documents.due + limit < today
        late = int((documents.late[ripe] > limit).sum())
        if late >= max(LEAST_LATE, LEAST_SHARE * ripe.sum()):
            return limit
    return LIMITS[-1]


def train_credit(documents, today, rng):
    """Learn and judge.

    documents : Documents, a row an invoice with its whole amount; today : int; rng : Generator.
    Returns CreditReport. Raises InsufficientDataError below 200 invoices that can be judged, or
    below 30 late ones.
    """
    late_after = chosen_limit(documents, today)
    ripe = documents.take(np.argsort(documents.issued, kind="stable"))
    ripe = ripe.take(ripe.due + late_after < today)
    outcome = ripe.late > late_after
    if len(ripe) < LEAST_INVOICES or outcome.sum() < LEAST_LATE:
        short = len(ripe) < LEAST_INVOICES
        raise InsufficientDataError(
            len(ripe) if short else int(outcome.sum()), LEAST_INVOICES if short else LEAST_LATE
        )
    tried = _try_out(ripe, outcome, late_after)
    judged = np.flatnonzero(tried.fold >= 0)[-int(min(JUDGED_SHARE * len(ripe), MOST_JUDGED)) :]
    gain = _auc_gain(tried, outcome, ripe.client, judged, rng)
    mean_only = not gain.better
    logits = tried.simple if mean_only else tried.full
    scored = np.flatnonzero(tried.fold >= 0)
    shown = tried.simple_chance if mean_only else tried.chance
    model = _learn(ripe, outcome, late_after, today, mean_only)
    age = today - ripe.issued[scored]
    mended = platt(logits[scored], outcome[scored], 0.5 ** (age / HALF_LIFE))
    return CreditReport(
        model=replace(model, platt=mended),
        gain=gain,
        calibration=bins(shown[judged], outcome[judged]),
        simple_error=bins(tried.simple_chance[judged], outcome[judged]).error,
        brier=brier(shown[judged], outcome[judged]),
        base_brier=brier(np.full(len(judged), tried.rate), outcome[judged]),
        late_share=float(outcome.mean()),
        invoices=len(ripe),
        told=ripe.take(scored),
        chance=shown[scored],
        late=outcome[scored],
    )


@dataclass(frozen=True)
class _Tried:
    """fold : (n,) int, −1 for none; full, simple : (n,) logits by what was known; chance,
    simple_chance : (n,), corrected by earlier folds; late_mean : (n,); rate : float, late share
    before the judged ones."""

    fold: np.ndarray
    full: np.ndarray
    simple: np.ndarray
    chance: np.ndarray
    simple_chance: np.ndarray
    late_mean: np.ndarray
    rate: float


def _try_out(ripe, outcome, late_after):
    count = len(ripe)
    edges = np.linspace(FIRST_SHARE * count, count, FOLDS + 1).astype(int)
    fold = np.full(count, -1)
    full, simple, chance, simple_chance, late_mean = (np.zeros(count) for _ in range(5))
    counts = counted(ripe, late_after, ripe.client, ripe.issued, ripe.amount)
    for number, (start, end) in enumerate(zip(edges[:-1], edges[1:], strict=True)):
        rows = np.arange(start, end)
        if not len(rows):
            continue
        day = int(ripe.issued[start])
        before = (ripe.due + late_after < day) & (np.arange(count) < start)
        if not 0 < outcome[before].sum() < before.sum():
            continue
        usual = usual_of(ripe.take(ripe.issued < day), late_after, day - 1)
        known = known_of(counts.take(slice(0, end)), usual)
        weight = 0.5 ** ((day - ripe.issued[before]) / HALF_LIFE)
        columns = (known.features, np.log1p(known.late_mean)[:, None])
        for logits, chances, features in zip(
            (full, simple), (chance, simple_chance), columns, strict=True
        ):
            logits[rows] = fit(features[before[:end]], outcome[before], weight).logit(
                features[rows]
            )
            old = (fold >= 0) & before
            age = day - ripe.issued[old]
            mended = platt(logits[old], outcome[old], 0.5 ** (age / HALF_LIFE))
            chances[rows] = mended.chance(logits[rows])
        late_mean[rows] = known.late_mean[rows]
        fold[rows] = number
    earlier = outcome[: int((1 - JUDGED_SHARE) * count)]
    return _Tried(fold, full, simple, chance, simple_chance, late_mean, float(earlier.mean()))


def _auc_gain(tried, outcome, client, judged, rng):
    rows = judged[np.argsort(client[judged], kind="stable")]
    truth, full, mean = outcome[rows], tried.full[rows], tried.late_mean[rows]
    block = max(1, round(len(rows) / len(np.unique(client[rows]))))

    def figures(drawn):
        return auc(full[drawn], truth[drawn]), auc(mean[drawn], truth[drawn])

    return score_gain(figures, len(rows), rng, block, "auc", draws=200)


def _learn(ripe, outcome, late_after, today, mean_only):
    usual = usual_of(ripe, late_after, today)
    known = known_on(ripe, late_after, usual, ripe.client, ripe.issued, ripe.amount)
    features = np.log1p(known.late_mean)[:, None] if mean_only else known.features
    weight = 0.5 ** ((today - ripe.issued) / HALF_LIFE)
    return CreditModel(late_after, usual, fit(features, outcome, weight), Platt(), mean_only)


def score(model, documents, client, today, amount=None):
    """CreditScores of clients for an invoice issued today.

    model : CreditModel; documents : Documents, all that is known, open ones too; client : (m,)
    int64; today : int; amount : (m,) float of a quotation, the client's usual one unless given.
    """
    client = np.asarray(client, np.int64)
    usual_amount = amount is None
    amounts = np.ones(len(client)) if usual_amount else np.asarray(amount, np.float64)
    day = np.full(len(client), today)
    known = known_on(documents, model.late_after, model.usual, client, day, amounts)
    features = known.features.copy()
    if usual_amount:
        features[:, GROUP == AMOUNT] = 0.0
    if model.mean_only:
        features = np.log1p(known.late_mean)[:, None]
    chance = model.platt.chance(model.logistic.logit(features))
    parts = np.zeros((len(client), len(REASONS)))
    group = np.array([PAST]) if model.mean_only else GROUP
    np.add.at(parts.T, group, model.platt.slope * model.logistic.parts(features).T)
    reason = np.argsort(-np.abs(parts), axis=1, kind="stable")[:, :TOP]
    shown = known.shown.copy()
    if usual_amount:
        shown[:, AMOUNT] = 1.0
    return CreditScores(
        chance,
        grades(chance, model.usual.share),
        reason,
        np.take_along_axis(parts, reason, axis=1),
        np.take_along_axis(shown, reason, axis=1),
    )


def chances_on(model, documents, asked):
    """(m,) float64, chances of invoices to be late, by what was known when they were issued.

    model : CreditModel; documents : Documents, all that is known; asked : Documents (m,).
    """
    known = known_on(
        documents, model.late_after, model.usual, asked.client, asked.issued, asked.amount
    )
    features = np.log1p(known.late_mean)[:, None] if model.mean_only else known.features
    return model.platt.chance(model.logistic.logit(features))


def amount_effect(model):
    """float, what an amount e times the client's usual one adds to the log odds: see
    ``credit_features.usual_amounts``."""
    if model.mean_only:
        return 0.0
    column = int(np.flatnonzero(GROUP == AMOUNT)[0])
    return float(model.platt.slope * model.logistic.slope[column] / model.logistic.scale[column])


def grades(chance, share):
    """(m,) "A" to "E": log odds more than 1.5 below those of all, 0.5 below, about as all, 0.5
    above, 1.5 above."""
    distance = log_odds(chance) - log_odds(share)
    return np.array(list("ABCDE"))[np.digitize(distance, (-1.5, -0.5, 0.5, 1.5))]
