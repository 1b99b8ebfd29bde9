"""From physical lines to records of fields, where a quoted field may go over several lines.

The csv module reads on to the next quotation mark wherever that stands: one that somebody forgot
swallows all lines between without a word. Here a line that is a whole record by itself ends a
record that is still open, and only the line with the forgotten mark is spoiled.
"""

import csv
from collections import deque

from .problems import LineError
from .text import BAD, MOST_CHARACTERS

# Longer texts in quotes than these are a forgotten mark too.
MOST_LINES = 100
MOST_FIELD = 100_000


def records(lines, delimiter, width=None):
    """Yield (number of the first line, list of str, LineError or None) of each record.

    lines : iterable of (number, line), see ``text.numbered_lines``.
    width : fields of the header, None where they are not known yet.
    The fields of a spoiled record are its first line as a whole.
    """
    source, pending = iter(lines), deque()

    def following():
        return pending.popleft() if pending else next(source, None)

    while taken := following():
        number, line = taken
        try:
            _check_line(line)
            fields, is_open = _split([line], delimiter)
            if is_open:
                fields = _quoted(fields, line, following, pending, delimiter, width)
            if len(line) > MOST_FIELD:
                _check_fields(fields)
            yield number, fields, None
        except LineError as error:
            yield number, [line.rstrip("\r\n").replace(BAD, "�")[:MOST_FIELD]], error


def _check_line(line):
    if len(line) >= MOST_CHARACTERS:
        raise LineError("size", f"the line has more than {MOST_CHARACTERS:,} characters")
    if BAD in line:
        raise LineError("bytes", "the line holds bytes that are no letters in this encoding")


def _check_fields(fields):
    longest = max(map(len, fields), default=0)
    if longest > MOST_FIELD:
        raise LineError("size", f"a field has {longest:,} characters")


def _split(lines, delimiter):
    """The fields of a record, and whether a quotation mark is open at its end.

    NUL is left out, which neither csv in Python 3.10 nor PostgreSQL's text can hold.
    """
    if len(lines) == 1 and '"' not in lines[0]:
        return lines[0].rstrip("\r\n").replace("\x00", "").split(delimiter), False
    clean = [line.replace("\x00", "") for line in lines]
    reader = csv.reader(iter([*clean, ""]), delimiter=delimiter)
    try:
        fields = next(reader)
    except csv.Error as error:
        raise LineError("size", f"the line cannot be read: {error}") from error
    return fields, reader.line_num > len(lines)


def _quoted(fields, line, following, pending, delimiter, width):
    """The fields of a record that goes on in the lines that follow.

    Takes those lines. Raises LineError where the mark was forgotten, and gives them back.
    """
    # How many fields the first line has if its last mark is only a sign, as in 17".
    literal = len(fields) + fields[-1].count(delimiter)
    taken = []
    while len(taken) < MOST_LINES and (each := following()):
        taken.append(each)
        alone, alone_open = _split([each[1]], delimiter)
        fields, is_open = _split([line, *(text for _number, text in taken)], delimiter)
        is_record = width and len(alone) == width and not alone_open
        if is_record and (is_open or literal == width):
            break
        if not is_open:
            return fields
    pending.extendleft(reversed(taken))
    raise LineError("quote", "a quotation mark is opened here and not closed")
