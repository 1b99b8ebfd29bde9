import numpy as np
import pytest

from algorithms.replenishment.lead_times import lead_times

DAY = np.timedelta64(1, "D")
START = np.datetime64("2025-01-01")


def learned(planned, receipts, **options):
    """LeadTimes of pairs (1, 1), (1, 2), …; receipts : list of (number of the pair, days)."""
    pairs = [(1, number + 1) for number in range(len(planned))]
    of = np.array([(1, number + 1) for number, _days in receipts]).reshape(-1, 2)
    ordered = np.full(len(receipts), START)
    received = ordered + DAY * np.array([days for _number, days in receipts], int)
    return lead_times(pairs, planned, of, ordered, received, **options)


def test_without_receipts_the_plan_is_taken_at_its_word():
    made = learned([7.0, 0.0], [])
    assert made.mean.tolist() == [7, 0]
    assert made.sd.tolist() == [0, 0]
    assert made.receipts.tolist() == [0, 0]


def test_few_receipts_are_drawn_towards_the_plan():
    made = learned([7.0], [(0, 11)])
    assert made.mean.tolist() == [(3 * 7 + 11) / 4]
    assert learned([7.0], 3 * [(0, 11)]).mean.tolist() == [9]


def test_many_receipts_speak_for_themselves():
    rng = np.random.default_rng(6)
    days = np.maximum(rng.normal(20, 4, 2_000).round(), 0)
    made = learned([7.0], [(0, each) for each in days])
    assert made.mean[0] == pytest.approx(days.mean(), abs=0.05)
    assert made.sd[0] == pytest.approx(days.std(), abs=0.05)


def test_mean_and_deviation_are_those_of_the_formula():
    receipts = {0: [5, 9, 10], 1: [14], 2: [30, 20]}
    planned = np.array([7.0, 14.0, 28.0, 3.0])
    made = learned(planned, [(pair, each) for pair, days in receipts.items() for each in days])
    deviations = [(each - np.mean(days)) for days in receipts.values() for each in days]
    scales = [planned[pair] for pair, days in receipts.items() for _each in days]
    rho = np.sqrt(sum((d / s) ** 2 for d, s in zip(deviations, scales, strict=True)) / 3)
    for pair in range(4):
        days = np.array(receipts.get(pair, []), float)
        count, own = len(days), days.mean() if len(days) else 0
        squares = ((days - own) ** 2).sum()
        variance = (3 * (rho * planned[pair]) ** 2 + squares) / (3 + max(count - 1, 0))
        assert made.mean[pair] == pytest.approx((3 * planned[pair] + days.sum()) / (3 + count))
        assert made.sd[pair] == pytest.approx(np.sqrt(variance))
    assert made.receipts.tolist() == [3, 1, 2, 0]


def test_a_forgotten_order_is_cut_and_a_slow_vendor_is_not():
    forgotten = learned([7.0], [(0, 7), (0, 8), (0, 300)])
    assert forgotten.mean[0] == pytest.approx((21 + 7 + 8 + 21) / 6)
    slow = learned([7.0], 6 * [(0, 60)])
    assert slow.mean[0] == pytest.approx((21 + 360) / 9)


def test_impossible_receipts_are_left_out_and_counted():
    made = learned([7.0], [(0, -3), (0, 400), (0, 7)])
    assert (made.receipts[0], made.left_out[0], made.mean[0]) == (1, 2, 7)
    unknown = np.array([START, "NaT"], "datetime64[D]")
    made = lead_times([(1, 1)], [7.0], [(1, 1), (1, 1)], unknown, unknown[::-1])
    assert (made.receipts[0], made.left_out[0]) == (0, 2)


def test_receipts_of_other_pairs_are_ignored():
    made = lead_times([(5, 9), (4, 9)], [7.0, 8.0], [(5, 8), (4, 9)], 2 * [START], 2 * [START + 12])
    assert made.receipts.tolist() == [0, 1]
    assert made.mean.tolist() == [7, 9]


def test_received_on_the_day_of_the_order_is_a_lead_time_of_zero():
    assert learned([0.0], [(0, 0), (0, 0)]).mean.tolist() == [0]


def test_no_pairs_have_no_lead_times():
    assert len(lead_times([], [], [(1, 2)], [START], [START]).mean) == 0


def test_bad_plans_and_doubled_pairs_are_refused():
    for bad in (np.nan, -1.0, np.inf):
        with pytest.raises(ValueError, match="planned"):
            learned([bad], [])
    with pytest.raises(ValueError, match="twice"):
        lead_times([(1, 2), (1, 2)], [7.0, 7.0], [], [], [])
    with pytest.raises(ValueError, match="one receipt"):
        learned([7.0], [], prior_receipts=0)


def test_drawing_towards_the_plan_errs_less_than_the_receipts_alone():
    rng = np.random.default_rng(7)
    planned = rng.uniform(3, 40, 2_000).round()
    true = planned * rng.normal(1.1, 0.2, 2_000).clip(0.5)
    receipts = [
        (pair, max(round(each), 0))
        for pair in range(2_000)
        for each in rng.normal(true[pair], 0.3 * planned[pair], 2)
    ]
    own = np.bincount([pair for pair, _days in receipts], [days for _pair, days in receipts]) / 2
    made = learned(planned, receipts)
    assert np.abs(made.mean - true).mean() < 0.9 * np.abs(own - true).mean()
    assert np.abs(made.mean - true).mean() < np.abs(planned - true).mean()
