"""The shipped pipeline on public data, where ../shared/data is beside us."""

import pytest

from algorithms.suggestion.association_rules import RuleThresholds
from algorithms.suggestion.backtest import quality
from algorithms.suggestion.next_item import train_recommender
from algorithms.suggestion.recommender import Blend, Trainer
from benchmarks import online_retail


@pytest.fixture(scope="module")
def protocol():
    if not online_retail.FILE.is_file():
        pytest.skip("Online Retail is not in ../shared/data")
    return online_retail.protocol(online_retail.sales())


def test_the_protocol_is_the_published_one(protocol):
    baskets, cases_of = protocol
    popular = Trainer(baskets, None, RuleThresholds(), 1).compare(
        Blend("rules", popularity_weight=1.0)
    )
    cases = cases_of(popular)
    assert (baskets.size, baskets.product_count, len(cases)) == (10_172, 2_950, 1_949)
    full = quality(popular, cases, cases.full)
    assert full.hit_rate == pytest.approx(0.038, abs=0.0011)
    assert full.mrr == pytest.approx(0.031, abs=0.0006)


def test_the_default_pipeline_finds_more_than_the_best_published_method(protocol):
    baskets, cases_of = protocol
    model = train_recommender(baskets, RuleThresholds())
    cases = cases_of(model)
    assert quality(model, cases, cases.full).hit_rate >= 0.258
    assert quality(model, cases, cases.early).hit_rate >= 0.16
    # What the run tells the manager is near to what later orders show.
    assert model.report.full["chosen"].hit_rate == pytest.approx(
        quality(model, cases, cases.full).hit_rate, abs=0.03
    )
