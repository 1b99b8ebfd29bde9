import numpy as np
import pytest
from scipy import stats

from algorithms.experiment.assignment import arm_share, is_treated


def test_the_digest_is_that_of_every_machine():
    """First 53 bits of `printf spring:42 | sha256sum`, and so on."""
    assert arm_share("spring", "42") == 0x1E4B82128FDAA4B2 // 2**11 / 2**53
    assert arm_share("", "") == 0xE7AC0786668E0FF0 // 2**11 / 2**53
    assert arm_share("été", "é") == 0xBB6C26D7BAC34510 // 2**11 / 2**53


def test_shares_are_uniform():
    shares = [arm_share("salt", str(number)) for number in range(20_000)]
    assert min(shares) >= 0
    assert max(shares) < 1
    assert stats.kstest(shares, "uniform").pvalue > 0.01


def test_another_salt_draws_anew():
    first, second = (
        np.array([arm_share(salt, str(number)) for number in range(10_000)])
        for salt in ("autumn", "winter")
    )
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03
    both = np.mean((first < 0.5) & (second < 0.5))
    assert both == pytest.approx(0.25, abs=0.015)


def test_who_is_treated_at_one_share_is_so_at_every_larger_one():
    units = [str(number) for number in range(5_000)]
    few, most = ({unit for unit in units if is_treated("s", unit, share)} for share in (0.2, 0.8))
    assert few < most
    assert len(few) == pytest.approx(1_000, abs=100)
    assert len(most) == pytest.approx(4_000, abs=100)
    assert not any(is_treated("s", unit, 0) for unit in units)
    assert all(is_treated("s", unit, 1) for unit in units)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_beyond_all_is_an_error(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        is_treated("salt", "1", share)
