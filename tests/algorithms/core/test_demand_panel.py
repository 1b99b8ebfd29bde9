import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorithms.core.demand_panel import DemandPanel, demand_panel, weekday_of
from algorithms.core.exceptions import BadQuantityError
from algorithms.forecast import intermittent, means, polynomial, smoothing

TODAY = "2025-03-31"


def lines(*rows):
    """(product, day of March, quantity[, price]) as a frame."""
    frame = pd.DataFrame(
        [(row[0], f"2025-03-{row[1]:02d}", *row[2:]) for row in rows],
        columns=["product_id", "date", "quantity", "price"][: len(rows[0])],
    )
    return frame.assign(date=pd.to_datetime(frame["date"]))


def panel(*rows, window=31, **options):
    return demand_panel(lines(*rows), TODAY, window, **options)


def test_lines_of_a_day_are_summed_and_other_days_are_zero():
    made = panel((7, 3, 2.0), (7, 3, 1.5), (7, 5, 4.0))
    assert made.product_ids.tolist() == [7]
    assert made.days[[0, -1]].astype(str).tolist() == ["2025-03-01", "2025-03-31"]
    assert made.quantity[0, 2:5].tolist() == [3.5, 0.0, 4.0]
    assert made.quantity.sum() == 7.5


def test_days_before_the_first_sale_are_unknown():
    made = panel((7, 3, 2.0))
    assert made.first.tolist() == [2]
    assert made.mask[0, :3].tolist() == [False, False, True]


def test_a_product_older_than_the_window_counts_from_its_first_day():
    made = panel((7, 20, 2.0), (8, 20, 1.0), history_known_from={7: "2024-05-01"})
    assert made.first.tolist() == [0, 19]


def test_a_first_sale_within_the_window_is_taken_as_given():
    made = panel((7, 20, 2.0), history_known_from={7: pd.Timestamp("2025-03-10")})
    assert made.first.tolist() == [9]


def test_products_without_a_line_have_rows_where_they_are_asked_for():
    made = panel((7, 20, 2.0), (9, 1, 1.0), product_ids=[8, 7])
    assert made.product_ids.tolist() == [7, 8]
    assert made.first.tolist() == [19, 31]
    assert made.quantity[1].sum() == 0


def test_future_and_too_old_dates_are_left_out():
    frame = lines((7, 30, 1.0))
    frame = pd.concat([frame, frame.assign(date=pd.Timestamp("2031-01-01"), quantity=50.0)])
    frame = pd.concat([frame, frame.assign(date=pd.Timestamp("1969-12-31"))])
    assert demand_panel(frame, TODAY, 31).quantity.sum() == 1


def test_a_refund_is_deducted_on_its_day():
    assert panel((7, 3, 5.0), (7, 3, -2.0)).quantity[0, 2] == 3


def test_a_negative_day_is_taken_from_the_latest_earlier_sales():
    made = panel((7, 3, 5.0), (7, 5, 2.0), (7, 9, -4.0), (7, 12, 6.0))
    assert made.quantity[0, [2, 4, 8, 11]].tolist() == [3, 0, 0, 6]
    assert made.unmatched.tolist() == [0]


def test_a_refund_of_what_was_sold_before_the_window_is_told():
    made = panel((7, 3, -5.0), (7, 9, 4.0))
    assert made.quantity.sum() == 4
    assert made.unmatched.tolist() == [5]


def test_only_refunds_leave_no_demand():
    made = panel((7, 3, -5.0))
    assert made.first.tolist() == [31]
    assert made.quantity.sum() == 0


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=31))
def test_refunds_keep_the_net_total_and_no_day_is_negative(quantities):
    rows = [(7, day, float(quantity)) for day, quantity in enumerate(quantities, start=1)]
    made = panel(*rows, product_ids=[7])
    assert (made.quantity >= 0).all()
    assert made.quantity.sum() - made.unmatched.sum() == pytest.approx(sum(quantities))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_quantity_that_is_no_number_is_refused_by_name(bad):
    with pytest.raises(BadQuantityError, match="product 8 has .* on 2025-03-04") as caught:
        panel((7, 3, 1.0), (8, 4, bad))
    assert caught.value.product_id == 8


def test_huge_quantities_survive():
    assert panel((7, 3, 1e15), (7, 4, 1.0)).quantity.sum() == 1e15 + 1


def test_the_price_of_a_day_is_the_mean_by_quantity():
    made = panel((7, 3, 1.0, 10.0), (7, 3, 3.0, 6.0), (7, 4, 2.0, np.nan))
    assert made.price[0, 2] == 7
    assert np.isnan(made.price[0, [1, 3]]).all()


def test_no_lines_make_an_empty_panel():
    made = demand_panel(lines((7, 3, 1.0)).iloc[:0], TODAY, 31)
    assert (len(made), made.length) == (0, 31)


def test_a_panel_cut_at_a_day_knows_nothing_of_later():
    made = panel((7, 3, 2.0), (8, 20, 1.0)).until(10)
    assert made.length == 10
    assert made.first.tolist() == [2, 10]
    assert made.quantity.sum() == 2


def test_monday_is_zero():
    days = np.array(["2025-03-31", "2025-04-06", "1969-12-29"], "datetime64[D]")
    assert weekday_of(days).tolist() == [0, 6, 0]


def test_days_without_stock_at_the_end_change_no_forecast():
    """A shelf that has been empty for a month says nothing about demand, in any method."""
    days = np.datetime64("2026-01-01") + np.arange(120)
    quantity = np.full((2, 120), 10.0)
    quantity[0, 90:] = 0.0
    known = np.ones((2, 120), bool)
    known[0, 90:] = False
    panel = DemandPanel(np.array([1, 2]), days, quantity, np.zeros(2, np.int64), known=known)
    for method in (
        means.moving_average,
        means.long_mean,
        means.weekday_mean,
        smoothing.weekday_smoothed,
        smoothing.damped_trend,
        polynomial.polynomial,
        intermittent.sba,
        intermittent.tsb,
    ):
        forecast = method(panel, 30)
        np.testing.assert_allclose(forecast[0], forecast[1], rtol=1e-6, err_msg=method.__name__)


def test_latest_days_reach_back_over_unknown_ones():
    days = np.datetime64("2026-01-01") + np.arange(6)
    known = np.array([[True, True, False, True, False, False]])
    panel = DemandPanel(np.array([1]), days, np.ones((1, 6)), np.zeros(1, np.int64), known=known)
    assert panel.latest(2).tolist() == [[False, True, False, True, False, False]]
    assert panel.latest(9).tolist() == known.tolist()
