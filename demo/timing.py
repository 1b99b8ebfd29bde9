"""Moments of the demonstration."""

from datetime import datetime, time, timedelta

import pytz


def local_to_utc(day, minute, zone):
    """A minute of a local day as naive UTC, but never later than now.

    day : datetime.date; zone : name of a time zone. Returns datetime.
    """
    local = datetime.combine(day, time.min) + timedelta(minutes=minute)
    stamp = pytz.timezone(zone).localize(local).astimezone(pytz.utc).replace(tzinfo=None)
    # The clock may not be there yet on the last day.
    return min(stamp, datetime.utcnow().replace(microsecond=0))
