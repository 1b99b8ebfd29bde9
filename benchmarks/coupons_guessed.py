"""Tries that it takes to guess the PIN of a coupon, against the limits: computed, and drawn.

`python -m benchmarks.coupons_guessed` prints the tables of docs/COUPONS.md.
"""

import math
import random
import sys

from algorithms.coupon import luhn, pin

from .table import gate, row, title
from .turns import share

PINS = 10_000
# Thirteen digits, the first of which is not zero; the last one follows from them.
CODES = 9 * 10**12
WRONG, OF_USER, OF_ADDRESS = 5, 20, 60
COUPONS = (1, 10, 100, 1_000)
LIVE = 10_000
DRAWN = 200_000
HOURS = 24 * 365


def run():
    title("Guessing a PIN, computed")
    row("coupons of one client in a batch", "tries", "chance")
    for count in COUPONS:
        row(f"{count:,}", f"{WRONG * count:,}", f"{100 * chance(count):.2f} %")
    title("Hours to a first success with even odds, computed")
    row("", "hours", "coupons locked")
    for name, an_hour in (("one user", OF_USER), ("one address", OF_ADDRESS)):
        hours = even_hours(an_hour)
        row(name, f"{hours:,.0f}", f"{hours * an_hour / WRONG:,.0f}")
    years = even_hours(OF_ADDRESS, LIVE / CODES / PINS) / HOURS
    row("IDs and PINs of an address", f"{years:.0e} years")
    title(f"{DRAWN:,} coupons, {WRONG} guesses each, drawn")
    found = share(drawn())
    row("guessed", f"{100 * found.value:.3f} %", f"{100 * chance():.3f} % computed")
    gate("percent of PINs that are guessed", 100 * found, 100 * chance(), at_least=False)


def chance(coupons=1, tries=WRONG):
    """That the PIN which coupons share is guessed before the last of them is locked."""
    return min(1.0, coupons * tries / PINS)


def even_hours(an_hour, hit=1 / PINS):
    """Hours after which a success is as likely as none, at so many tries an hour."""
    return math.log(2) / -math.log1p(-hit) / an_hour


def drawn(seed=0):
    """[whether the PIN was among the guesses] of coupons with keys of chance."""
    generator = random.Random(seed)
    key = generator.randbytes(32)
    return [
        int(pin.derive(key, number.to_bytes(4, "big"))) in generator.sample(range(PINS), WRONG)
        for number in range(DRAWN)
    ]


def code_of(seed):
    """An ID that is written right, and that no coupon has but by chance."""
    digits = str(random.Random(seed).randrange(CODES // 9, 10 * (CODES // 9)))
    return digits + luhn.check_digit(digits)


if __name__ == "__main__":
    sys.exit(run())
