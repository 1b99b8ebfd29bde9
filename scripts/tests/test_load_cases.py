"""The small inputs that once were misread, each with what is right."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from loading import case, days, read_case

from bulk_load import report
from bulk_load.parse import FileError, order_key


def test_american_dates_of_two_months_all_load():
    sales = read_case("us_dates_sorted.csv.gz")
    assert (len(sales.lines), len(sales.rejected)) == (26_550, 0)
    found = sorted(set(days(sales)))
    assert (len(found), found[0], found[-1]) == (59, "2026-01-01", "2026-02-28")
    assert not report.is_doubtful(sales)


def test_two_formats_in_one_column_are_refused_with_both_readings():
    with pytest.raises(FileError, match="two formats") as refused:
        read_case("excel_mangled_two_formats.csv")
    for words in (
        "04/19/26 08:46",
        "19 April 2026",
        "4 July 2026",
        "7 April 2026",
        "'%m-%d-%Y|%m/%d/%y'",
    ):
        assert words in str(refused.value)


def test_the_named_formats_read_both():
    sales = read_case("excel_mangled_two_formats.csv", date_format="%m/%d/%y|%m-%d-%Y")
    assert days(sales) == ["2026-04-19", "2026-04-07", "2026-04-12", "2026-04-30", "2026-04-07"]
    assert sales.lines[0].date.hour == 8


def test_a_named_format_wins_over_iso():
    sales = read_case("year_day_month.csv", date_format="%Y-%d-%m")
    assert days(sales) == ["2026-01-02", "2026-01-31"]


def test_tickets_that_start_again_every_day_are_orders_of_their_own():
    sales = read_case("ticket_restarts_daily.csv.gz")
    lines = Counter(map(order_key, sales.lines))
    assert (len(lines), set(lines.values())) == (1_200, {2})
    assert len({day for _order, day, _customer in lines}) == 60
    assert any("stand on several days" in note for note in sales.notes)


def test_late_evenings_stay_on_their_day():
    lines = read_case("late_evening_local_times.csv").lines
    sold = Counter()
    for line in lines:
        sold[line.date.date()] += line.quantity
    assert sold == {date(2026, 3, 31): 10, date(2026, 4, 1): 5}


@pytest.mark.parametrize(
    ("name", "quantities", "prices"),
    [
        ("thousands_point.csv", [1500, 2], [12_500, 1_234_567]),
        ("thousands_comma.csv", [1200, 1_200_000], [12_500, 5]),
    ],
)
def test_thousands_are_decided_by_the_columns(name, quantities, prices):
    lines = read_case(name).lines
    assert [line.quantity for line in lines] == quantities
    assert [line.price for line in lines] == prices


def test_prices_with_currencies_are_numbers_and_several_currencies_a_doubt():
    sales = read_case("currency_signs.csv")
    assert [line.price for line in sales.lines] == [0.9, 12_500, 150, 2.39, 1250.5]
    assert "several currencies (EUR, MAD, USD, XOF)" in sales.doubts[0]
    assert report.is_doubtful(sales)


def test_an_unquoted_decimal_comma_rejects_its_line():
    sales = read_case("unquoted_decimal_comma.csv")
    assert not sales.lines
    assert [(each.number, each.kind) for each in sales.rejected] == [(2, "fields")]
    assert sales.rejected[0].fields[-2:] == ("12", "50")


def test_an_open_quote_spoils_one_line():
    sales = read_case("quote_swallows_99_rows_silently.csv")
    assert len(sales.lines) == 199
    assert [(each.number, each.kind) for each in sales.rejected] == [(52, "quote")]
    assert "A51;24/03/2026" in sales.rejected[0].fields[0]
    assert not report.is_doubtful(sales)


@pytest.mark.parametrize(
    ("name", "customer", "price"),
    [
        ("title_above_header.csv", "C", 5),
        ("sep_line.csv", "C", 5),
        ("blank_first_line.csv", "C", 5),
        ("excel_unicode_text_utf16.csv", "Société", 12.5),
    ],
)
def test_what_stands_above_the_header_and_utf16_are_read(name, customer, price):
    sales = read_case(name)
    (line,) = sales.lines
    assert (line.customer, line.price, line.date.day) == (customer, price, 1 if price > 5 else 2)
    assert not sales.rejected
    assert not report.is_doubtful(sales)


def test_lines_of_odoo_own_export_belong_to_the_order_above():
    sales = read_case("odoo_own_export.csv")
    assert [(line.order, line.customer, line.product, line.name) for line in sales.lines] == [
        ("S00001", "Client 1", "A1", "Bureau"),
        ("S00001", "Client 1", "A2", "Chaise"),
        ("S00002", "Client 2", "A2", "Chaise"),
    ]
    assert not sales.rejected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("code_is_the_client.csv", ("'code' (CL001, CL002, …)", "COL_PRODUCT=", "COL_CUSTOMER=")),
        ("nom_is_the_client.csv", ("'nom' (CLIENT UN, CLIENT DEUX, …)", "COL_NAME='nom'")),
        ("reference_is_the_article.csv", ("'Référence' (ART-1, ART-2, …)", "COL_ORDER=")),
    ],
)
def test_a_header_that_may_mean_two_things_is_asked_for(name, words):
    with pytest.raises(FileError) as refused:
        read_case(name)
    for each in words:
        assert each in str(refused.value)


def test_the_answer_is_taken():
    sales = read_case("code_is_the_client.csv", named={"customer": "code"})
    assert [(line.customer, line.product, line.name) for line in sales.lines] == [
        ("CL001", "VIS6", "Vis 6"),
        ("CL002", "VIS6", "Vis 6"),
    ]


def test_a_young_shop_loads_without_a_doubt():
    sales = read_case("young_shop_30_days.csv.gz")
    assert (len(sales.lines), len(set(days(sales)))) == (523, 30)
    assert not sales.rejected
    assert not report.is_doubtful(sales)


def test_every_case_has_a_test():
    names = {path.name for path in case("README.md").parent.iterdir()} - {"README.md"}
    tested = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in sorted(names) if name not in tested] == []
