"""From a sales export to checked lines: pure, so that it is tested without a database.

A line that cannot be read is left out and reported with its number and the reason; the others load.
"""

import csv
import gzip
import io
import math
from dataclasses import dataclass
from datetime import datetime

from .columns import ColumnError, find_columns

DELIMITERS = ",;\t|"
# Day before month, as in French, unless the file itself shows the opposite.
DATE_FORMATS = tuple(
    tuple(f"{day}{time}" for day in days for time in ("", " %H:%M", " %H:%M:%S"))
    for days in (("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"), ("%m/%d/%Y", "%m-%d-%Y"))
)
SAMPLE = 5_000
EARLIEST = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Line:
    """One sale. quantity : units, negative for refunds; price : per unit; customer may be ""."""

    number: int
    order: str
    date: datetime
    customer: str
    product: str
    name: str
    quantity: float
    price: float


@dataclass(frozen=True)
class Rejected:
    """A line that was left out."""

    number: int
    reason: str


class FileError(Exception):
    """The file as a whole cannot be read; the message says why."""


def read_sales(path, named=None, delimiter="", date_format="", encoding="", now=None):
    """Read a csv or csv.gz file.

    path : pathlib.Path; named : {field: header} where automatic detection is not wanted.
    delimiter, date_format (as for strptime), encoding : str, found out where empty.
    now : datetime; sales after it are left out. Default the current time.
    Returns (list of Line in the order of the file, list of Rejected).
    Raises FileError where the file or a column is missing.
    """
    rows = _rows(_text(path, encoding), delimiter)
    try:
        _number, header = next(rows)
    except StopIteration:
        raise FileError(f"{path} is empty.") from None
    try:
        columns = find_columns([name.strip() for name in header], named)
    except ColumnError as error:
        raise FileError(str(error)) from error
    rows = list(rows)
    dates = _DateReader(_sample(rows, columns["date"]), date_format, now or datetime.now())
    lines, rejected = [], []
    for number, row in rows:
        try:
            lines.append(_line(number, row, columns, dates))
        except (ValueError, IndexError) as error:
            rejected.append(Rejected(number, str(error)))
    lines, mixed = _one_customer_each(lines)
    return lines, sorted(rejected + mixed, key=lambda each: each.number)


def _text(path, encoding):
    try:
        content = path.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
    except (OSError, EOFError) as error:
        raise FileError(f"{path} cannot be read: {error}") from error
    for candidate in [encoding] if encoding else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    raise FileError(
        f"{path} is not text in {encoding or 'UTF-8 or Windows-1252'}. Name its encoding: "
        "make load CSV=… ENCODING=latin-1"
    )


def _rows(text, delimiter):
    """(line number, fields) of each row that holds anything; the header first."""
    first = text.split("\n", 1)[0]
    delimiter = delimiter.replace("\\t", "\t") or max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        if any(row):
            yield reader.line_num, row


def _sample(rows, column):
    return [row[column].strip() for _number, row in rows[:SAMPLE] if column < len(row)]


def _line(number, row, columns, dates):
    """Line of a row. Raises ValueError with the reason where it is none."""

    def text(field):
        position = columns.get(field)
        if position is None:
            return ""
        if position >= len(row):
            raise ValueError(f"only {len(row)} columns, the {field} is missing")
        # PostgreSQL's text cannot hold NUL.
        return row[position].replace("\x00", "").strip()

    for field in ("order", "product"):
        if not text(field):
            raise ValueError(f"no {field}")
    quantity = _number(text("quantity"), "quantity")
    if not quantity:
        raise ValueError("the quantity is zero")
    price = _number(text("price"), "price") if text("price") else 0.0
    if price < 0:
        raise ValueError(f"negative price {text('price')}")
    return Line(
        number=number,
        order=text("order"),
        date=dates.read(text("date")),
        customer=text("customer"),
        product=text("product"),
        name=text("name"),
        quantity=quantity,
        price=price,
    )


def _number(text, field):
    """A number with a decimal point or comma. Raises ValueError."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if "," in plain and "." in plain:
        thousands = min(",.", key=plain.rfind)
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        raise ValueError(f"{field} {text!r} is not a number") from None
    if not math.isfinite(value) or abs(value) >= 1e12:
        raise ValueError(f"{field} {text!r} is out of range")
    return value


class _DateReader:
    """Reads dates in ISO form or in the one format that fits the sample best."""

    def __init__(self, sample, date_format, now):
        self.now = now
        self.formats = (date_format,) if date_format else self._best(sample)
        self.known = {}

    def _best(self, sample):
        """The formats that fit most of the sample; the first of equals."""
        texts = set(sample)
        return max(
            DATE_FORMATS, key=lambda formats: sum(bool(_first_fit(text, formats)) for text in texts)
        )

    def read(self, text):  # pylint: disable=method-required-super
        """Naive datetime. Raises ValueError with the reason."""
        if text not in self.known:
            self.known[text] = self._parse(text)
        value = self.known[text]
        if isinstance(value, str):
            raise ValueError(value)
        return value

    def _parse(self, text):
        if not text:
            return "no date"
        value = _iso(text) or _first_fit(text, self.formats)
        if value is None:
            return f"date {text!r} cannot be read as {self.formats[0]}; give DATE_FORMAT"
        if value < EARLIEST:
            return f"date {text} is before 1970"
        return f"date {text} is in the future" if value > self.now else value


def _iso(text):
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    return value.replace(tzinfo=None)


def _first_fit(text, formats):
    for each in formats:
        try:
            return datetime.strptime(text, each)
        except ValueError:
            continue
    return None


def _one_customer_each(lines):
    """Lines whose customer is that of their order's first line, and the others as Rejected."""
    customers, kept, rejected = {}, [], []
    for line in lines:
        first = customers.setdefault(line.order, line.customer)
        if line.customer == first:
            kept.append(line)
        else:
            reason = f"order {line.order} is of customer {first or '(none)'}, not {line.customer}"
            rejected.append(Rejected(line.number, reason))
    return kept, rejected
