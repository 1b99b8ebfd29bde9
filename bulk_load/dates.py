"""Dates of a whole column: the one format that fits them, or a question with both readings.

The day and the month of 02/03/2026 may be either. So all rows are looked at before one is read, in
this order: what fits all of them; what has no day in the future; what makes the column ascend or
descend throughout; what the language of the header says, for nobody who writes French or separates
fields by semicolons puts the month first. Where these leave two readings or contradict each other,
nobody but the user knows. Two formats in one column are refused: a spreadsheet of the other country
turns the dates that it understands into its own and leaves the others, so that half of them look
right and are wrong.
"""

import re
from collections import defaultdict
from datetime import datetime, time, timezone

from .date_texts import CELLS, clock_of, day_of, format_of, parts_of, time_text
from .problems import FileError, LineError, remedy

EARLIEST = datetime(1970, 1, 1)
# A larger share of rows that do not fit is another format and not a few mistakes.
MOST_UNFIT = 0.01
# Fewer changes of the day may ascend by chance.
FEWEST_STEPS = 6
# Layout of the digits: orders of day, month and year that it may have. Nobody writes year, day,
# month, unless nothing else fits.
ORDERS = {
    "year last": ("dmy", "mdy"),
    "year first": ("ymd", "ydm"),
    "short": ("dmy", "mdy"),
    "short, dashes": ("dmy", "mdy", "ymd"),
    "eight digits": ("ymd",),
    "cells": ("ymd",),
}
FIRST_IF_IT_FITS = ("year first", "eight digits", "cells")


class Dates:
    """Looks at all values of a column, then reads each of them.

    date_format : for strptime, several separated by |; empty where it is to be found out.
    now : naive datetime; later sales are in the future. zone : tzinfo, of naive results.
    """

    def __init__(self, date_format="", now=None, zone=timezone.utc):
        self.formats = [each for each in date_format.split("|") if each]
        self.now = now or datetime.now(zone).replace(tzinfo=None)
        self.zone = zone
        self.layout, self.order = None, None
        self.note = ""
        self._groups = defaultdict(_Group)
        self._days, self._times = {}, {}
        self._last = None, None

    def look_at(self, value):
        """Take a value of the column into account."""
        if self.formats or not value:
            return
        layout, text, parts = parts_of(value)
        if layout:
            self._groups[layout].add(text, parts, value)

    def decide(self, day_first):
        """Decide the format after the last value. day_first : whether the language says so.

        Raises FileError where two readings remain.
        """
        if self.formats or not self._groups:
            return
        groups = sorted(self._groups.items(), key=lambda each: -each[1].rows)
        (layout, main), others = groups[0], groups[1:]
        if sum(group.rows for _layout, group in others) > MOST_UNFIT * sum(
            group.rows for _layout, group in groups
        ):
            raise _two_formats(
                [group.example(each) for each, group in groups[:2]],
                _formats_of(groups[:2]),
            )
        self.layout = layout
        self.order, self.note = main.decide(layout, self.now, day_first)
        self._groups.clear()

    def read(self, value):  # pylint: disable=method-required-super
        """Naive datetime in the zone. Raises LineError with the reason."""
        if value == self._last[0]:
            return self._last[1]
        if not value:
            raise LineError("date", "no date")
        result = self._by_formats(value) if self.formats else self._by_layout(value)
        if result is None:
            raise LineError("date", f"date {str(value)!r} cannot be read{self._as()}")
        if result < EARLIEST:
            raise LineError("old", f"date {value} is before 1970")
        if result > self.now:
            raise LineError("future", f"date {value} is in the future")
        self._last = value, result
        return result

    def described(self):
        """The format, in words; "" where there is none."""
        if self.formats:
            return " or ".join(self.formats)
        if not self.layout:
            return ""
        if self.layout == CELLS:
            return "Excel holds them"
        return format_of(self.layout, self.order) + (f", {self.note}" if self.note else "")

    def _as(self):
        return f" as {self.described()}" if self.described() else ""

    def _by_layout(self, value):
        if isinstance(value, datetime):
            return value.replace(tzinfo=None) if self.layout == CELLS else None
        layout, text, parts = parts_of(value)
        if layout is None or layout != self.layout:
            return None
        if text not in self._days:
            self._days[text] = day_of(parts, self.order)
        day, clock = self._days[text], self._clock(time_text(value))
        return day and clock and self._joined(day, *clock)

    def _by_formats(self, value):
        if isinstance(value, datetime):
            return value
        day, _space, rest = value.partition("T" if "T" in value else " ")
        for each in self.formats:
            found = _strptime(value, each)
            if found:
                return self._joined(found.date(), found.time(), found.tzinfo)
            # A format of the day alone reads the time behind it too.
            found, clock = _strptime(day, each), self._clock(rest.strip())
            if found and clock and found.time() == time.min:
                return self._joined(found.date(), *clock)
        return None

    def _clock(self, text):
        """(time, tzinfo or None); None where it is no time of day."""
        if text not in self._times:
            if len(self._times) > 100_000:
                self._times.clear()
            self._times[text] = clock_of(text)
        return self._times[text]

    def _joined(self, day, clock, offset):
        result = datetime.combine(day, clock)
        if offset is None:
            return result
        return result.replace(tzinfo=offset).astimezone(self.zone).replace(tzinfo=None)


