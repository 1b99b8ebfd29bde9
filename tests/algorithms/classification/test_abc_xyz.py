import numpy as np
import pytest
from demand_common import panel_of
from hypothesis import given
from hypothesis import strategies as st

from algorithms.classification.abc_xyz import (
    CLASSIC,
    DESIGN,
    abc_classes,
    class_matrix,
    classify,
    coefficient_of_variation,
    xyz_classes,
)
from algorithms.core.exceptions import BadFigureError


def abc(*revenue, limits=CLASSIC, sold=None):
    sold = np.ones(len(revenue), bool) if sold is None else np.array(sold)
    return "".join(abc_classes(np.array(revenue, float), sold, limits)[0])


def abc_by_hand(revenue, sold, limits):
    """One product after the other, as the module's text says."""
    total = sum(max(each, 0.0) for each in revenue)
    classes = []
    for own, was_sold in zip(revenue, sold, strict=True):
        before = sum(max(each, 0.0) for each in revenue if each > own)
        if not was_sold:
            classes.append("N")
        elif own <= 0:
            classes.append("C")
        else:
            share = round(before / total, 10)
            classes.append("A" if share < limits[0] else "B" if share < limits[1] else "C")
    return "".join(classes)


def test_a_textbook_catalogue_has_its_textbook_classes():
    # Jacobs & Chase, Operations and Supply Chain Management: annual usage of ten items, $1,000.
    values = [95, 75, 25, 15, 13, 7.5, 1.5, 0.8, 0.425, 0.225]
    assert abc(*values, limits=(0.70, 0.90)) == "AABBBCCCCC"


def test_the_product_that_crosses_a_limit_belongs_to_the_better_class():
    assert abc(70, 20, 6, 4) == "AABC"
    assert abc(70, 20, 6, 4, limits=DESIGN) == "ACCC"
    assert abc(15, 14, 13, 12, 11, 10, 9, 8, 8.5, limits=DESIGN) == "AABBCCCCC"


def test_a_limit_met_exactly_closes_the_class():
    assert abc(80, 15, 5) == "ABC"
    assert abc(*[0.1 * each for each in (80, 15, 5)]) == "ABC"


def test_products_of_equal_revenue_share_the_better_class():
    assert abc(25, 25, 25, 25) == "AAAA"
    assert abc(60, 10, 10, 10, 10) == "AAAAA"
    assert abc(90, 5, 5) == "ABB"
    assert abc(0.1 + 0.2, 0.3, 9.4) == "BBA"


def test_nothing_sold_is_a_class_of_its_own_and_no_revenue_is_c():
    assert abc(10, 0, -5, 0, sold=[True, True, True, False]) == "ACCN"
    assert abc(-5, 10, sold=[False, True]) == "NA"


def test_without_any_revenue_shares_are_undefined():
    classes, share, cumulative = abc_classes([0.0, -3.0], [True, False])
    assert classes.tolist() == ["C", "N"]
    assert np.isnan(share).all()
    assert np.isnan(cumulative).all()


def test_one_product_and_no_product():
    assert abc(3) == "A"
    assert abc() == ""


def test_shares_add_up_in_order_of_revenue():
    _classes, share, cumulative = abc_classes([10.0, 60.0, -5.0, 30.0], np.ones(4, bool))
    assert share.tolist() == [0.1, 0.6, 0.0, 0.3]
    assert cumulative == pytest.approx([1.0, 0.6, 1.0, 0.9])


@given(
    st.lists(st.tuples(st.integers(-20, 100), st.booleans()), min_size=1, max_size=30),
    st.sampled_from([DESIGN, CLASSIC, (0.5, 0.5), (0.3, 1.0)]),
)
def test_classes_are_those_found_by_hand(products, limits):
    revenue, sold = zip(*products, strict=True)
    assert abc(*revenue, limits=limits, sold=sold) == abc_by_hand(revenue, sold, limits)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=20), st.randoms())
def test_the_order_of_products_does_not_matter(revenue, random):
    order = list(range(len(revenue)))
    random.shuffle(order)
    shuffled = abc(*[revenue[place] for place in order])
    assert shuffled == "".join(abc(*revenue)[place] for place in order)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_revenue_that_is_no_number_is_refused_by_row(bad):
    with pytest.raises(BadFigureError, match="revenue of row 1"):
        abc(1, bad)


@pytest.mark.parametrize("limits", [(0.5, 0.2), (0.0, 0.5), (0.8, 1.1), (20, 50)])
def test_limits_out_of_order_are_refused(limits):
    with pytest.raises(ValueError, match="limits"):
        abc(1, limits=limits)


def test_variation_is_the_sample_deviation_of_whole_weeks_over_their_mean():
    rng = np.random.default_rng(1)
    days = rng.poisson(3, 60).astype(float)
    cv, buckets = coefficient_of_variation(panel_of(days, first=[0]), "week")
    weeks = days[4:].reshape(8, 7).sum(axis=1)
    assert buckets.tolist() == [8]
    assert cv[0] == pytest.approx(weeks.std(ddof=1) / weeks.mean())


