import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from algorithms.replenishment.forecast_error import (
    demand_until,
    highest_rate,
    margin_over,
    smoothed_margins,
    upper_margin,
)
from algorithms.replenishment.reorder_point import (
    reorder_points_by_forecast,
    reorder_points_by_service,
)
from algorithms.replenishment.skew import margin_at

HORIZONS = (7, 30, 90)
NAN = np.nan
amounts = st.floats(0, 1e6, allow_subnormal=False)
days = st.floats(0, 400)
levels = st.floats(0.5, 0.999)


def points(totals, margins, lead, sd=0.0, level=0.95):
    margins = smoothed_margins(np.array([margins], float), HORIZONS)
    return reorder_points_by_forecast(
        np.array([totals], float), margins, HORIZONS, [lead], sd, level
    )


@settings(max_examples=400, deadline=None)
@given(
    st.lists(amounts, min_size=3, max_size=3),
    st.lists(amounts, min_size=3, max_size=3),
    st.tuples(days, days),
    st.tuples(levels, levels),
    st.tuples(st.floats(0, 60), st.floats(0, 60)),
)
def test_reorder_points_never_fall_in_lead_time_service_level_and_uncertainty(
    parts, margins, leads, wanted, deviations
):
    totals = np.cumsum(parts)
    (shorter, longer), (lower, higher), (surer, vaguer) = map(sorted, (leads, wanted, deviations))
    least = points(totals, margins, shorter, surer, lower).rop[0]
    for lead, sd, level in (
        (longer, surer, lower),
        (shorter, vaguer, lower),
        (shorter, surer, higher),
        (longer, vaguer, higher),
    ):
        assert points(totals, margins, lead, sd, level).rop[0] >= least * (1 - 1e-9) - 1e-9


@settings(max_examples=300, deadline=None)
@given(
    st.floats(1e-3, 1e4),
    st.floats(0, 1e4),
    st.tuples(days, days),
    st.tuples(levels, levels),
    st.floats(0, 60),
)
def test_neither_do_those_of_a_mean_of_days(mean, error, leads, wanted, deviation):
    (shorter, longer), (lower, higher) = sorted(leads), sorted(wanted)

    def rop(lead, level):
        made = reorder_points_by_service([mean], [error], [lead], deviation, level, level_days=60)
        return made.rop[0]

    least = rop(shorter, lower)
    assert rop(longer, lower) >= least * (1 - 1e-9) - 1e-9
    assert rop(shorter, higher) >= least * (1 - 1e-9) - 1e-9


def test_next_to_no_lead_time_is_as_none():
    least, nearly = (
        points([1.0, 1.0, 1.0], [0.0, 0.0, 0.0], lead, 1.0, 0.75).rop[0] for lead in (0.0, 5e-324)
    )
    assert nearly == least > 0


def test_one_day_more_of_lead_time_is_no_jump():
    # A wholesaler's product whose daily error of 30 days is twice that of 7.
    totals, margins = [70.0, 300.0, 900.0], [60.0, 250.0, 600.0]
    around = np.array([points(totals, margins, lead).rop[0] for lead in np.arange(1, 121)])
    assert (np.diff(around) > 0).all()
    assert (around[1:] / around[:-1] < 1 + 1.2 / np.arange(1, 120)).all()


def test_margins_on_a_power_law_are_found_again():
    lead = np.array([0.0, 3.0, 12.0, 30.0, 200.0])
    for power in (0.5, 0.7, 1.0):
        margins = np.array([[3 * h**power for h in HORIZONS]] * 5)
        made = smoothed_margins(margins, HORIZONS)
        assert made == pytest.approx(margins)
        over = margin_over(made, HORIZONS, lead)
        assert over[[0, 2, 3, 4]] == pytest.approx(3 * lead[[0, 2, 3, 4]] ** power)
        first = (power + 0.5) / 2
        assert over[1] == pytest.approx(margins[0, 0] * (3 / 7) ** first)


def test_growth_stays_between_independent_days_and_the_level():
    made = smoothed_margins(np.array([[5.0, 5.0, 5.0]]), HORIZONS)
    assert made[0] / made[0, 1] == pytest.approx(np.sqrt(np.array(HORIZONS) / 30))
    made = smoothed_margins(np.array([[1.0, 40.0, 9999.0]]), HORIZONS)
    assert made[0] / made[0, 1] == pytest.approx(np.array(HORIZONS) / 30)


