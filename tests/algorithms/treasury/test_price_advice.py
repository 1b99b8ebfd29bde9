"""Price advice: quartiles of what was accepted, silent where data is thin, never below cost."""

import numpy as np
import pytest

from algorithms.treasury.price_advice import (
    CATEGORY,
    LEAST_DECIDED,
    PRODUCT,
    SILENT,
    QuotedLines,
    price_advice,
)


@pytest.fixture(scope="module")
def lines():
    rng = np.random.default_rng(1)
    product = np.repeat([1, 2, 3, 4], [200, 6, 40, 5])
    category = np.where(product == 4, 20, 10)
    discount = rng.choice([0.0, 0.03, 0.08, 0.15, 0.3], len(product))
    won = rng.random(len(product)) < 0.3 + discount
    return QuotedLines(product, category, np.zeros(len(product), int), discount, won)


def test_quartiles_are_those_of_accepted_discounts(lines):
    found = price_advice(lines, [1], [10], [0])
    accepted = lines.discount[(lines.product == 1) & lines.won]
    assert found.level.tolist() == [PRODUCT]
    assert [found.low[0], found.median[0], found.high[0]] == pytest.approx(
        np.quantile(accepted, [0.25, 0.5, 0.75])
    )
    assert (found.won[0], found.decided[0]) == (len(accepted), 200)
    assert found.win_rate[0, 0] < found.win_rate[0, 4]


def test_a_product_with_few_cases_takes_those_of_its_category(lines):
    found = price_advice(lines, [2, 99], [10, 10], [0, 0])
    assert found.level.tolist() == [CATEGORY, CATEGORY]
    assert found.decided.tolist() == [246, 246]


def test_where_data_is_thin_nothing_is_said_but_how_thin(lines):
    found = price_advice(lines, [4, 1, 98], [20, 10, 97], [0, 5, 0], [100.0] * 3, [50.0, 50, 50])
    assert found.level.tolist() == [SILENT] * 3
    assert np.isnan(found.median).all()
    assert np.isnan(found.win_rate).all()
    assert found.decided.tolist() == [5, 0, 0]
    assert LEAST_DECIDED > 5


def test_no_price_below_cost_is_advised(lines):
    found = price_advice(lines, [1, 1, 1], [10] * 3, [0] * 3, [100.0] * 3, [95.0, np.nan, 120.0])
    assert found.high[0] <= found.most[0]
    assert found.capped.tolist() == [True, False, True]
    assert found.most[0] == pytest.approx(0.05)
    assert np.isnan(found.most[1])
    assert found.high[2] == pytest.approx(-0.2)


def test_without_a_line_everything_is_silent():
    empty = np.zeros(0, int)
    none = QuotedLines(empty, empty, empty, np.zeros(0), np.zeros(0, bool))
    assert price_advice(none, [1], [1], [1]).level.tolist() == [SILENT]
