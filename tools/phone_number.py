"""What people write into a phone field, turned into texts that may each be one number.

Plain text work, without Odoo and without a country: the parsing itself is that of `phonenumbers`,
which Odoo calls. Here lies only what it does not know: two numbers in one field, 00 for + in
countries that dial otherwise, French words for an extension, addresses of internet telephony.
"""

import re

MAX_LENGTH = 64
# Marks of writing direction that come along when a number is copied from a telephone's contacts.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACES = re.compile(r"\s+")
SIP = re.compile(r"^(?:sips?|tel|callto):([^@;?]*).*$", re.IGNORECASE)
INTERNATIONAL_PREFIX = re.compile(r"^\(?(?:\+\s*00|00)\)?[\s.-]*")
EXTENSION = re.compile(r"[\s,;]*\b(?:poste|post|int(?:erne)?)\b\.?\s*\d{1,6}\s*$", re.IGNORECASE)
BETWEEN_NUMBERS = re.compile(r"\s*(?:[/;,|\n]|\s-\s|\s(?:ou|or|et|and)\s)\s*", re.IGNORECASE)
# Emergency, operators' own services, free information lines: 15, 150, 1548, 42042.
SHORT_CODE = re.compile(r"^[1-9]\d{1,4}$")
# A number amid words: "0661 22 33 44 (Ahmed)" would otherwise have the name dialled as letters.
AMID_WORDS = re.compile(r"[+\d][\d\s().-]*\d")
# Fewer digits are what is left of a phrase and not a second number.
SHORTEST_PART = 6


def cleaned(text):
    """A number as typed without what no telephone dials; the international prefix as a plus."""
    text = SPACES.sub(" ", INVISIBLE.sub("", text or "")[:MAX_LENGTH]).strip()
    text = SIP.sub(r"\1", text).strip()
    text = EXTENSION.sub("", text)
    return INTERNATIONAL_PREFIX.sub("+", text)


def possible_texts(text):
    """Yield texts to parse in this order: the whole, then what may be one of several numbers in it.

    A generator, because the whole is nearly always the number, and imports bring many.
    """
    whole = cleaned(text)
    if not whole:
        return
    yield whole
    parts = [cleaned(part) for part in BETWEEN_NUMBERS.split(whole)]
    parts += AMID_WORDS.findall(whole)
    for part in dict.fromkeys(parts):
        if part != whole and sum(map(str.isdigit, part)) >= SHORTEST_PART:
            yield part


def is_short_code(text):
    """Whether this is a service's short number, which no country's plan makes international."""
    return bool(SHORT_CODE.match(re.sub(r"[\s.-]", "", cleaned(text))))
