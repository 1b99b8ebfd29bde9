"""What people write into a phone field, turned into the numbers that are in it.

Plain text work, without Odoo: the parsing itself is that of `phonenumbers`, which Odoo calls. Here
lies only what it does not know: several numbers in one field, 00 for + in countries that dial
otherwise, French words for an extension, addresses of internet telephony, and what a spreadsheet
makes of a number.
"""

import re
from functools import cache

# Several numbers fit into this.
MAX_LENGTH = 200
# Marks of writing direction that come along when a number is copied from a telephone's contacts.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACES = re.compile(r"[^\S\n]+")
SIP = re.compile(r"^(?:sips?|tel|callto):([^@;?]*).*$", re.IGNORECASE)
INTERNATIONAL_PREFIX = re.compile(r"^\(?(?:\+\s*00|00)\)?[\s.-]*")
EXTENSION = re.compile(r"[\s,;]*\b(?:poste|post|int(?:erne)?)\b\.?\s*\d{1,6}\s*$", re.IGNORECASE)
BETWEEN_NUMBERS = re.compile(r"\s*(?:[/;,|\n]|\s-\s|\s(?:ou|or|et|and)\s)\s*", re.IGNORECASE)
# A number that a spreadsheet took for a quantity: 661990066.0, 2.12661990066E+11.
FLOAT = re.compile(r"^(\+?\d+)[.,]0+$")
EXPONENT = re.compile(r"^([1-9])(?:[.,](\d+))?e\+?(\d{1,2})$", re.IGNORECASE)
# Emergency, operators' own services, free information lines: 15, 150, 1548, 42042.
SHORT_CODE = re.compile(r"^[1-9]\d{1,4}$")
RUN = re.compile(r"\+?\d+")
# Fewer digits are what is left of a phrase and not a number; more are none of any country.
SHORTEST_PART, LONGEST = 6, 17
# Digits of a text that its number may lack: 00, a zero after the country, a short extension.
LEFT_OVER = 5
MOST_RUNS = 40
# What looks like one more number, in which a digit is missing or too many.
UNREAD = re.compile(r"^(?:\+|0)\d{7,}$")


def cleaned(text):
    """A number as typed without what no telephone dials; the international prefix as a plus.

    Empty where a spreadsheet has rounded its digits away.
    """
    text = SPACES.sub(" ", INVISIBLE.sub("", text or "")[:MAX_LENGTH]).strip()
    text = SIP.sub(r"\1", text).strip()
    text = FLOAT.sub(r"\1", text)
    exponent = EXPONENT.match(text)
    if exponent:
        text = _written_out(*exponent.groups())
    text = EXTENSION.sub("", text)
    return INTERNATIONAL_PREFIX.sub("+", text)


def _written_out(first, decimals, power):
    """The digits of a number with an exponent; empty unless all of them are there."""
    decimals, power = decimals or "", int(power)
    whole, rest = decimals[:power], decimals[power:]
    return first + whole if len(whole) == power and not rest.strip("0") else ""


def numbers_in(text, in_e164):
    """The numbers of a text, whatever separates them.

    in_e164 : function (text, guess) that returns a number in E.164 or False; guess : whether a
    number without + may be one of another country.
    Returns (list of str, whether there is a part that looks like a number and is none).
    """
    whole = cleaned(text)
    if not whole:
        return [], False
    parts = list(filter(None, map(cleaned, BETWEEN_NUMBERS.split(whole))))
    number = in_e164(whole, guess=len(parts) == 1)
    if number and _covers(number, whole):
        return [number], False
    numbers = [in_e164(part, guess=True) for part in parts] if len(parts) > 1 else [False]
    if all(found and _covers(found, part) for found, part in zip(numbers, parts, strict=True)):
        return list(dict.fromkeys(numbers)), False
    numbers, unread = _numbers_of_runs(whole, in_e164)
    return (numbers, unread) if numbers or not number else ([number], False)


def _covers(number, text):
    """Whether a number has nearly all digits of a text: otherwise there is another one in it."""
    return sum(map(str.isdigit, text)) - sum(map(str.isdigit, number)) <= LEFT_OVER


def _numbers_of_runs(text, in_e164):
    """Digits that belong together, so that as few as possible are left over.

    Among equals those with most numbers that begin as numbers do, with a zero or a plus.
    """
    runs = [half for run in RUN.findall(text)[:MOST_RUNS] for half in _halves(run, in_e164)]
    # Best from each run to the end: (digits left over, - begun well, numbers, runs left over).
    best = [(0, 0, [], [])]
    for start in reversed(range(len(runs))):
        left, begun, numbers, rest = best[0]
        options = [(left + len(runs[start]), begun, numbers, [start, *rest])]
        for end in range(start + 1, len(runs) + 1):
            joined = runs[start] + "".join(run.lstrip("+") for run in runs[start + 1 : end])
            if len(joined) > LONGEST:
                break
            number = len(joined) >= SHORTEST_PART and _one(joined, in_e164)
            if number:
                left, begun, numbers, rest = best[end - start - 1]
                begun -= joined[0] in "+0"
                options.append((left, begun, [number, *numbers], rest))
        best.insert(0, min(options, key=lambda option: option[:2]))
    _left, _begun, numbers, rest = best[0]
    return list(dict.fromkeys(numbers)), any(map(UNREAD.match, _joined(runs, rest)))


def _one(digits, in_e164):
    digits = digits.lstrip("+") if digits.startswith("+0") else digits
    return in_e164(INTERNATIONAL_PREFIX.sub("+", digits), guess=False)


def _halves(run, in_e164):
    """Two numbers without anything between them."""
    middle = len(run) // 2
    halves = [run[:middle], run[middle:]]
    if len(run) > LONGEST and all(_one(half, in_e164) for half in halves):
        return halves
    return [run]


def _joined(runs, places):
    """Texts of runs, those side by side joined."""
    texts, before = [], None
    for place in places:
        if before is not None and place == before + 1 and not runs[place].startswith(("+", "0")):
            texts[-1] += runs[place]
        else:
            texts.append(runs[place])
        before = place
    return texts


@cache
def longest_national(region):
    """Digits of the longest number within a country, without the zero in front; 0 if unknown.

    region : two letters, as MA.
    """
    import phonenumbers  # as Odoo does, which runs without

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region or "", None)
    return max(metadata.general_desc.possible_length) if metadata else 0


def is_short_code(text):
    """Whether this is a service's short number, which no country's plan makes international."""
    return bool(SHORT_CODE.match(re.sub(r"[\s.-]", "", cleaned(text))))
