import numpy as np

from algorithms.replenishment.vendor_backtest import backtest
from algorithms.replenishment.vendor_score import OPEN, PurchaseLines

TODAY = 20_000


def made(delays, planned=10, every=5):
    """Lines of vendors 1, 2, …, each with a list of actual days; the newest is of today."""
    rows = []
    for vendor, days in enumerate(delays, 1):
        for place, each in enumerate(days):
            ordered = TODAY - 40 - every * (len(days) - place)
            rows.append((vendor, vendor, ordered, ordered + planned, ordered + each))
    vendor, product, ordered, promised, received = np.array(rows, np.int64).T
    one, none = np.ones(len(rows)), np.zeros(len(rows))
    return PurchaseLines(
        vendor, product, ordered, promised, received, one, one, none, np.full(len(rows), np.nan)
    )


def told(lines, planned, **options):
    vendors = np.unique(lines.vendor)
    pairs = np.stack([vendors, vendors], axis=1)
    plan = np.full(len(vendors), float(planned))
    return backtest(lines, pairs, plan, TODAY, np.random.default_rng(1), **options)


def test_receipts_beat_a_plan_that_is_never_kept():
    _share, lead = told(made(3 * [40 * [16]]), 10)
    assert lead.better
    assert lead.sure
    assert lead.simple == 6
    assert lead.model < 1
    assert lead.low <= lead.gain <= lead.high


def test_the_plan_stays_where_vendors_keep_it():
    rng = np.random.default_rng(3)
    _share, lead = told(made([10 + rng.integers(-3, 4, 8) for _ in range(20)]), 10)
    assert not lead.sure


def test_shares_drawn_towards_all_beat_those_of_few_lines():
    rng = np.random.default_rng(5)
    lines = made([np.where(rng.random(6) < 0.8, 9, 14) for _ in range(60)])
    share, _lead = told(lines, 10)
    assert share.better
    assert share.model < share.simple


def test_what_came_after_the_cut_is_not_known_on_it():
    lines = made(4 * [40 * [9]])
    late = PurchaseLines(**{**vars(lines), "received": np.full(len(lines.vendor), TODAY)})
    share, _lead = told(late, 10)
    # Everything of then was over and had not come: the model says late, and late it was.
    assert share.model < 0.01


def test_few_lines_are_no_test():
    assert told(made([5 * [9]]), 10) == (None, None)


def test_lines_that_are_not_due_are_not_told():
    lines = made([60 * [9]], every=1)
    waiting = PurchaseLines(
        **{**vars(lines), "received": np.full(60, OPEN), "promised": np.full(60, TODAY + 5)}
    )
    assert told(waiting, 10) == (None, None)
