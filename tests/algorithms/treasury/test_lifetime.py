"""BG/NBD and Gamma-Gamma: slopes, identities, planted parameters, a prior where it is needed."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import beta as beta_function
from scipy.special import gammaln

from algorithms.core.exceptions import InsufficientDataError
from algorithms.treasury.lifetime import simple_worth, train_lifetime, worth, worth_of
from algorithms.treasury.purchase_value import ValueModel, expected_amounts, fit_values
from algorithms.treasury.purchases import (
    Buying,
    PurchaseModel,
    alive,
    buying_from,
    expected_purchases,
    fit_purchases,
    log_likelihood,
)
from benchmarks.receivables_made import made_orders

CDNOW = PurchaseModel(0.243, 4.414, 0.793, 2.426, 0.0)


def buying(*rows):
    """Buying of (repeats, last, age, amount)."""
    repeats, last, age, amount = np.array(rows, float).T
    return Buying(np.arange(len(rows)), repeats.astype(int), last, age, amount)


def test_orders_of_a_day_are_one_purchase_and_the_first_is_no_repeat():
    found = buying_from(
        [1, 1, 1, 1, 2, 3, 4, 4],
        [10, 10, 20, 40, 15, 50, 12, 30],
        [5.0, 5, 7, 9, 1, 1, 3, -3],
        50,
    )
    assert found.client.tolist() == [1, 2, 4]
    assert found.repeats.tolist() == [2, 0, 0]
    assert found.last.tolist() == [30, 0, 0]
    assert found.age.tolist() == [40, 35, 38]
    assert found.amount[0] == 8
    assert np.isnan(found.amount[1])


def test_slopes_of_the_likelihood_are_those_of_differences():
    rows = buying((0, 0, 30, 0), (3, 12, 40, 0), (40, 300, 301, 0))
    point, step = np.array([0.7, 9.0, 0.8, 2.5]), 1e-6
    _value, slopes = log_likelihood(*point, rows.repeats, rows.last, rows.age)
    for number in range(4):
        ends = []
        for sign in (1, -1):
            moved = point.copy()
            moved[number] += sign * step
            ends.append(log_likelihood(*moved, rows.repeats, rows.last, rows.age)[0])
        assert slopes[number] == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-5, abs=1e-7)


def test_the_likelihood_is_the_integral_over_rates_and_chances():
    model, x, last, age = PurchaseModel(0.7, 9.0, 0.8, 2.5, 0.0), 2, 12.0, 40.0
    found = log_likelihood(model.r, model.alpha, model.a, model.b, np.array([x]), last, age)[0][0]
    assert np.exp(found) == pytest.approx(_integral(model, x, last, age), rel=1e-6)


def _integral(model, x, last, age):
    """∫∫ likelihood, over the model's rates and chances to leave."""

    def rates(until):
        scale = model.r * np.log(model.alpha) - gammaln(model.r)
        return quad(
            lambda rate: np.exp(
                scale + (model.r + x - 1) * np.log(rate) - rate * (model.alpha + until)
            ),
            0,
            np.inf,
            limit=400,
        )[0]

    stays = beta_function(model.a, model.b + x) / beta_function(model.a, model.b)
    leaves = beta_function(model.a + 1, model.b + x - 1) / beta_function(model.a, model.b)
    return stays * rates(age) + (x > 0) * leaves * rates(last)


def test_the_published_example_comes_out():
    one = buying((2, 30.43, 38.86, 0))
    assert expected_purchases(CDNOW, one, 39)[0] == pytest.approx(1.226, abs=0.002)


def test_expected_purchases_are_those_of_simulated_clients():
    rng = np.random.default_rng(1)
    model = PurchaseModel(1.2, 20.0, 0.9, 2.5, 0.0)
    one = buying((3, 40, 60, 0))
    number = 200_000
    # What is known of the client leaves λ gamma and, if it is one, p beta.
    here = rng.random(number) < alive(model, one)[0]
    rate = rng.gamma(model.r + 3, 1 / (model.alpha + 60), number)
    leave = rng.beta(model.a, model.b + 3, number)
    total, clock = np.zeros(number), np.zeros(number)
    for _purchase in range(80):
        clock = clock + rng.exponential(1 / rate)
        here = here & (clock <= 50)
        total += here
        here = here & (rng.random(number) >= leave)
    assert expected_purchases(model, one, 50.0)[0] == pytest.approx(total.mean(), rel=0.02)


def test_many_purchases_and_the_hole_at_one_stay_finite():
    rows = buying((0, 0, 1, 0), (10, 200, 210, 5), (500, 700, 1000, 5), (3000, 1000, 1001, 5))
    for a in (0.5, 1.0, 1.00005, 3.0):
        model = PurchaseModel(2.0, 30.0, a, 3.0, 0.0)
        for ahead in (7, 365, 3650):
            found = expected_purchases(model, rows, ahead)
            assert np.isfinite(found).all()
            assert (found >= 0).all()
    near, at = (
        expected_purchases(PurchaseModel(2.0, 30.0, a, 3.0, 0.0), rows, 90) for a in (0.999, 1.0)
    )
    assert near == pytest.approx(at, rel=0.01)


