import numpy as np
import pytest
from demand_common import panel_of

from algorithms.replenishment.daily_demand import (
    average_daily_demand,
    trailing_demand,
)


def random_panel(products=8, days=90, seed=4):
    rng = np.random.default_rng(seed)
    sold = rng.poisson(rng.uniform(0.1, 5, (products, 1)), (products, days)).astype(float)
    known = rng.random((products, days)) > 0.2
    return panel_of(*sold, known=known)


def test_the_average_is_over_the_last_known_days():
    panel = random_panel()
    mean, spread = average_daily_demand(panel, 40)
    for row in range(len(panel)):
        days = panel.quantity[row, panel.mask[row]][-40:]
        assert mean[row] == pytest.approx(days.mean())
        assert spread[row] == pytest.approx(days.std(ddof=1))


def test_a_stock_out_does_not_lower_the_average():
    known = np.ones((1, 60), bool)
    known[0, 40:] = False
    mean, _spread = average_daily_demand(panel_of([2.0] * 40 + [0.0] * 20, known=known))
    assert mean.tolist() == [2]


def test_constant_demand_has_no_spread_and_no_sales_have_none_of_both():
    mean, spread = average_daily_demand(panel_of([3.0] * 60, [0.0] * 60))
    assert mean.tolist() == [3, 0]
    assert spread.tolist() == [0, 0]


def test_too_few_known_days_have_no_average():
    mean, spread = average_daily_demand(panel_of([0.0] * 50 + [1.0] * 10))
    assert np.isnan(mean).all()
    assert np.isnan(spread).all()


def test_the_trailing_average_is_that_of_each_morning():
    panel = random_panel()
    mean, spread = trailing_demand(panel, 30)
    for column in (1, 14, 31, 60, 89):
        then = average_daily_demand(panel.until(column), 30)
        # Who had not sold yet has an average of zero there and none here.
        sold = panel.first < column
        np.testing.assert_allclose(mean[sold, column], then[0][sold], atol=1e-12)
        np.testing.assert_allclose(spread[sold, column], then[1][sold], atol=1e-6)
    assert np.isnan(mean[:, 0]).all()


def test_a_window_longer_than_the_past_takes_all_of_it():
    mean, _spread = trailing_demand(panel_of([1.0] * 10 + [2.0] * 10), 365, 5)
    assert mean[0, 19] == pytest.approx((10 + 18) / 19)


def test_what_has_long_been_out_of_stock_is_known_from_the_days_before():
    quantity = np.full((1, 150), 3.0)
    quantity[0, 80:] = 0.0
    known = np.ones((1, 150), bool)
    known[0, 80:] = False
    panel = panel_of(*quantity, known=known)
    mean, spread = average_daily_demand(panel, 60)
    assert mean.tolist() == [3.0]
    assert spread.tolist() == [0.0]
