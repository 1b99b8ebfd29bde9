import numpy as np
import pytest

from algorithms.core.demand_panel import DemandPanel
from algorithms.forecast.lost_sales import lost_sales


def panel(sold, known, price=10.0, first=0):
    sold = np.array(sold, float)
    return DemandPanel(
        product_ids=np.arange(len(sold)),
        days=np.datetime64("2026-01-01") + np.arange(sold.shape[1]),
        quantity=sold,
        first=np.full(len(sold), first),
        price=np.where(sold > 0, price, np.nan),
        known=np.array(known, bool),
    )


def test_a_day_without_stock_loses_what_is_usual_at_its_price():
    sold = [[2, 4, 2, 4, 2, 4, 2, 4, 0]]
    lost, variance = lost_sales(panel(sold, [[True] * 8 + [False]]))
    assert lost[-1] == pytest.approx(3 * 10)
    assert variance[-1] == pytest.approx(1 * 100)
    assert not lost[:-1].any()


def test_only_the_latest_known_days_count():
    sold = [[100] * 10 + [1] * 10 + [0]]
    lost, _variance = lost_sales(panel(sold, [[True] * 20 + [False]]), days=10)
    assert lost[-1] == pytest.approx(10.0)


def test_nobody_can_tell_without_days_before():
    lost, _variance = lost_sales(panel([[3, 3, 0, 3]], [[True, True, False, True]]))
    assert not lost.any()


def test_days_before_the_first_sale_lose_nothing():
    sold = [[0] * 10 + [5] * 10]
    assert not lost_sales(panel(sold, [[False] * 10 + [True] * 10], first=10))[0].any()


def test_more_days_than_history():
    lost, _variance = lost_sales(panel([[1] * 8 + [0]], [[True] * 8 + [False]]), days=500)
    assert lost[-1] == pytest.approx(10.0)
