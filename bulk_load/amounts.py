"""Numbers of whole columns: what is a decimal mark and what separates thousands.

1.234,5 and 12,50 can be read in one way only, and show the mark of their column. 1.500 may be one
and a half or fifteen hundred: the rest of its column decides, else the other column, else the user.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .problems import FileError, LineError, remedy

MARKS = ".,"
LARGEST = 1e12
# A larger share of numbers with the other mark makes the column's own undecided.
MOST_OTHERS = 0.01
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", "’": "'"})
# Words for currencies as shops and exports write them, in small letters: their code.
CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "$": "USD", "us$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP",
    "dh": "MAD", "dhs": "MAD", "mad": "MAD", "da": "DZD", "dzd": "DZD",
    "dt": "TND", "tnd": "TND", "fcfa": "XOF", "f cfa": "XOF", "cfa": "XOF", "xof": "XOF",
    "xaf": "XAF", "f": "F", "fr": "F", "fc": "CDF", "cdf": "CDF", "fg": "GNF", "gnf": "GNF",
    "fmg": "MGA", "ar": "MGA", "mga": "MGA", "um": "MRU", "mru": "MRU", "chf": "CHF",
    "cad": "CAD", "rs": "INR", "inr": "INR", "sar": "SAR", "aed": "AED", "egp": "EGP",
}  # fmt: skip
WORD = r"(?:[^\W\d_]+\.?(?:\s?[^\W\d_]+\.?)?|[^\w\s.,()+'-])*"
NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-])?\s*(?P<head>{WORD})\s*(?P<sign2>[+-])?\s*"
    r"(?P<whole>\d{1,3}(?P<group>[ '.,])\d{3}(?:(?P=group)\d{3})*|\d*)"
    r"(?:(?P<mark>[.,])(?P<part>\d*))?(?P<power>[eE][+-]?\d{1,3})?"
    rf"\s*(?P<minus>-)?\s*(?P<tail>{WORD})(?P<close>\))?"
)


@dataclass(frozen=True)
class Reading:
    """What a text may be. mark : the decimal mark that it shows, or "".

    values : {decimal mark: value}, two where it is not clear. currency : its code, or "".
    """

    mark: str
    values: dict
    currency: str = ""


class Amounts:
    """Looks at all values of a column, then reads each of them.

    field : "quantity" or "price"; the latter may have a currency.
    """

    def __init__(self, field, header=""):
        self.field, self.header = field, header or field
        self.shown = dict.fromkeys(MARKS, 0)
        self.unclear = ""
        self.currencies = set()
        self.mark = ""

    def look_at(self, value):
        """Take a value of the column into account."""
        if not isinstance(value, str) or value.isdecimal():
            return
        reading = _reading(value, self.field == "price")
        if reading is None:
            return
        if reading.mark:
            self.shown[reading.mark] += 1
        if len(reading.values) > 1:
            self.unclear = self.unclear or value
        if reading.currency:
            self.currencies.add(reading.currency)

    def own_mark(self):
        """The decimal mark that the column itself shows, or ""."""
        mark = max(MARKS, key=self.shown.get)
        others = sum(self.shown.values()) - self.shown[mark]
        return mark if others <= MOST_OTHERS * self.shown[mark] > 0 else ""

    def decide(self, decimal, other):
        """Decide the decimal mark after the last value.

        decimal : the mark that the user gave, or ""; other : Amounts of the other column.
        Raises FileError where it is needed and cannot be known.
        """
        mixed = all(self.shown.values()) and not self.own_mark()
        self.mark = decimal or self.own_mark() or ("" if mixed else other.own_mark())
        if self.unclear and not self.mark:
            values = _reading(self.unclear, True).values
            raise FileError(
                f"The number {self.unclear!r} in the column '{self.header}' can be "
                f"{values['.']:,} or {values[',']:,}"
                + (", and the column shows both decimal marks" if mixed else "")
                + ". Say which sign begins the decimals: "
                + remedy(f"DECIMAL=. ({values['.']:,}) or DECIMAL=, ({values[',']:,})")
            )

    def read(self, value):  # pylint: disable=method-required-super
        """float. Raises LineError."""
        if isinstance(value, (int, float)):
            number = float(value)
        else:
            reading = _reading(value, self.field == "price")
            if reading is None:
                raise LineError("number", f"{self.field} {value!r} is not a number")
            if len(reading.values) == 1:
                (number,) = reading.values.values()
            else:
                number = reading.values[self.mark]
        if not math.isfinite(number) or abs(number) >= LARGEST:
            raise LineError("number", f"{self.field} {value!r} is out of range")
        return number


def checked_mark(decimal):
    """The setting DECIMAL. Raises FileError."""
    if decimal and decimal not in MARKS:
        raise FileError(
            f"DECIMAL={decimal} is no decimal mark. Give a point or a comma: {remedy('DECIMAL=,')}"
        )
    return decimal


@lru_cache(maxsize=100_000)
def _reading(text, with_currency):
    """Reading of a text; None where it is no number."""
    match = NUMBER.fullmatch(text.translate(SPACES).strip().lstrip("'"))
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    whole, group, mark, part = match.group("whole", "group", "mark", "part")
    if not whole and not part:
        return None
    currency = _currency(match["head"], match["tail"])
    if currency is None or (currency and not with_currency) or (mark and mark == group):
        return None
    signs = (match["open"], *(match[name] == "-" for name in ("sign", "sign2", "minus")))
    sign = -1 if sum(map(bool, signs)) % 2 else 1
    power = int((match["power"] or "e0")[1:])

    def value(digits, decimals=""):
        return sign * float(f"{digits or '0'}.{decimals or '0'}e{power}")

    if group not in (".", ","):
        digits = whole.replace(group, "") if group else whole
        return Reading(mark or "", {mark or ".": value(digits, part)}, currency)
    digits, other = whole.replace(group, ""), "," if group == "." else "."
    if mark or whole.count(group) > 1:
        return Reading(other, {other: value(digits, part)}, currency)
    before, _group, after = whole.partition(group)
    if before.startswith("0") or power:
        return Reading(group, {group: value(before, after)}, currency)
    return Reading("", {group: value(before, after), other: value(digits)}, currency)


def _currency(head, tail):
    """The code of a currency; "" without one, None where the words are something else."""
    codes = []
    for word in (head, tail):
        word = word.strip().strip(".").lower()
        if not word:
            continue
        code = CURRENCIES.get(word)
        if not code and len(word) == 1 and unicodedata.category(word) == "Sc":
            code = word
        codes.append(code)
    if len(codes) > 1 or None in codes:
        return None
    return codes[0] if codes else ""
