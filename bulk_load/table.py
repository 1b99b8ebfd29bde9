"""A file as a table: its header, found below titles, and its rows, which can be read again.

Twice over the file is slower than once into memory, and a file of a million lines fits nowhere
twice.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

from . import columns, text, workbook
from .problems import FileError, LineError, remedy
from .records import records

DELIMITERS = ",;\t|"
# The header is among these lines.
TOP = 40
EXAMPLES = 2
SEPARATOR_LINE = re.compile(r'"?sep=([^\w"]|\t)"?', re.IGNORECASE)


@dataclass
class TextFile:
    """A text file with a delimiter; without one it is to be found out, see ``open_table``."""

    path: object
    encoding: str
    delimiter: str = ""
    note: str = ""

    @property
    def described(self):
        shown = {"\t": "tab"}.get(self.delimiter, self.delimiter)
        return f"{self.encoding}, fields separated by {shown}"

    def records(self, width=None):
        return records(text.numbered_lines(self.path, self.encoding), self.delimiter, width)

    def top(self):
        return islice(text.numbered_lines(self.path, self.encoding), TOP)


@dataclass
class Table:
    """A file whose header is known. number : its line; columns : {field: position}."""

    file: object
    number: int
    header: list
    columns: dict = field(default_factory=dict)

    def rows(self):
        """Yield (number, fields, LineError or None) of each row below the header with anything.

        A row with more fields than the header is spoiled.
        """
        width = len(self.header)
        for number, fields, error in self.file.records(width):
            if number <= self.number or not any(fields):
                continue
            if not error and len(fields) > width and any(fields[width:]):
                error = LineError(
                    "fields", f"{len(fields)} fields where the header has {width} columns"
                )
            yield number, fields, error


def open_table(path, named=None, delimiter="", encoding="", sheet=""):
    """Table of a csv, csv.gz or xlsx file. Raises FileError."""
    with text.unpacked(path) as file:
        signature = file.read(4)
    if signature == workbook.OLD_SIGNATURE:
        raise FileError(f"{path} is a workbook of the old kind. Save it as xlsx or csv.")
    if signature == workbook.SIGNATURE:
        candidates = [workbook.Workbook(path, sheet)]
        tops = [list(islice(candidates[0].records(), TOP))]
    else:
        file = TextFile(path, text.encoding_of(path, encoding))
        lines = list(file.top())
        candidates = [TextFile(path, file.encoding, each) for each in _delimiters(lines, delimiter)]
        tops = [list(records(lines, each.delimiter)) for each in candidates]
    return _with_header(path, candidates, tops, named)


def _delimiters(lines, delimiter):
    """Delimiters that may be those of a file, the one that stands most often on top first."""
    if delimiter:
        delimiter = delimiter.replace("\\t", "\t")
        if len(delimiter) != 1 or delimiter in '"\r\n' or delimiter.isalnum():
            raise FileError(
                f"DELIMITER={delimiter} cannot separate fields. Give one sign, such as ; or \\t: "
                + remedy("DELIMITER=';'")
            )
        return [delimiter]
    first = next((line.strip("\r\n") for _number, line in lines if line.strip()), "")
    separator = SEPARATOR_LINE.fullmatch(first)
    if separator:
        return [separator[1]]
    return sorted(DELIMITERS, key=first.count, reverse=True)


def _with_header(path, candidates, tops, named):
    """Table of the file and the row that look most like a header; the first of equals."""
    best = None
    for file, top in zip(candidates, tops, strict=True):
        for place, (number, fields, error) in enumerate(top):
            header = [str(each).strip() for each in fields]
            if error or not any(header):
                continue
            likeness = columns.likeness(header, named)
            if best is None or likeness > best[0]:
                best = likeness, file, number, header, top[place + 1 :]
    if best is None:
        raise FileError(f"{path} is empty.")
    _likeness, file, number, header, below = best

    def examples(position):
        values = [str(each[position]).strip() for _, each, _ in below if position < len(each)]
        return list(dict.fromkeys(filter(None, values)))[:EXAMPLES]

    while header and not header[-1]:
        header.pop()
    return Table(file, number, header, columns.find_columns(header, named, examples))