def test_neither_one_horizon_nor_one_product_moves_the_others():
    even = np.array([[4 * h**0.6 for h in HORIZONS]] * 9)
    wild = even.copy()
    wild[0] *= [1e6, 1.0, 1e9]
    assert smoothed_margins(wild, HORIZONS)[1:] == pytest.approx(even[1:], rel=0.05)
    for number in range(3):
        one_off = even.copy()
        one_off[0, number] *= 3
        made = smoothed_margins(one_off, HORIZONS)[0]
        assert (np.abs(np.log(made / even[0])) < np.log(1.6)).all()


def test_without_margins_there_is_no_safety_stock():
    made = smoothed_margins(np.array([[0.0, 0.0, 0.0], [NAN, NAN, NAN]]), HORIZONS)
    assert made.tolist() == [[0, 0, 0], [0, 0, 0]]
    assert points([7.0, 30.0, 90.0], [0.0, 0.0, 0.0], 10).safety_stock[0] == 0


def test_an_empty_catalogue_has_no_margins():
    made = smoothed_margins(np.empty((0, 3)), HORIZONS)
    assert made.shape == (0, 3)
    assert len(margin_over(made, HORIZONS, np.empty(0))) == 0


def test_margins_of_gamma_demand_give_its_quantiles_at_every_level():
    mean = np.array([0.5, 3.0, 40.0, 900.0])
    deviation = np.array([0.9, 3.0, 11.0, 30.0])
    shape, scale = (mean / deviation) ** 2, deviation**2 / mean

    def margin(level):
        return stats.gamma.ppf(level, shape, scale=scale) - mean

    for level in (0.9, 0.95, 0.98, 0.99):
        assert margin_at(margin(0.975), mean, 0.975, level) == pytest.approx(
            margin(level), rel=2e-3
        )
    wider = upper_margin(mean, np.zeros(4), mean + margin(0.95))
    assert wider == pytest.approx(margin(0.975), rel=2e-3)
    assert upper_margin(mean, mean / 2, mean + margin(0.975)) == pytest.approx(margin(0.975))


def test_a_margin_beyond_gamma_and_one_without_a_mean_keep_a_ratio():
    made = margin_at(np.array([100.0, 5.0]), np.array([1.0, 0.0]), 0.975, 0.95)
    assert 0 < made[0] < 100
    assert made[1] == pytest.approx(5 * 1.645 / 1.96, rel=1e-2)


def test_demand_between_horizons_is_linear_and_goes_on_behind_the_last():
    totals = np.array([[14.0, 37.0, 97.0]] * 5)
    lead = np.array([0.0, 3.5, 10.0, 60.0, 180.0])
    assert demand_until(totals, HORIZONS, lead).tolist() == [0, 7, 17, 67, 194]
    assert highest_rate(totals, HORIZONS, lead).tolist() == [2, 2, 2, 2, 2]


def test_totals_that_fall_are_none():
    assert demand_until(np.array([[10.0, 8.0, -3.0]]), HORIZONS, np.array([90.0])).tolist() == [10]


def test_what_is_forecast_to_sell_nothing_needs_nothing_and_unknown_stays_unknown():
    assert points([0.0, 0.0, 0.0], [9.0, 9.0, 9.0], 10).rop[0] == 0
    assert np.isnan(points([NAN, NAN, NAN], [9.0, 9.0, 9.0], 10).rop[0])


def test_a_service_level_is_held_over_lead_times_between_the_horizons():
    rng = np.random.default_rng(4)
    # The level is not known, and days scatter around it; both are skew.
    level = rng.gamma(16, 5 / 16, 50_000)

    def demand(days):
        return rng.poisson(level * days * rng.gamma(days, 1 / days, 50_000))

    made = [np.quantile(demand(h), 0.975) - 5 * h for h in HORIZONS]
    for lead in (2, 5, 12, 20, 50, 80):
        sold = demand(lead)
        for wanted in (0.9, 0.95, 0.98):
            rop = points([5.0 * h for h in HORIZONS], made, lead, level=wanted).rop
            assert (sold <= rop[0]).mean() == pytest.approx(wanted, abs=0.02)
