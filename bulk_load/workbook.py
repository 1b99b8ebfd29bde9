"""The rows of an Excel workbook, cell by cell as they are typed there."""

import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time

from .problems import FileError, remedy

SIGNATURE = b"PK\x03\x04"
OLD_SIGNATURE = b"\xd0\xcf\x11\xe0"


class Workbook:
    """One sheet of an xlsx file; the first one unless its name is given. Raises FileError."""

    delimiter = ""

    def __init__(self, path, sheet=""):
        self.path = path
        with self._opened() as book:
            names = [each.title for each in book.worksheets]
        if not names or sheet not in ("", *names):
            raise FileError(f"SHEET={sheet}: there is no such sheet. There are: {', '.join(names)}")
        self.sheet = sheet or names[0]
        self.described = f"sheet '{self.sheet}'"
        others = [name for name in names if name != self.sheet]
        self.note = ""
        if others and not sheet:
            self.note = (
                f"only the first sheet, '{self.sheet}', is read; another: "
                + remedy(f"SHEET='{others[0]}'")
            )  # fmt: skip

    def records(self, width=None):  # noqa: ARG002 (as of a text file)
        """Yield (number of the row, cells as str, int, float or datetime, None)."""
        with self._opened() as book:
            sheet = book[self.sheet]
            # Some programs write a size that is wrong.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, [_value(cell) for cell in cells], None

    @contextmanager
    def _opened(self):
        import openpyxl  # only those who load a workbook need it

        try:
            with self.path.open("rb") as file:
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
                yield book
                book.close()
        except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
            # SyntaxError is that of damaged XML.
            raise FileError(f"{self.path} cannot be read as a workbook: {error}") from error


def _value(cell):
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime.combine(cell, time.min)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, (int, float)) and not isinstance(cell, bool) else str(cell)