def test_the_first_days_that_fill_no_bucket_are_left_out():
    even = panel_of([99, 99] + [1] * 28)
    assert coefficient_of_variation(even, "week")[0].tolist() == [0]
    assert coefficient_of_variation(even, "day")[0][0] > 1


def test_weeks_with_an_unknown_day_are_left_out():
    days = [1.0] * 35
    known = np.ones((1, 35), bool)
    days[10], known[0, 11] = 50.0, False
    cv, buckets = coefficient_of_variation(panel_of(days, known=known), "week")
    assert (cv.tolist(), buckets.tolist()) == ([0], [4])


def test_days_before_the_first_sale_are_no_zeros():
    days = [0.0] * 28 + [2.0] * 28
    assert coefficient_of_variation(panel_of(days), "week")[0].tolist() == [0]
    assert coefficient_of_variation(panel_of(days, first=[0]), "week")[0][0] > 1


def test_too_few_buckets_are_unknown_and_no_number():
    panel = panel_of([1.0] * 60)
    cv, buckets = coefficient_of_variation(panel, "month")
    assert np.isnan(cv).all()
    assert buckets.tolist() == [2]
    assert classify(panel, [5.0], bucket="month").xyz.tolist() == ["U"]
    assert classify(panel, [5.0], bucket="month", least_buckets=2).xyz.tolist() == ["X"]


def test_limits_themselves_belong_to_the_more_variable_class():
    cv = np.array([0.0, 0.29, 0.3, 0.1 + 0.2, 0.69, 0.7, 3.0, np.nan])
    assert "".join(xyz_classes(cv, np.ones(8, bool))) == "XXYYYZZU"


def test_products_without_sales_are_n_in_both():
    table = classify(panel_of([0.0] * 60, [1.0] * 60, first=[0, 0]), [0.0, 5.0])
    assert (table.abc.tolist(), table.xyz.tolist()) == (["N", "A"], ["N", "X"])
    assert np.isnan(table.cv[0])


def test_only_the_period_counts():
    panel = panel_of([5.0] + [0.0] * 99, [0.0] * 40 + [1.0] * 60)
    assert classify(panel, [0.0, 60.0]).abc.tolist() == ["N", "A"]
    assert classify(panel, [5.0, 60.0], period=365).abc.tolist() == ["C", "A"]


def test_sales_in_broken_weeks_alone_leave_the_steadiness_unknown():
    known = np.ones((1, 60), bool)
    known[0, 30] = False
    days = np.zeros(60)
    days[29] = 4.0
    table = classify(panel_of(days, first=[0], known=known), [8.0])
    assert (table.abc[0], table.xyz[0]) == ("A", "U")


def test_days_scatter_more_than_weeks():
    rng = np.random.default_rng(2)
    panel = panel_of(*rng.poisson(2, (50, 60)), first=np.zeros(50, int))
    assert (classify(panel, np.ones(50), bucket="day").xyz == "Z").mean() > 0.5
    assert (classify(panel, np.ones(50), bucket="week").xyz == "X").mean() > 0.5


def test_an_empty_catalogue_has_empty_classes():
    panel = panel_of([1.0] * 60).take(slice(0, 0))
    table = classify(panel, [])
    assert len(table) == 0
    assert class_matrix(table, []).count.sum() == 0


def test_a_bucket_of_another_name_is_refused():
    with pytest.raises(ValueError, match="bucket 'year'"):
        classify(panel_of([1.0] * 60), [1.0], bucket="year")
    with pytest.raises(ValueError, match="two buckets"):
        classify(panel_of([1.0] * 60), [1.0], least_buckets=1)


def test_the_matrix_and_what_lies_outside_are_the_whole_catalogue():
    rng = np.random.default_rng(3)
    level = np.exp(rng.uniform(-4, 3, 200))
    sold = rng.poisson(level[:, None], (200, 60)).astype(float)
    table = classify(panel_of(*sold), sold.sum(axis=1) * 2.5)
    stock = rng.uniform(0, 100, 200)
    matrix = class_matrix(table, stock)
    for row, name in enumerate("ABC"):
        for column, steady in enumerate("XYZ"):
            cell = (table.abc == name) & (table.xyz == steady)
            assert matrix.count[row, column] == cell.sum()
            assert matrix.revenue[row, column] == pytest.approx(table.revenue[cell].sum())
            assert matrix.stock_value[row, column] == pytest.approx(stock[cell].sum())
    outside = matrix.unknown.sum(axis=0) + matrix.no_sales
    assert matrix.count.sum() + outside[0] == 200
    assert matrix.revenue.sum() + outside[1] == pytest.approx(table.revenue.sum())
    assert matrix.stock_value.sum() + outside[2] == pytest.approx(stock.sum())
