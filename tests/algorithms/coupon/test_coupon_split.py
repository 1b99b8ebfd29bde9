import random

import pytest

from algorithms.coupon.split import shares


def test_shares_are_in_proportion():
    assert shares(100.0, [120.0, 107.0], 0.01) == pytest.approx([52.86, 47.14])
    assert shares(10.0, [1.0], 0.01) == [10.0]


@pytest.mark.parametrize("step", [0.001, 0.01, 1.0, 5.0])
def test_shares_add_up_and_are_within_a_step_of_what_is_due(step):
    generator = random.Random(3)
    for _case in range(500):
        weights = [generator.uniform(0.01, 1000) for _each in range(generator.randint(1, 6))]
        amount = generator.randint(0, 100_000) * step
        parts = shares(amount, weights, step)
        assert sum(parts) == pytest.approx(amount, abs=step / 1000)
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - amount * weight / sum(weights)) < step
            assert part >= 0
