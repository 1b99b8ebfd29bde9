import hashlib
import hmac
from collections import Counter

from algorithms.coupon import pin


def test_the_truncation_is_that_of_rfc_4226():
    digest = hmac.new(b"key", b"message", hashlib.sha256).digest()
    offset = digest[31] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") % 2**31
    assert pin.derive(b"key", b"message") == f"{number % 10000:04d}"


def test_pins_have_four_digits_and_depend_on_key_and_message():
    pins = [pin.derive(b"key", str(number).encode()) for number in range(20_000)]
    assert all(len(each) == 4 and each.isdigit() for each in pins)
    others = [pin.derive(b"other", str(number).encode()) for number in range(20_000)]
    assert sum(one == other for one, other in zip(pins, others, strict=True)) < 20


def test_pins_are_spread_evenly():
    counts = Counter(pin.derive(b"key", str(number).encode()) for number in range(100_000))
    # Ten each on average; Poisson.
    assert len(counts) > 9990
    assert max(counts.values()) < 30


def test_texts_are_compared_as_a_whole():
    assert pin.is_same("0042", "0042")
    assert not pin.is_same("0042", "0043")
    assert not pin.is_same("42", "0042")
    assert pin.is_same("é", "é")
