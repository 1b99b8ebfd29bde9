"""What the tests of `make load` share: the folder of small inputs that once failed, and reading."""

from datetime import datetime
from pathlib import Path

import pytest

from bulk_load.parse import read_sales

NOW = datetime(2026, 11, 27, 12)
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


def case(name):
    """The path of one of the small inputs; skips the test where their folder is not there."""
    if not CASES.is_dir():
        pytest.skip(f"the small inputs are not here: there is no folder {CASES}")
    return CASES / name


def read_case(name, **options):
    return read_sales(case(name), now=NOW, **options)


def read_text(folder, text, encoding="utf-8", **options):
    """Sales of a file with this text, or these bytes."""
    path = folder / "sales.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read_sales(path, now=NOW, **options)


def read_dates(folder, dates, head="order,date,product,qty", **options):
    """Sales of a file with one line a date."""
    sign = ";" if ";" in head else ","
    rows = [sign.join([f"S{n}", text, "P", "1"]) for n, text in enumerate(dates)]
    return read_text(folder, "\n".join([head, *rows]) + "\n", **options)


def days(sales):
    return [line.date.date().isoformat() for line in sales.lines]
