"""What is said about a file before it is loaded."""

import pytest
from loading import read_text

from bulk_load import report

HEAD = "order,date,customer,product,quantity,price\n"


def good(count):
    return "".join(f"S{n},2026-01-{n % 28 + 1:02d},Ali,P,2,3.5\n" for n in range(count))


def test_a_clean_file_is_shown_as_understood(tmp_path):
    sales = read_text(tmp_path, HEAD + "T0,2026-01-01 08:30,,Q,1,1200\n" + good(20))
    said = "\n".join(report.opening(sales))
    assert "ATTENTION" not in said
    for words in (
        "utf-8, fields separated by ,", "dates as %Y-%m-%d", "decimals after a point",
        "order = 'order', ", "T0 of 1 January 2026 08:30, no customer", "1 × Q at 1,200",
        "S3 of 4 January 2026 00:00, Ali", "2 × P at 3.5",
    ):  # fmt: skip
        assert words in said
    assert "S4 of" not in said
    assert not report.is_doubtful(sales)


def test_columns_that_are_not_used_are_named(tmp_path):
    sales = read_text(tmp_path, "order,date,product,quantity,shop\nS,2026-01-01,P,1,Rabat\n")
    assert "not used: shop" in "\n".join(report.opening(sales))


@pytest.mark.parametrize(("bad", "doubtful"), [(1, False), (3, True)])
def test_more_than_one_in_a_hundred_left_out_is_a_doubt(tmp_path, bad, doubtful):
    sales = read_text(tmp_path, HEAD + good(200) + "S,2026-01-01,Ali,P,two,1\n" * bad)
    assert report.is_doubtful(sales) is doubtful
    said = report.opening(sales)
    assert said[0].startswith("ATTENTION: 3 of 203 lines (1.5%)") is doubtful
    assert sum("mend: DECIMAL=" in line for line in said) == 1


def test_the_three_most_frequent_reasons_come_with_what_mends_them(tmp_path):
    bad = (
        "S,2026-01-01,Ali,P,two,1\n" * 5 + "S,soon,Ali,P,1,1\n" * 4 + "S,2026-01-01,Ali,,1,1\n" * 3
        + ",2026-01-05,Omar,P,1,1\n" * 2
    )  # fmt: skip
    said = report.opening(read_text(tmp_path, HEAD + good(100) + bad))
    assert said[0] == "ATTENTION: 14 of 114 lines (12.3%) are left out:"
    assert [line.split("(")[0].strip() for line in said[1:4]] == [
        "5 × number not understood", "4 × date not understood", "3 × no product",
    ]  # fmt: skip
    assert "(line 102: quantity 'two' is not a number)" in said[1]
    for line, setting in zip(said[1:4], ("DECIMAL=", "DATE_FORMAT=", "COL_PRODUCT="), strict=True):
        assert f"mend: {setting}" in line
    assert said[4] == "Understood as:"


def test_the_first_lines_left_out_are_listed(tmp_path):
    sales = read_text(tmp_path, HEAD + "S,soon,Ali,P,1,1\n" * 30)
    said = report.first_rejected(sales.rejected)
    assert (len(said), said[-1]) == (21, "  … and 10 more")


def test_orders_that_are_there_with_other_lines_are_a_doubt():
    assert report.differing([]) == ""
    said = report.differing([("S1", 2, 3), ("S2", 1, 4)])
    assert "2 orders were there already" in said
    assert "S1: 2 there, 3 in the file" in said
    assert "COMPANY=" in said
