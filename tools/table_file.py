"""Tables as files that a spreadsheet opens with a double click, in the user's language."""

import csv
import io

from . import compat

KINDS = ("csv", "xlsx")
# What spreadsheets take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_file(kind, headers, rows, decimal_point="."):
    """A table as a file: (bytes, MIME type). An XLSX only within a request.

    kind : csv or xlsx; rows : iterable of lists of texts, numbers, dates and None; decimal_point :
    of the user's language, which numbers of a CSV have.
    """
    if kind == "xlsx":
        return compat.workbook(headers, [["" if c is None else c for c in row] for row in rows])
    return _csv(headers, rows, decimal_point).encode("utf-8-sig"), "text/csv;charset=utf-8"


def _csv(headers, rows, decimal_point):
    """Where decimals have a comma, spreadsheets take a semicolon between the columns."""
    text = io.StringIO()
    delimiter = ";" if decimal_point == "," else ","
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(_cell(header, decimal_point) for header in headers)
    writer.writerows([_cell(cell, decimal_point) for cell in row] for row in rows)
    return text.getvalue()


def _cell(value, decimal_point):
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", decimal_point)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value)
