"""What can be wrong with a file or with one line of it, and the setting that mends it."""

from dataclasses import dataclass

# Kind of fault in a line: what it is called in a count of many, and what mends it.
KINDS = {
    "date": ("date not understood", "DATE_FORMAT=%d/%m/%Y, with day, month and year as they are"),
    "future": ("date in the future", "DATE_FORMAT=…, if day and month or year are exchanged"),
    "old": ("date before 1970", "DATE_FORMAT=…, if day and year are exchanged"),
    "number": ("number not understood", "DECIMAL=, or DECIMAL=. or COL_QUANTITY=…, COL_PRICE=…"),
    "fields": ("other number of fields than the header", "DELIMITER=…, or quotes in the file"),
    "quote": ("quotation mark without end", "double that mark in the file, or take it out"),
    "size": ("line or field far too long", "DELIMITER=…, or export the file again"),
    "bytes": ("letters that are not in the encoding", "ENCODING=cp1252 or another"),
    "order": ("no order reference", "COL_ORDER=…"),
    "product": ("no product", "COL_PRODUCT=…"),
    "above": ("part of an order that was left out", "mend the line that begins the order"),
    "quantity": ("quantity zero", "COL_QUANTITY=…"),
    "price": ("negative price", "COL_PRICE=…; a refund has a negative quantity instead"),
}


class FileError(Exception):
    """The file as a whole cannot be read as it is; the message says why and what to do."""


class LineError(ValueError):
    """One line cannot be read. kind : one of ``KINDS``; the message is the reason."""

    def __init__(self, kind, reason):
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True)
class Rejected:
    """A line that was left out: its number in the file, kind of fault, reason, and its fields."""

    number: int
    kind: str
    reason: str
    fields: tuple = ()


def remedy(setting):
    """How a setting is given, for messages."""
    return f"make load CSV=… {setting}"
