"""Vendors: shares with intervals, few lines drawn towards all, prices within products, weights."""

import numpy as np
import pytest

from algorithms.replenishment.vendor_score import (
    OPEN,
    PARTS,
    PurchaseLines,
    vendor_scores,
    weighted,
)

TODAY = 20_000


def lines(rows):
    """PurchaseLines of (vendor, ordered, promised, received, wanted, got, returned, price)."""
    vendor, ordered, promised, received, wanted, got, returned, price = zip(*rows, strict=True)
    received = np.array([OPEN if day is None else day for day in received])
    whole = (np.array(each) for each in (ordered, promised))
    parts = (np.array(each, float) for each in (wanted, got, returned, price))
    return PurchaseLines(np.array(vendor), np.full(len(rows), 5), *whole, received, *parts)


def usual(vendor, number, late=0, got=10, returned=0, lead=7, price=100.0):
    return [
        (vendor, day, day + 7, day + lead + late, 10, got, returned, price)
        for day in range(TODAY - 30 - number, TODAY - 30)
    ]


def test_a_punctual_vendor_scores_above_a_late_one():
    found = vendor_scores(lines(usual(1, 40) + usual(2, 40, late=5, got=8, returned=1)), TODAY)
    assert found.vendor.tolist() == [1, 2]
    assert found.on_time.mean[0] > 0.9 > 0.1 > found.on_time.mean[1]
    assert found.on_time.of.tolist() == [40, 40]
    assert found.returned.mean[1] > 0.9
    assert found.score[0] > found.score[1] + 0.4
    assert (found.on_time.low < found.on_time.mean).all()
    assert (found.on_time.mean < found.on_time.high).all()


def test_one_line_says_little_and_its_interval_is_wide():
    many = [row for vendor in range(2, 12) for row in usual(vendor, 30)]
    found = vendor_scores(lines(usual(1, 1, late=9) + many), TODAY)
    assert found.on_time.mean[0] > 0.4
    assert found.on_time.high[0] - found.on_time.low[0] > 0.3
    assert found.on_time.high[1] - found.on_time.low[1] < 0.1


def test_what_should_be_here_and_is_not_counts_as_late():
    open_lines = [(1, TODAY - 60, TODAY - 50, None, 10, 0, 0, 100.0)] * 20
    found = vendor_scores(lines(open_lines + usual(2, 20)), TODAY)
    assert found.on_time.count.tolist() == [0, 20]
    assert found.on_time.of.tolist() == [20, 20]
    assert found.receipts.tolist() == [0, 20]
    assert np.isnan(found.parts[0, PARTS.index("lead")])
    assert np.isnan(found.parts[0, PARTS.index("returns")])
    not_due = [(1, TODAY - 5, TODAY + 5, None, 10, 0, 0, 100.0)] * 20
    assert vendor_scores(lines(not_due + usual(2, 20)), TODAY).on_time.of.tolist() == [0, 20]


def test_a_tolerance_forgives():
    found = vendor_scores(lines(usual(1, 20, late=2)), TODAY, tolerance=2)
    assert found.on_time.count.tolist() == [20]


def test_intervals_hold_planted_shares():
    rng = np.random.default_rng(1)
    truth = rng.beta(8, 2, 200)
    rows = [
        (
            vendor,
            TODAY - 100,
            TODAY - 90,
            TODAY - 90 + int(rng.random() > truth[vendor]),
            1,
            1,
            0,
            1.0,
        )
        for vendor in range(200)
        for _ in range(12)
    ]
    found = vendor_scores(lines(rows), TODAY).on_time
    held = (found.low <= truth) & (truth <= found.high)
    assert 0.85 <= held.mean() <= 0.95
    own = found.count / found.of
    assert ((found.mean - truth) ** 2).mean() < 0.7 * ((own - truth) ** 2).mean()


def test_lead_times_are_drawn_towards_those_of_all_vendors():
    rng = np.random.default_rng(2)
    rows = []
    for vendor in range(12):
        for day in range(30):
            lead = int(max(rng.normal(5 + vendor, 2), 0))
            rows.append((vendor, TODAY - 90 + day, TODAY, TODAY - 90 + day + lead, 1, 1, 0, 1.0))
    rows += [(99, TODAY - 80, TODAY - 50, TODAY - 40, 1, 1, 0, 1.0)]
    found = vendor_scores(lines(rows), TODAY)
    assert np.corrcoef(found.lead_mean[:12], 5 + np.arange(12))[0, 1] > 0.98
    assert 15 < found.lead_mean[12] < 40
    assert found.lead_sd[:12] == pytest.approx(2, abs=0.8)


def test_prices_rise_within_products_not_between_them():
    rng = np.random.default_rng(3)
    days = TODAY - np.arange(0, 700, 20)
    rows = [
        (
            1,
            day,
            day + 5,
            day + 5,
            1,
            1,
            0,
            100 * np.exp(0.12 * (day - TODAY) / 365 + rng.normal(0, 0.01)),
        )
        for day in days.tolist()
    ]
    found = vendor_scores(lines(rows), TODAY)
    assert found.drift[0] == pytest.approx(np.expm1(0.12), abs=0.02)
    assert found.drift_low[0] < found.drift[0] < found.drift_high[0]
    assert found.parts[0, PARTS.index("price")] == pytest.approx(1 - found.drift[0] / 0.2)
    two = lines(rows[:3] + rows[-3:])
    dear = PurchaseLines(**{**vars(two), "product": np.array([1, 1, 1, 2, 2, 2])})
    dear = PurchaseLines(**{**vars(dear), "price": np.array([100.0] * 3 + [900.0] * 3)})
    assert vendor_scores(dear, TODAY).drift[0] == pytest.approx(0, abs=1e-9)
    few = vendor_scores(lines(rows[:2]), TODAY)
    assert np.isnan(few.drift).all()
    assert np.isfinite(few.score).all()


def test_missing_parts_leave_their_weight_to_the_others():
    parts = np.array([[1.0, 0.5, np.nan, np.nan, np.nan], [np.nan] * 5])
    found = weighted(parts, np.array([3.0, 1.0, 9, 9, 9]))
    assert found[0] == pytest.approx((3 + 0.5) / 4)
    assert np.isnan(found[1])


def test_weights_must_be_weights():
    given = lines(usual(1, 3))
    for bad in ((1, 1), (0,) * 5, (-1, 1, 1, 1, 1)):
        with pytest.raises(ValueError, match="five weights"):
            vendor_scores(given, TODAY, bad)
