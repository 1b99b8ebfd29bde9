"""Days of payments that come again: salaries, rent, taxes, instalments."""

import numpy as np

UNITS = ("day", "week", "month", "year")


def occurrences(first, unit, every, after, until, last=None):
    """Days of a recurring payment within (after, until].

    first : int, days since 1970, its first day; unit : of UNITS; every : int >= 1, every so many
    units; after, until : int days; last : int or None, the last day it may come. Months end on
    their last day: one of the 31st comes on 30 April, and on the 31st again in May.
    Returns (k,) int64, ascending.
    """
    if unit not in UNITS or every < 1:
        raise ValueError(f"a payment cannot come every {every} {unit}")
    until = until if last is None else min(until, last)
    if unit in ("day", "week"):
        step = every * (7 if unit == "week" else 1)
        number = max(0, (until - first) // step + 1)
        days = first + step * np.arange(number)
    else:
        step = every * (12 if unit == "year" else 1)
        start, end = (np.datetime64(int(day), "D") for day in (first, until))
        month = start.astype("datetime64[M]")
        months = np.arange(month, end.astype("datetime64[M]") + 1, step)
        begin, following = (
            each.astype("datetime64[D]").astype(int) for each in (months, months + 1)
        )
        of_month = first - int(month.astype("datetime64[D]").astype(int))
        days = begin + np.minimum(of_month, following - begin - 1)
    days = np.asarray(days, np.int64)
    return days[(days > after) & (days <= until) & (days >= first)]
