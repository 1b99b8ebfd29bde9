"""Chances of open quotations of any age: a model for each of some fixed ages.

One that is still open after two weeks is won more rarely than one of yesterday, and a model of
yesterday's knows nothing of that. So each age of ``AGES`` has a model of its own, learned from the
quotations that were still open then (landmarking, van Houwelingen 2007), and a quotation is scored
by that of the last age that it has reached. Those that were decided on their first day never were
open quotations to anybody. After the days within which 95 % of all that are won are won, a
quotation counts as given up.
"""

from dataclasses import dataclass

import numpy as np

from ..core.champion import is_worse
from ..core.exceptions import InsufficientDataError
from .win_chance import lapse_of, outcome_of, train_win, win_chances

AGES = (1, 7, 14, 30)
LEAST_UNSEEN = 30


@dataclass(frozen=True)
class Landmarks:
    """models : {age: WinModel}; lapse : int, days after which quotations are given up; today : int,
    the day of the training, before which outcomes were known to it."""

    models: dict
    lapse: int
    today: int


@dataclass(frozen=True)
class WinDuel:
    """unseen : int, quotations that the old models could not know; old, new : float, Brier scores
    on them, NaN for too few; is_worse : bool, whether the new models are."""

    unseen: int
    old: float
    new: float
    is_worse: bool


def train_landmarks(by_age, today, seed):
    """Learn a model for each age that has enough quotations.

    by_age : {age: Quotations}, for each of AGES, as they were known at that age, all with the same
    rows; today : int; seed : int. Returns (Landmarks, WinReport of the first age).
    Raises InsufficientDataError where the first age has too few, see ``train_win``.
    """
    first = train_win(by_age[AGES[0]], today, np.random.default_rng(seed), AGES[0])
    models, lapse = {AGES[0]: first.model}, lapse_of(by_age[AGES[0]], today, AGES[0])
    for age in AGES[1:]:
        if age >= lapse:
            break
        try:
            report = train_win(by_age[age], today, np.random.default_rng(seed), age)
        except InsufficientDataError:
            break
        models[age] = report.model
    return Landmarks(models, lapse, today), first


def open_chances(landmarks, by_age, rows, today):
    """Chances of open quotations.

    by_age : {age: Quotations}; rows : (m,) int, which of them; today : int.
    Returns (m,) float64, NaN for those that are given up.
    """
    everything = by_age[AGES[0]]
    age = today - everything.sent[rows]
    chance = np.full(len(rows), np.nan)
    ages = sorted(landmarks.models)
    reached = np.maximum(np.searchsorted(ages, age, side="right") - 1, 0)
    for place, landmark in enumerate(ages):
        some = np.flatnonzero((reached == place) & (age <= landmarks.lapse))
        if len(some):
            known = by_age[landmark]
            chance[some] = win_chances(
                landmarks.models[landmark], known, known.take(rows[some]), today
            )
    return chance


def duel(old, by_age, report):
    """WinDuel of old Landmarks and what a WinReport of the first age says of the same quotations.

    The new models are judged by what they would have said without knowing the outcome.
    """
    everything, model = by_age[AGES[0]], old.models[AGES[0]]
    ended, _won = outcome_of(everything, model.lapse)
    unseen = np.maximum(ended, everything.sent + model.lapse)[report.rows] > old.today
    count = int(unseen.sum())
    if count < LEAST_UNSEEN:
        return WinDuel(count, np.nan, np.nan, False)
    asked = everything.take(report.rows[unseen])
    won = report.won[unseen]
    of_old = (win_chances(model, everything, asked, int(asked.sent.max()) + AGES[0]) - won) ** 2
    of_new = (report.chance[unseen] - won) ** 2
    return WinDuel(count, float(of_old.mean()), float(of_new.mean()), is_worse(of_old, of_new))
