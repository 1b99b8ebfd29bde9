import numpy as np
import pytest

from algorithms.core.demand_panel import DemandPanel
from algorithms.core.left_out import Ceiling, damped

DAYS = np.datetime64("2026-11-01") + np.arange(4)


def panel(*rows):
    quantity = np.array(rows, float)
    return DemandPanel(np.arange(1, len(rows) + 1), DAYS, quantity, np.zeros(len(rows), int))


def test_what_exceeds_a_ceiling_is_taken_off_in_proportion():
    result = damped(panel([5, 900, 100, 5], [5, 5, 5, 5]), [Ceiling(1, DAYS[1], DAYS[2], 20.0)])
    assert result.quantity.tolist() == [[5, 18, 2, 5], [5, 5, 5, 5]]


def test_what_lies_below_it_stays_and_the_panel_itself_is_not_changed():
    before = panel([5, 900, 10, 5])
    assert damped(before, [Ceiling(1, DAYS[2], DAYS[2], 20.0)]).quantity.tolist() == [
        [5, 900, 10, 5]
    ]
    damped(before, [Ceiling(1, DAYS[1], DAYS[1], 20.0)])
    assert before.quantity[0, 1] == 900


@pytest.mark.parametrize(
    "ceiling", [Ceiling(9, DAYS[1], DAYS[1], 1.0), Ceiling(1, DAYS[0] - 9, DAYS[0] - 1, 1.0)]
)
def test_other_products_and_other_days_change_nothing(ceiling):
    assert damped(panel([5, 900, 10, 5]), [ceiling]).quantity.tolist() == [[5, 900, 10, 5]]
