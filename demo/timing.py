"""Moments of the demonstration."""

from datetime import datetime, time, timedelta

import pytz


def local_to_utc(day, minute, zone):
    """A minute of a local day as naive UTC.

    day : datetime.date; zone : name of a time zone. Returns datetime.
    """
    local = datetime.combine(day, time.min) + timedelta(minutes=minute)
    return pytz.timezone(zone).localize(local).astimezone(pytz.utc).replace(tzinfo=None)


def past(day, minute, zone):
    """The same, but now where the clock is not there yet on the last day."""
    return min(local_to_utc(day, minute, zone), datetime.utcnow().replace(microsecond=0))
