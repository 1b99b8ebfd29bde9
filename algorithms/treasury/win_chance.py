"""Chance that a quotation is won, scored at a fixed age so that nothing of its end leaks.

Quotations that are still open after so many days are won more rarely than new ones, and one that
was changed yesterday is about to be won. So all quotations are looked at when they are ``age`` days
old: those decided before are left out, and of the others only what was known by then counts (the
amount, lines and discount of that day, where Odoo's messages keep them, else those of the first
version; the client's past; never the stage, the last change or the end). Won is what was confirmed
within ``lapse`` days, by when 95 % of those that are ever won have been, and nothing is learned
from a quotation before these days are over: of the newest only the quickly won are known.

A logistic regression is tried on later folds of time by what was known before, corrected as in
``credit_score``; where its Brier score is not better than that of the base rate, the base rate is
shown.
"""

from dataclasses import dataclass

import numpy as np

from ..core.exceptions import InsufficientDataError
from ..core.gain import Gain
from .calibration import Platt, bins, platt
from .comparison import ratio_gain
from .history import Before
from .logistic import Logistic, fit
from .pipeline import DRAWS, miss_of, totals

LEAST_QUOTATIONS, LEAST_EACH = 200, 30
FIRST_SHARE, FOLDS, JUDGED_SHARE = 0.4, 8, 0.3
PRIOR_QUOTATIONS = 4.0
# A quotation is lost once 95 of 100 that are won would have been, within these days.
LAPSE_SHARE, SHORTEST_LAPSE, LONGEST_LAPSE = 0.95, 14, 180
FEATURES = ("amount", "client", "known", "lines", "discount", "relative")


@dataclass(frozen=True)
class Quotations:
    """Quotations of one company, as parallel arrays (n,), each once.

    client : int64, commercial entity. sent : int64, days since 1970, ``sale_order.create_date`` in
    the company's time zone (``date_order`` becomes the confirmation). decided : int64, day of the
    confirmation (state sale: ``date_order``) or cancellation, ``documents.OPEN`` while open.
    won : bool, confirmed. amount : float64 >= 0, untaxed, company currency. lines : int64, of
    products. discount : float64, 0..1, Σ price·quantity·discount / Σ price·quantity.
    """

    client: np.ndarray
    sent: np.ndarray
    decided: np.ndarray
    won: np.ndarray
    amount: np.ndarray
    lines: np.ndarray
    discount: np.ndarray

    def __len__(self):
        return len(self.client)

    def take(self, rows):
        return Quotations(*(getattr(self, name)[rows] for name in self.__annotations__))


@dataclass(frozen=True)
class WinModel:
    """age : int, days at which quotations are scored; lapse : int, days after which they count as
    lost; rate : float, base rate; logistic : Logistic; platt : Platt; base_only : bool, whether the
    base rate is shown to all."""

    age: int
    lapse: int
    rate: float
    logistic: Logistic
    platt: Platt
    base_only: bool


@dataclass(frozen=True)
class WinReport:
    """Outcome. model : WinModel; gain : Gain of the Brier score over the base rate; calibration :
    Bins; quotations : int, that were learned from; rate : float, share of them that was won; rows :
    (k,) int, those that were tried out; chance : (k,) float, what would have been shown of them, by
    what was known before; won : (k,) bool."""

    model: WinModel
    gain: Gain
    calibration: object
    quotations: int
    rate: float
    rows: np.ndarray
    chance: np.ndarray
    won: np.ndarray


def train_win(quotations, today, rng, age=0):
    """Learn and judge.

    quotations : Quotations; today : int; rng : Generator; age : int >= 0, days. Returns WinReport.
    Raises InsufficientDataError below 200 quotations with all their time, or 30 won or lost ones.
    """
    lapse = lapse_of(quotations, today, age)
    ended, won = outcome_of(quotations, lapse)
    known = (quotations.sent + lapse <= today) & (ended >= quotations.sent + age)
    order = np.flatnonzero(known)[np.argsort(quotations.sent[known], kind="stable")]
    rows, won = quotations.take(order), won[order]
    least = min(int(won.sum()), int((~won).sum()))
    if len(rows) < LEAST_QUOTATIONS or least < LEAST_EACH:
        short = len(rows) < LEAST_QUOTATIONS
        raise InsufficientDataError(
            len(rows) if short else least, LEAST_QUOTATIONS if short else LEAST_EACH
        )
    logits, chance, rate = _try_out(quotations, rows, won, age, lapse)
    scored = np.flatnonzero(np.isfinite(logits))
    judged = scored[-max(1, int(JUDGED_SHARE * len(rows))) :]
    gain = _brier_gain(rows.client, chance, rate, won, judged, rng)
    features = features_of(quotations, rows, rows.sent + age, float(won.mean()), lapse)
    model = WinModel(
        age,
        lapse,
        float(won.mean()),
        fit(features, won),
        platt(logits[scored], won[scored]),
        not gain.better,
    )
    shown = rate if model.base_only else chance
    return WinReport(
        model,
        gain,
        bins(shown[judged], won[judged]),
        len(rows),
        float(won.mean()),
        order[scored],
        shown[scored],
        won[scored],
    )


