import gzip
from datetime import datetime

import pytest

from bulk_load.columns import ColumnError, find_columns
from bulk_load.parse import FileError, read_sales

NOW = datetime(2026, 1, 1)
HEADER = "order,date,customer,product,description,quantity,price\n"


@pytest.fixture
def read(tmp_path):
    def read_text(text, encoding="utf-8", **options):
        path = tmp_path / "sales.csv"
        path.write_bytes(text.encode(encoding))
        sales = read_sales(path, now=NOW, **options)
        return sales.lines, sales.rejected

    return read_text


def reasons(rejected):
    return [(each.number, each.reason) for each in rejected]


@pytest.mark.parametrize(
    "header",
    [
        ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice",
         "CustomerID"],
        ["N° commande", "Article", "Désignation", "Quantité", "Date commande", "Prix unitaire",
         "Client"],
        ["order", "product", "name", "qty", "date", "price", "customer"],
    ],
)  # fmt: skip
def test_usual_headers_are_understood(header):
    found = find_columns(header)
    assert [found[field] for field in ("order", "product", "name", "quantity")] == [0, 1, 2, 3]
    assert [found[field] for field in ("date", "price", "customer")] == [4, 5, 6]


def test_a_column_may_be_named_and_a_missing_one_is_told_with_the_remedy():
    assert find_columns(["A", "date", "product", "qty"], {"order": "A"})["order"] == 0
    with pytest.raises(ColumnError, match="No column for order among: 'date', 'product', 'qty'"):
        find_columns(["date", "product", "qty"])
    with pytest.raises(ColumnError, match="COL_ORDER=B: there is no such column"):
        find_columns(["A", "date", "product", "qty"], {"order": "B"})


def test_lines_are_read_with_their_numbers(read):
    lines, rejected = read(
        HEADER + "S1,2025-03-01 08:30:00,Ali,P1,Café,2,3.5\nS1,2025-03-01,Ali,P2,,-1,4\n"
    )
    assert not rejected
    first, second = lines
    assert (first.number, first.order, first.date) == (2, "S1", datetime(2025, 3, 1, 8, 30))
    assert (first.customer, first.product, first.name) == ("Ali", "P1", "Café")
    assert (first.quantity, first.price, second.quantity) == (2.0, 3.5, -1.0)


def test_french_files_with_semicolons_commas_and_days_first(read):
    lines, rejected = read(
        "commande;date;client;article;quantité;prix unitaire\n"
        "C1;25/12/2024;Société Générale;A1;1 234,5;1.234,56\n"
        "C2;01/02/2025 10:15;;A1;2;3,5\n",
        encoding="cp1252",
    )
    assert not rejected
    assert (lines[0].customer, lines[0].quantity, lines[0].price) == (
        "Société Générale", 1234.5, 1234.56,
    )  # fmt: skip
    assert lines[0].date == datetime(2024, 12, 25)


def test_american_dates_are_recognised_by_the_file_itself(read):
    lines, _rejected = read(
        "order,date,product,qty\nA,12/25/2024,P,1\nB,12/26/2024,P,1\nC,01/02/2025,P,1\n"
    )
    assert lines[2].date == datetime(2025, 1, 2)


def test_a_date_format_may_be_given(read):
    lines, _rejected = read("order,date,product,qty\nA,20250102,P,1\n", date_format="%Y%m%d")
    assert lines[0].date == datetime(2025, 1, 2)


def test_each_bad_line_is_left_out_with_its_number_and_reason(read):
    lines, rejected = read(
        HEADER
        + ",2025-03-01,Ali,P1,,2,3\n"  # 2
        + "S2,,Ali,P1,,2,3\n"
        + "S3,yesterday,Ali,P1,,2,3\n"
        + "S4,2025-03-01,Ali,,,2,3\n"
        + "S5,2025-03-01,Ali,P1,,two,3\n"
        + "S6,2025-03-01,Ali,P1,,0,3\n"
        + "S7,2025-03-01,Ali,P1,,2,-3\n"
        + "S8,2025-03-01,Ali,P1,,nan,3\n"
        + "S9,2027-03-01,Ali,P1,,2,3\n"
        + "S10,1969-03-01,Ali,P1,,2,3\n"
        + "S11,2025-03-01,Ali,P1\n"  # 12
        + "\n"
        + "S12,2025-03-01,Ali,P1,,2,3\n"  # 14
    )
    assert [line.number for line in lines] == [14]
    assert reasons(rejected) == [
        (2, "no order"),
        (3, "no date"),
        (4, "date 'yesterday' cannot be read as %Y-%m-%d"),
        (5, "no product"),
        (6, "quantity 'two' is not a number"),
        (7, "the quantity is zero"),
        (8, "negative price -3"),
        (9, "quantity 'nan' is not a number"),
        (10, "date 2027-03-01 is in the future"),
        (11, "date 1969-03-01 is before 1970"),
        (12, "only 4 columns, the quantity is missing"),
    ]


def test_compressed_files_and_quoted_lines(tmp_path):
    path = tmp_path / "sales.csv.gz"
    text = HEADER + 'S1,2025-03-01,"Ali, ""fils""",P1,"two\nlines",2,3\nS2,2025-03-01,B,P1,,1,1\n'
    path.write_bytes(gzip.compress(text.encode()))
    lines = read_sales(path, now=NOW).lines
    assert (lines[0].customer, lines[0].name) == ('Ali, "fils"', "two\nlines")
    assert lines[1].number == 4


def test_files_that_cannot_be_read_say_why(tmp_path, read):
    with pytest.raises(FileError, match="cannot be read"):
        read_sales(tmp_path / "missing.csv")
    with pytest.raises(FileError, match="is empty"):
        read("")
    with pytest.raises(FileError, match="No column for order"):
        read("a,b\n1,2\n")
    damaged = tmp_path / "damaged.csv.gz"
    damaged.write_bytes(gzip.compress(b"order,date,product,qty\n" * 100)[:-20])
    with pytest.raises(FileError, match="cannot be read"):
        read_sales(damaged)
