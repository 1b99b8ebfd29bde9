"""The physical lines of a text file, one at a time, whatever its encoding and packing.

A byte that is not in the encoding becomes ``BAD`` and spoils the line that holds it, no other.
"""

import codecs
import gzip
import io
import zlib
from contextlib import contextmanager

from .problems import FileError, remedy

# A lone surrogate, which no correct text holds.
BAD = "\udcff"
MARKING = "smart_recommender_mark"
# A line of more characters is no sale; this bounds the memory.
MOST_CHARACTERS = 1_000_000
CHUNK = 1 << 20
SAMPLE = 4096
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

codecs.register_error(MARKING, lambda error: (BAD, error.end))


@contextmanager
def unpacked(path):
    """The bytes of a file, or of what a gz file holds. Raises FileError."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            yield gzip.GzipFile(fileobj=file) if packed else file
    except (OSError, EOFError, zlib.error) as error:
        raise FileError(f"{path} cannot be read: {error}") from error


def encoding_of(path, named=""):
    """The encoding of a file: named, marked, or found out from all its bytes. Raises FileError."""
    if named:
        try:
            io.TextIOWrapper(io.BytesIO(), encoding=named)
        except LookupError:
            raise FileError(
                f"ENCODING={named} is not an encoding. Known ones are utf-8, cp1252, latin-1 and "
                f"utf-16: {remedy('ENCODING=cp1252')}"
            ) from None
        return named
    with unpacked(path) as file:
        head = file.read(SAMPLE)
        for mark, encoding in BYTE_ORDER_MARKS:
            if head.startswith(mark):
                return encoding
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) * 4 > len(head):
            return "utf-16-le" if odd > even else "utf-16-be"
        return _utf8_or_windows(head, file)


def _utf8_or_windows(head, file):
    """UTF-8 where at least half of what is not ASCII is correct in it: else Windows' own.

    French or German text in Windows-1252 hardly ever makes a correct sequence in UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors=MARKING)
    good = bad = 0
    chunk = head
    while chunk:
        if not chunk.isascii() or decoder.getstate()[0]:
            text = decoder.decode(chunk)
            wrong = text.count(BAD)
            bad += wrong
            good += len(text) - len(text.encode("ascii", "ignore")) - wrong
        chunk = file.read(CHUNK)
    return "cp1252" if bad > good else "utf-8"


def numbered_lines(path, encoding):
    """Yield (number from 1, line with its end) of a file.

    A line of more than ``MOST_CHARACTERS`` comes cut off at that length.
    """
    with unpacked(path) as raw:
        file = io.TextIOWrapper(raw, encoding, errors=MARKING, newline="")
        number = 0
        while line := file.readline(MOST_CHARACTERS):
            number += 1
            rest = line
            while len(rest) == MOST_CHARACTERS and rest[-1] not in "\r\n":
                rest = file.readline(MOST_CHARACTERS)
            yield number, line.removeprefix("\ufeff") if number == 1 else line
        # What a wrapper closes itself would close the file in the middle of ``unpacked``.
        file.detach()
