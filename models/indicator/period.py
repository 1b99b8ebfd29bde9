"""The days that a figure is of, and those before that it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta

from .scope import EPOCH


@dataclass(frozen=True)
class Period:
    """Complete days, inclusive; the same number of days lies before them.

    today : the day that is not over.
    """

    date_from: date
    date_to: date
    today: date

    @property
    def days(self):
        return (self.date_to - self.date_from).days + 1

    @property
    def previous_from(self):
        return self.date_from - timedelta(days=self.days)

    @property
    def previous_to(self):
        return self.date_from - timedelta(days=1)

    @property
    def latest(self):
        """Last day with a snapshot: today where the period ends yesterday."""
        return self.today if (self.today - self.date_to).days == 1 else self.date_to

    @property
    def first_number(self):
        """First day of the period before, counted from 1970-01-01."""
        return (self.previous_from - EPOCH).days

    def both(self, kind):
        """First and last day, counted from 1970-01-01, of the period and of the one before.

        kind : of the indicator. What has a window of its own has it on the last day.
        """
        last = self.latest if kind == "snapshot" else self.date_to
        ends = [(self.date_from, last), (self.previous_from, self.previous_to)]
        return [tuple((day - EPOCH).days for day in days) for days in ends]

    def numbers(self):
        """First and last day, counted from 1970-01-01."""
        return (self.date_from - EPOCH).days, (self.date_to - EPOCH).days

    def each_day(self):
        """Its days."""
        return [self.date_from + timedelta(days=number) for number in range(self.days)]

    def as_dict(self):
        names = ("date_from", "date_to", "previous_from", "previous_to")
        return {name: getattr(self, name).isoformat() for name in names}
