"""Lead times of receipts win where promises are not kept, and only there."""

import numpy as np
import pytest
from demand_common import panel_of

from algorithms.replenishment.lead_comparison import LeadSums, judged, lead_sums, split_leads
from algorithms.replenishment.policy_comparison import PolicySettings, Supply, compare_policies

PRODUCTS = 20


def receipts(days, count=30, every=12):
    """Pairs, and receipts of each after so many days."""
    pairs = np.stack([np.ones(PRODUCTS, np.int64), np.arange(PRODUCTS)], axis=1)
    ordered = np.tile(np.arange(count) * every, PRODUCTS) + 18_000
    which = np.repeat(pairs, count, axis=0)
    rng = np.random.default_rng(2)
    took = np.maximum(1, np.round(rng.normal(days, 1, len(ordered))))
    return pairs, which, ordered, ordered + took.astype(np.int64)


def replayed(planned, days, wanted=0.95):
    pairs, which, ordered, received = receipts(days)
    plan = np.full(PRODUCTS, float(planned))
    leads = split_leads(pairs, plan, which, ordered, received)
    panel = panel_of(*np.random.default_rng(4).poisson(5.0, (PRODUCTS, 365)))
    made = [
        compare_policies(
            panel,
            Supply(mean, sd),
            PolicySettings(service_level=wanted),
            np.random.default_rng(1),
            (leads.mean, leads.sd),
        ).by_service
        for mean, sd in ((plan, 0.0), (leads.told_mean, leads.told_sd))
    ]
    return judged(lead_sums(*made, np.full(PRODUCTS, 3.0)), wanted), made


def test_a_promise_that_is_never_kept_loses():
    found, _made = replayed(4, 14)
    assert found.products == PRODUCTS
    assert found.plan_fill < 0.8
    assert found.receipt_fill > found.plan_fill + 0.1
    assert found.fill_low > 0
    assert found.wins


def test_a_promise_that_is_kept_stays():
    found, _made = replayed(10, 10)
    assert not found.wins


def test_receipts_that_come_sooner_save_stock():
    found, _made = replayed(40, 10)
    assert found.receipt_stock < found.plan_stock
    assert found.saved_low > 0
    assert found.wins


def test_sums_of_parts_are_those_of_the_whole():
    _found, made = replayed(4, 14)
    cost = np.linspace(1, 9, PRODUCTS)
    whole = lead_sums(*made, cost)
    parts = LeadSums()
    for rows in (slice(0, 7), slice(7, PRODUCTS)):
        taken = [type(each)(**{k: v[rows] for k, v in vars(each).items()}) for each in made]
        parts = parts + lead_sums(*taken, cost[rows])
    assert vars(parts) == pytest.approx(vars(whole))


def test_few_products_prove_nothing():
    _found, made = replayed(4, 14)
    few = [type(each)(**{k: v[:3] for k, v in vars(each).items()}) for each in made]
    assert not judged(lead_sums(*few, np.ones(3)), 0.95).wins
    assert judged(LeadSums(), 0.95) is None


def test_newer_receipts_are_not_known_beforehand():
    pairs, which, ordered, received = receipts(5)
    late = ordered >= np.quantile(ordered, 2 / 3)
    found = split_leads(pairs, np.full(PRODUCTS, 5.0), which, ordered, received + 20 * late)
    assert found.told_mean.max() < 6
    assert found.mean.min() > 23
    none = split_leads(pairs, np.full(PRODUCTS, 5.0), which[:0], ordered[:0], ordered[:0])
    assert np.isnan(none.mean).all()
    assert none.told_mean.tolist() == [5.0] * PRODUCTS
