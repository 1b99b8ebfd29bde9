"""Decimal marks, thousands, signs and currencies of whole columns."""

import pytest
from loading import read_text

from bulk_load import report
from bulk_load.parse import FileError

HEAD = "commande;date;article;quantité;prix\n"


def prices(folder, *texts, quantity="1", **options):
    rows = "".join(f"S;2026-01-02;P{n};{quantity};{text}\n" for n, text in enumerate(texts))
    return read_text(folder, HEAD + rows, **options)


def test_numbers_that_are_clear_by_themselves(tmp_path):
    for text, value in (
        ("1 234,5", 1234.5), ("1\u202f234\u00a0567,5", 1234567.5), ("1.234.567,89", 1234567.89),
        ("1,234.5", 1234.5), ("1'234.50", 1234.5), ("1’234", 1234), ("'1250", 1250),
        ("0.500", 0.5), ("1234.567", 1234.567), (",5", 0.5), ("1.5E+03", 1500),
        ("12.50 €", 12.5), ("€12.50", 12.5), ("MAD 12,50", 12.5), ("Rs.150", 150),
        ("12 500 F CFA", 12500), ("US$ 5", 5), ("₦5", 5),
    ):  # fmt: skip
        lines = prices(tmp_path, text).lines
        assert [line.price for line in lines] == [value], text


@pytest.mark.parametrize(
    "text", ["two", "12 50", "1.23.456", "1,2,3", "12 kg", "12 k", "$5 €", "(5", "nan", "inf", "-"]
)
def test_what_is_no_number_is_left_out(tmp_path, text):
    assert [each.kind for each in prices(tmp_path, text).rejected] == ["number"]


def test_refunds_in_the_ways_of_accountants(tmp_path):
    for text in ("-2", "−2", "2-", "(2)"):
        (line,) = prices(tmp_path, "5", quantity=text).lines
        assert line.quantity == -2


def test_a_quantity_has_no_currency(tmp_path):
    assert prices(tmp_path, "5", quantity="2 €").rejected[0].kind == "number"


def test_three_digits_behind_a_mark_are_decided_by_the_column(tmp_path):
    assert [line.price for line in prices(tmp_path, "1.500", "2,25").lines] == [1500, 2.25]
    assert [line.price for line in prices(tmp_path, "1.500", "2.25").lines] == [1.5, 2.25]
    assert [line.price for line in prices(tmp_path, "1,500", "2.25").lines] == [1500, 2.25]


def test_or_by_the_other_column(tmp_path):
    (line,) = prices(tmp_path, "12,50", quantity="1.500").lines
    assert line.quantity == 1500


def test_else_they_are_asked_for_with_both_readings(tmp_path):
    with pytest.raises(FileError) as refused:
        prices(tmp_path, "1.500", "2.000")
    for words in ("'1.500'", "'prix'", "DECIMAL=. (1.5)", "DECIMAL=, (1,500.0)"):
        assert words in str(refused.value)
    assert prices(tmp_path, "1.500", decimal=".").lines[0].price == 1.5
    assert prices(tmp_path, "1.500", decimal=",").lines[0].price == 1500


def test_both_decimal_marks_make_the_unclear_ones_a_question(tmp_path):
    with pytest.raises(FileError, match="shows both decimal marks"):
        prices(tmp_path, "1.500", "2,25", "2.25")
    assert len(prices(tmp_path, "2,25", "2.25").lines) == 2


def test_a_decimal_mark_is_a_point_or_a_comma(tmp_path):
    with pytest.raises(FileError, match="DECIMAL=x is no decimal mark"):
        prices(tmp_path, "1", decimal="x")


def test_one_currency_is_no_doubt(tmp_path):
    assert not report.is_doubtful(prices(tmp_path, "5 €", "5 EUR", "5"))
    assert report.is_doubtful(prices(tmp_path, "5 €", "5 DH"))