def test_who_bought_often_and_fell_silent_has_gone():
    rows = buying((20, 100, 105, 5), (20, 100, 300, 5), (0, 0, 300, 0))
    found = alive(PurchaseModel(1.0, 10.0, 0.8, 2.5, 0.0), rows)
    assert found[0] > 0.9
    assert found[1] < 0.01
    assert found[2] == 1


def test_planted_parameters_are_found():
    made = made_orders(1, clients=4000)
    rows = buying_from(made.client, made.day, made.amount, made.today)
    found = fit_purchases(rows)
    assert found.r == pytest.approx(0.8, rel=0.15)
    assert found.alpha == pytest.approx(30, rel=0.2)
    assert found.a / (found.a + found.b) == pytest.approx(0.9 / 3.9, rel=0.1)
    values = fit_values(rows)
    assert values.p == pytest.approx(6, rel=0.15)
    assert values.q == pytest.approx(4, rel=0.15)
    assert values.mean == pytest.approx(6 * 50 / 3, rel=0.08)
    assert abs(values.correlation) < 0.1
    chance = alive(found, rows)
    assert chance.mean() == pytest.approx(made.alive[rows.client].mean(), abs=0.04)


def test_the_unit_of_time_changes_nothing():
    made = made_orders(2, clients=800)
    days = buying_from(made.client, made.day, made.amount, made.today)
    weeks = Buying(days.client, days.repeats, days.last / 7, days.age / 7, days.amount)
    one, other = fit_purchases(days), fit_purchases(weeks)
    assert one.alpha / 7 == pytest.approx(other.alpha, rel=1e-3)
    assert expected_purchases(one, days, 70) == pytest.approx(
        expected_purchases(other, weeks, 10), rel=1e-3
    )


def test_where_nobody_leaves_the_prior_keeps_parameters_finite():
    rng = np.random.default_rng(3)
    repeats = rng.poisson(10, 300)
    rows = Buying(
        np.arange(300), repeats, 100 * repeats / (repeats + 1), np.full(300, 100.0), repeats + 1.0
    )
    found = fit_purchases(rows)
    assert max(found.r, found.a, found.b) < 1e4
    assert expected_purchases(found, rows, 100).mean() == pytest.approx(10, rel=0.15)


def test_amounts_are_drawn_towards_that_of_all():
    model = ValueModel(6.0, 4.0, 50.0, 0.0)
    rows = buying((0, 0, 10, np.nan), (1, 5, 10, 400), (50, 9, 10, 400))
    found = expected_amounts(model, rows)
    assert found[0] == pytest.approx(model.mean)
    assert model.mean < found[1] < found[2] < 400
    assert found[2] == pytest.approx(6 * (50 + 50 * 400) / (6 * 50 + 3))


def test_models_beat_purchases_a_day_on_later_orders():
    made = made_orders(4, clients=1500)
    found = train_lifetime(
        made.client, made.day, made.amount, made.today, np.random.default_rng(0), 120
    )
    assert found.shown
    assert found.gain.sure
    assert abs(found.foreseen / found.total - 1) < 0.15
    rows = buying_from(made.client, made.day, made.amount, made.today)
    whole = worth(found.purchases, found.values, rows, 365)
    assert whole.value == pytest.approx(whole.purchases * whole.amount)
    assert worth_of(whole, [rows.client[3], -5]).tolist() == [whole.value[3], 0]
    simple = simple_worth(rows, 365)
    assert (simple.value >= 0).all()


def test_too_few_clients_say_so():
    with pytest.raises(InsufficientDataError):
        train_lifetime([1, 1], [10, 20], [1.0, 1.0], 40, np.random.default_rng(0))
    with pytest.raises(InsufficientDataError):
        fit_values(buying((0, 0, 10, np.nan)))


def cdnow():
    """Buying of CDNOW's 2,357 clients in weeks, where the package lifetimes is installed."""
    found = find_spec("lifetimes")
    if not found:
        pytest.skip("lifetimes, which has the data, is not installed")
    file = Path(found.origin).parent / "datasets" / "cdnow_customers_summary.csv"
    rows = np.genfromtxt(file, delimiter=",", skip_header=1)[:, -3:]
    return buying(*np.column_stack([rows, np.ones(len(rows))]))


def test_cdnow_has_its_published_parameters():
    found = fit_purchases(cdnow(), np.inf)
    assert [round(each, 3) for each in (found.r, found.a)] == [0.243, 0.793]
    assert (round(found.alpha, 2), round(found.b, 2)) == (4.41, 2.43)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.05)