def lapse_of(quotations, today, age=0):
    """Days within which nearly all that are won are won, 14 to 180."""
    old = quotations.won & (quotations.sent + LONGEST_LAPSE <= today)
    took = (quotations.decided - quotations.sent)[old]
    days = int(np.ceil(np.quantile(took, LAPSE_SHARE))) if len(took) else LONGEST_LAPSE
    return int(np.clip(days, max(SHORTEST_LAPSE, age + 1), max(LONGEST_LAPSE, age + 1)))


def outcome_of(quotations, lapse):
    """((n,) int64 day on which each was won, lost or given up, (n,) bool won)."""
    end = quotations.sent + lapse
    return np.minimum(quotations.decided, end), quotations.won & (quotations.decided <= end)


def _try_out(everything, rows, won, age, lapse):
    """(n,) logits, corrected chances and base rates by what was known before each fold, or NaN."""
    count = len(rows)
    logits, chance, rate = (np.full(count, np.nan) for _ in range(3))
    edges = np.linspace(FIRST_SHARE * count, count, FOLDS + 1).astype(int)
    for start, end in zip(edges[:-1], edges[1:], strict=True):
        if start == end:
            continue
        before = rows.sent + lapse < rows.sent[start] + age
        if not 0 < won[before].sum() < before.sum():
            continue
        base = float(won[before].mean())
        features = features_of(everything, rows, rows.sent + age, base, lapse)
        new = slice(start, end)
        old = before & np.isfinite(logits)
        logits[new] = fit(features[before], won[before]).logit(features[new])
        chance[new] = platt(logits[old], won[old]).chance(logits[new])
        rate[new] = base
    return logits, chance, rate


def features_of(everything, rows, day, rate, lapse):
    """(m, 6) float64, what was known of quotations on a day; columns FEATURES.

    everything : Quotations, the past; rows : Quotations, those to score; day : (m,) int64; rate :
    float, base rate, towards which clients' past rates are drawn; lapse : int, days.
    """
    ended, won = outcome_of(everything, lapse)
    past = Before(everything.client, ended, won=won)
    seen = Before(everything.client, everything.sent, log=np.log1p(everything.amount))
    number = past.count(rows.client, day)
    share = (past.sum("won", rows.client, day) + PRIOR_QUOTATIONS * rate) / (
        number + PRIOR_QUOTATIONS
    )
    own = np.log1p(rows.amount)
    usual = seen.count(rows.client, rows.sent)
    relative = (usual * own - seen.sum("log", rows.client, rows.sent)) / (usual + 2.0)
    return np.column_stack(
        [
            own,
            np.log(share / (1 - share)),
            np.log1p(number),
            np.log1p(rows.lines),
            rows.discount,
            relative,
        ]
    )


def _brier_gain(client, chance, rate, won, judged, rng):
    rows = judged[np.argsort(client[judged], kind="stable")]
    block = max(1, round(len(rows) / len(np.unique(client[rows]))))
    errors = ((each[rows] - won[rows]) ** 2 for each in (chance, rate))
    return ratio_gain(*errors, np.ones(len(rows)), rng, block, "brier")


def win_chances(model, everything, rows, today):
    """(m,) float64, chances of open quotations, by what is known today of the client and of the
    quotation as it was at the model's age. Younger ones are scored as if they had reached it."""
    if model.base_only:
        return np.full(len(rows), model.rate)
    day = np.minimum(rows.sent + model.age, today)
    features = features_of(everything, rows, day, model.rate, model.lapse)
    return model.platt.chance(model.logistic.logit(features))


def pipeline(chance, amount, rng, calibration=None, draws=DRAWS):
    """Pipeline of quotations or leads.

    chance : (m,) float64 in 0..1; amount : (m,) float64; rng : Generator; calibration : Bins of the
    chances, whose misses move all of them together; draws : int.
    """
    known = calibration is not None
    miss = miss_of(calibration.chance, calibration.share, calibration.cases) if known else 0.0
    return totals(chance, amount, rng, miss, draws)
