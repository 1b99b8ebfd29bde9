"""The text of one date: its parts, and what they mean in an order of day, month and year."""

import re
from datetime import date, datetime, time, timedelta, timezone

# Years of two digits up to this one are of this century, as for strptime.
PIVOT = 68
DAY = re.compile(
    r"(?P<day>(?:(\d{1,4})([-/.])(\d{1,2})\3(\d{1,4}))|\d{8})(?:(?:T|,?\s+)(?P<time>\S.*))?"
)
TIME = re.compile(
    r"(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
)
# The layout of what a workbook holds as a date.
CELLS = ("cells", "")


def parts_of(value):
    """((layout, separator), text of the day, its three parts); None, "", () where it is no date."""
    if isinstance(value, datetime):
        text = value.date().isoformat()
        return CELLS, text, tuple(text.split("-"))
    match = DAY.fullmatch(value)
    if not match:
        return None, "", ()
    text, first, separator, second, third = match.group(1, 2, 3, 4, 5)
    if first is None:
        return ("eight digits", ""), text, (text[:4], text[4:6], text[6:])
    if len(first) == 4 and len(third) <= 2:
        return ("year first", separator), text, (first, second, third)
    if len(first) <= 2 and len(third) == 4:
        return ("year last", separator), text, (first, second, third)
    if len(first) <= 2 and len(third) == 2:
        layout = "short, dashes" if separator == "-" else "short"
        return (layout, separator), text, (first, second, third)
    return None, "", ()


def time_text(value):
    """What stands behind the day of a text that ``parts_of`` understands; None where nothing."""
    return DAY.fullmatch(value)["time"]


def day_of(parts, order):
    """date of three texts in an order such as "dmy"; None where there is no such day."""
    values = dict(zip(order, parts, strict=True))
    if len(values["y"]) not in (2, 4) or max(len(values["d"]), len(values["m"])) > 2:
        return None
    year = int(values["y"])
    if len(values["y"]) == 2:
        year += 2000 if year <= PIVOT else 1900
    try:
        return date(year, int(values["m"]), int(values["d"]))
    except ValueError:
        return None


def clock_of(text):
    if not text:
        return time.min, None
    match = TIME.fullmatch(text.strip())
    if not match:
        return None
    hour, minute, second, fraction, half, offset = match.groups()
    hour = int(hour)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half[0] in "pP")
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        return time(hour, int(minute), int(second or 0), micro), _offset(offset)
    except ValueError:
        return None


def _offset(text):
    if not text:
        return None
    if text in ("Z", "UTC"):
        return timezone.utc
    shift = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-shift if text[0] == "-" else shift)


def format_of(layout, order):
    """A layout in an order, as for strptime."""
    name, separator = layout
    if name == "eight digits":
        return "%Y%m%d"
    year = "%y" if name.startswith("short") else "%Y"
    return separator.join({"d": "%d", "m": "%m", "y": year}[part] for part in order)
