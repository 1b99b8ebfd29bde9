import random

import pytest

from algorithms.coupon import luhn


def test_known_check_digits():
    # The example of ISO/IEC 7812-1, annex B, and one that sums up to a ten.
    assert luhn.check_digit("7992739871") == "3"
    assert luhn.is_valid("10000000000008")


@pytest.mark.parametrize("code", ["", "1234", "1234567890123x", "123456789012345", "１" * 14])
def test_what_is_no_code(code):
    assert not luhn.is_valid(code)


def test_every_single_wrong_digit_is_told():
    (code,) = luhn.draw(1, random.Random(7).randrange)
    for place in range(luhn.LENGTH):
        for digit in "0123456789":
            wrong = code[:place] + digit + code[place + 1 :]
            assert luhn.is_valid(wrong) == (wrong == code)


def test_digits_that_changed_places_are_told_but_for_0_and_9():
    for code in luhn.draw(200, random.Random(8).randrange):
        for place in range(luhn.LENGTH - 1):
            pair = code[place : place + 2]
            turned = code[:place] + pair[::-1] + code[place + 2 :]
            if len(set(pair)) == 2 and set(pair) != {"0", "9"}:
                assert not luhn.is_valid(turned)


def test_codes_differ_are_valid_and_begin_with_no_zero():
    codes = luhn.draw(5000, random.Random(9).randrange)
    assert len(codes) == 5000
    assert all(luhn.is_valid(code) and code[0] != "0" for code in codes)


def test_a_number_that_is_drawn_twice_counts_once():
    numbers = iter([5, 5, 6])
    assert len(luhn.draw(2, lambda _below: next(numbers))) == 2
