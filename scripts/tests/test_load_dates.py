"""One format for a whole column of dates, or a question with both readings."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from loading import days, read_dates

from bulk_load.parse import FileError

FRENCH = "commande;date;article;quantité"


def test_all_rows_decide_and_not_the_first_ones(tmp_path):
    dates = ["01/02/2026"] * 20_000 + ["01/13/2026"] * 300
    assert set(days(read_dates(tmp_path, dates))) == {"2026-01-02", "2026-01-13"}


def test_a_few_mistakes_do_not_change_the_format(tmp_path):
    sales = read_dates(tmp_path, ["25/12/2025"] * 300 + ["12/26/2025", "32/01/2026"])
    assert set(days(sales)) == {"2025-12-25"}
    assert [each.kind for each in sales.rejected] == ["date", "date"]


def test_what_lies_in_the_past_is_preferred(tmp_path):
    assert days(read_dates(tmp_path, ["01/12/2026"])) == ["2026-01-12"]


def test_a_column_that_ascends_in_one_reading_only_is_read_so(tmp_path):
    start = datetime(2026, 1, 5)
    dates = [start + timedelta(days=n) for n in range(200)]
    dates = [day for day in dates if day.day <= 12]
    assert len(dates) > 20
    texts = [f"{day:%m/%d/%Y}" for day in dates]
    sales = read_dates(tmp_path, texts)
    assert days(sales) == [day.date().isoformat() for day in dates]
    assert days(read_dates(tmp_path, texts[::-1])) == days(sales)[::-1]
    assert all(first <= second for first, second in pairwise(days(sales)))


def test_two_readings_that_remain_are_asked_for(tmp_path):
    dates = ["02/03/2026", "04/05/2026", "01/06/2026"]
    with pytest.raises(FileError, match="more than one way") as refused:
        read_dates(tmp_path, dates)
    for words in ("2 March 2026 (%d/%m/%Y)", "3 February 2026 (%m/%d/%Y)", "DATE_FORMAT=%d/%m/%Y"):
        assert words in str(refused.value)
    assert days(read_dates(tmp_path, dates, date_format="%m/%d/%Y"))[0] == "2026-02-03"


def test_equal_days_and_months_need_no_question(tmp_path):
    assert days(read_dates(tmp_path, ["02/02/2026"])) == ["2026-02-02"]


def test_french_files_have_the_day_first_and_say_so(tmp_path):
    sales = read_dates(tmp_path, ["02/03/2026"], FRENCH)
    assert days(sales) == ["2026-03-02"]
    assert any("as the language of the file says" in note for note in sales.notes)


def test_language_and_past_that_contradict_each_other_are_asked_for(tmp_path):
    with pytest.raises(FileError, match="more than one way"):
        read_dates(tmp_path, ["01/12/2026"], FRENCH)


def test_years_of_two_digits(tmp_path):
    assert days(read_dates(tmp_path, ["19/04/26"])) == ["2026-04-19"]
    assert days(read_dates(tmp_path, ["31.12.99"])) == ["1999-12-31"]
    assert days(read_dates(tmp_path, ["26-04-30", "26-04-29"])) == ["2026-04-30", "2026-04-29"]
    with pytest.raises(FileError, match="19 April 2026 .* or 26 April 2019"):
        read_dates(tmp_path, ["19-04-26"])


@pytest.mark.parametrize(
    "dates",
    [
        ["25/12/2025", "2025-12-25"],
        ["25/12/2025", "12/26/2025"],
        ["25/12/2025", "25.12.2025"],
        # A spreadsheet in English made its own dates of those that it understood.
        ["13/01/2026", "01/13/2026", "4/7/2026"],
        ["13/01/2026", "04/07/2026", "4/7/2026"],
    ],
)
def test_two_formats_are_refused(tmp_path, dates):
    with pytest.raises(FileError, match="two formats"):
        read_dates(tmp_path, dates)


def test_zeros_before_the_day_do_not_matter_where_both_show_the_order(tmp_path):
    dates = ["3/1/2026", "13/1/2026", "13/01/2026", "03/11/2026"]
    assert days(read_dates(tmp_path, dates))[0] == "2026-01-03"
    assert days(read_dates(tmp_path, ["2/03/2026", "13/11/2026"]))[0] == "2026-03-02"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T08:05:09.25", datetime(2026, 3, 1, 8, 5, 9, 250_000)),
        ("20260301", datetime(2026, 3, 1)),
        ("2026/03/31 8:05", datetime(2026, 3, 31, 8, 5)),
        ("3/31/2026 8:05 PM", datetime(2026, 3, 31, 20, 5)),
        ("3/31/2026 12:05 am", datetime(2026, 3, 31, 0, 5)),
        ("31/03/2026 18h30", datetime(2026, 3, 31, 18, 30)),
        ("2026-03-01T23:30:00Z", datetime(2026, 3, 2, 0, 30)),
        ("2026-03-01 23:30:00+03:00", datetime(2026, 3, 1, 21, 30)),
    ],
)
def test_times_of_day(tmp_path, text, moment):
    zone = timezone(timedelta(hours=1))
    assert read_dates(tmp_path, [text], zone=zone).lines[0].date == moment


@pytest.mark.parametrize("text", ["2026-03-01 25:00", "2026-03-01 noon", "2026-02-30", "46023"])
def test_what_is_no_date_is_left_out(tmp_path, text):
    sales = read_dates(tmp_path, ["2026-03-01"] * 200 + [text])
    assert [(each.number, each.kind) for each in sales.rejected] == [(202, "date")]


def test_a_format_of_the_day_reads_times_too(tmp_path):
    sales = read_dates(tmp_path, ["02/03/2026 08:30"], date_format="%m/%d/%Y")
    assert sales.lines[0].date == datetime(2026, 2, 3, 8, 30)
    sales = read_dates(tmp_path, ["03.02.26"], date_format="%m/%d/%Y")
    assert "cannot be read as %m/%d/%Y" in sales.rejected[0].reason
