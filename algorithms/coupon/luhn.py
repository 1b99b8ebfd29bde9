"""Codes whose last digit checks the others (ISO/IEC 7812-1, annex B, by H. P. Luhn).

It tells every single wrong digit, and two neighbours that changed places but for 09 and 90.
"""

LENGTH = 14
# The first digit is not zero: a spreadsheet would drop it.
_LOWEST = 10 ** (LENGTH - 2)
_HIGHEST = 10 ** (LENGTH - 1)


def check_digit(digits):
    """The digit that makes a code of some digits. digits : str of 0 to 9."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 if place % 2 else 2)
        total += number - 9 if number > 9 else number
    return str(-total % 10)


def is_valid(code):
    """Whether a text is a code: 14 digits, of which the last one checks the others."""
    is_number = len(code) == LENGTH and code.isascii() and code.isdigit()
    return is_number and check_digit(code[:-1]) == code[-1]


def draw(count, below):
    """A set of different codes. below : function that returns a random integer from 0 to below
    its argument, such as ``secrets.randbelow``."""
    codes = set()
    while len(codes) < count:
        digits = str(_LOWEST + below(_HIGHEST - _LOWEST))
        codes.add(digits + check_digit(digits))
    return codes