class _Group:
    """The values of one layout: distinct days with how often they stand there, and their steps."""

    def __init__(self):
        self.rows = 0
        self.days = {}
        self.steps = defaultdict(lambda: [0, 0])
        self._last = None

    def add(self, text, parts, value):
        self.rows += 1
        entry = self.days.get(text)
        if entry is None:
            entry = self.days[text] = _Day(parts, str(value))
        entry.rows += 1
        if self._last is not None and self._last is not entry:
            for order, day in entry.readings.items():
                before = self._last.readings.get(order)
                if before and before != day:
                    self.steps[order][day > before] += 1
        self._last = entry

    def example(self, layout):
        entry = max(self.days.values(), key=lambda each: len(each.readings))
        return _example(entry, layout)

    def likely(self, layout):
        """The orders that fit most rows."""
        most = max(map(self._fitting, ORDERS[layout[0]]))
        return [order for order in ORDERS[layout[0]] if self._fitting(order) == most]

    def decide(self, layout, now, day_first):
        """(order, note). Raises FileError."""
        orders = ORDERS[layout[0]]
        readable = self._rows(lambda day: day.readings)
        left = [each for each in orders if self._fitting(each) >= (1 - MOST_UNFIT) * readable]
        if not left:
            days = [self._only(order) for order in orders if self._only(order)]
            raise _two_formats(
                [_example(day, layout) for day in days],
                [format_of(layout, next(iter(day.readings))) for day in days],
            )
        if layout[0] in FIRST_IF_IT_FITS and orders[0] in left:
            return orders[0], ""
        order, note = self._chosen(layout, left, now, day_first)
        self._check_paddings(layout, order)
        return order, note

    def _only(self, order):
        """A day that can be read in this order only; None without one."""
        return next((day for day in self.days.values() if list(day.readings) == [order]), None)

    def _chosen(self, layout, left, now, day_first):
        if len(left) == 1 or not self._differing(left):
            return left[0], ""
        votes = [
            {order for order in left if self._fitting(order) == max(map(self._fitting, left))},
            {order for order in left if not self._future(order, now)},
            {order for order in left if self._is_monotone(order)},
            {"dmy"} & set(left) if day_first else set(),
        ]
        chosen = set(left)
        for vote in filter(None, votes):
            chosen &= vote
        if len(chosen) != 1:
            raise self._undecided(layout, left)
        (order,) = chosen
        others = [set(vote) for vote in votes[:3] if vote and len(vote) < len(left)]
        note = "" if others else "as the language of the file says"
        return order, note

    def _undecided(self, layout, left):
        example = _example(self._differing(left)[0], layout)
        settings = " or ".join(f"DATE_FORMAT={format_of(layout, each)}" for each in left)
        return FileError(
            f"The dates can be read in more than one way: {example}. Say which: {remedy(settings)}"
        )

    def _check_paddings(self, layout, order):
        """Refuse 4/7/2026 beside 04/07/2026 unless each shows the same order by itself."""
        if not any(self._is_mixed(place) for place in range(3)):
            return
        styles = [
            [day for day in self.days.values() if any(map(is_so, day.parts))]
            for is_so in (_is_bare, _is_padded)
        ]
        for days in styles:
            rows = sum(day.rows for day in days)
            if rows > MOST_UNFIT * self.rows and not any(
                list(day.readings) == [order] for day in days
            ):
                pair = [max(each, key=lambda day: len(day.readings)) for each in styles]
                raise _two_formats(
                    [_example(day, layout) for day in pair], [format_of(layout, order)]
                )

    def _is_mixed(self, place):
        """Whether one part of the days stands there with and without a zero."""
        parts = [day.parts[place] for day in self.days.values()]
        return any(map(_is_bare, parts)) and any(map(_is_padded, parts))

    def _fitting(self, order):
        return self._rows(lambda day: order in day.readings)

    def _rows(self, condition):
        return sum(day.rows for day in self.days.values() if condition(day))

    def _differing(self, orders):
        return [
            day
            for day in self.days.values()
            if len({day.readings[order] for order in orders if order in day.readings}) > 1
        ]

    def _future(self, order, now):
        return any(
            day.readings[order] > now.date() for day in self.days.values() if order in day.readings
        )

    def _is_monotone(self, order):
        steps = self.steps[order]
        return sum(steps) >= FEWEST_STEPS and not min(steps)


class _Day:
    """One text of a day: how many rows hold it, and what it means in each order."""

    def __init__(self, parts, value):
        self.parts, self.value, self.rows = parts, value, 0
        orders = ("dmy", "mdy", "ymd", "ydm")
        readings = {order: day_of(parts, order) for order in orders}
        self.readings = {order: day for order, day in readings.items() if day}


def _strptime(text, date_format):
    """datetime of a text; None where it is not in that format, or the format is none."""
    try:
        return datetime.strptime(text, date_format)
    except (ValueError, re.error):
        return None


def _is_bare(part):
    return len(part) == 1


def _is_padded(part):
    return len(part) > 1 and part[0] == "0"


def _example(day, layout):
    orders = [order for order in ORDERS[layout[0]] if order in day.readings]
    meanings = " or ".join(
        f"{day.readings[order]:%-d %B %Y} ({format_of(layout, order)})" for order in orders
    )
    return f"{day.value!r} is {meanings}" if meanings else f"{day.value!r} is no day"


def _formats_of(groups):
    """A format for each of some (layout, _Group), in the order of the one that shows its own."""
    likely = [group.likely(layout) for layout, group in groups]
    shown = [orders[0] for orders in likely if len(orders) == 1]
    return [
        format_of(layout, next((each for each in shown if each in orders), orders[0]))
        for (layout, _group), orders in zip(groups, likely, strict=True)
    ]


def _two_formats(examples, formats):
    return FileError(
        f"There are two formats in the column of dates: {'; '.join(examples)}. A spreadsheet may "
        "have exchanged day and month in some of them: export the file again, without opening it "
        "there. If it is right as it is, name the formats: "
        + remedy(f"DATE_FORMAT='{'|'.join(dict.fromkeys(formats))}'")
    )
