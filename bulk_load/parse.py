"""From a sales export to checked lines: pure, so that it is tested without a database.

The file is read twice: first all values of the columns are looked at, which decides how dates and
numbers are written, then each line is read. A line that cannot be read is left out and reported
with its number and the reason; the others load.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from operator import itemgetter

from .amounts import Amounts, checked_mark
from .columns import HEADERS, is_french
from .dates import Dates
from .problems import FileError, LineError, Rejected
from .table import open_table

__all__ = ["FileError", "Line", "Rejected", "Sales", "read_sales"]

# What Odoo shows and exports for a product.
CODE_AND_NAME = re.compile(r"\[([^\[\]]+)\]\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One sale. date : local time, naive; quantity : units, negative for refunds; price : per unit;
    customer may be "". An order is (order, day, customer), see ``order_key``."""

    number: int
    order: str
    date: datetime
    customer: str
    product: str
    name: str
    quantity: float
    price: float


@dataclass
class Sales:
    """What a file holds. columns : {field: header}; lines, rejected : in the order of the file.

    notes : how it was understood; doubts : what may be wrong, each in words.
    """

    columns: dict
    header: list
    lines: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    doubts: list = field(default_factory=list)


def order_key(line):
    """What makes an order: tickets may start with 1 every day, or in every shop."""
    return line.order, line.date.date(), line.customer


def read_sales(
    path,
    named=None,
    delimiter="",
    date_format="",
    encoding="",
    decimal="",
    sheet="",
    zone=timezone.utc,
    now=None,
):
    """Read a csv, csv.gz or xlsx file.

    path : pathlib.Path; named : {field: header} where automatic detection is not wanted.
    delimiter, date_format (as for strptime), encoding, decimal, sheet : str, found out where empty.
    zone : tzinfo of the times in the file; now : naive datetime there; sales after it are left out.
    Returns Sales.
    Raises FileError where the file or a column is missing, or can be understood in two ways.
    """
    decimal = checked_mark(decimal)
    table = open_table(path, named, delimiter, encoding, sheet)
    header, places = table.header, table.columns
    reader = _LineReader(
        columns=places,
        width=len(header),
        dates=Dates(date_format, now, zone),
        quantities=Amounts("quantity", header[places["quantity"]]),
        prices=Amounts("price", header[places["price"]] if "price" in places else ""),
    )
    for _number, row, error in table.rows():
        if not error:
            reader.look_at(row)
    day_first = is_french(header) or table.file.delimiter == ";"
    reader.decide(day_first, decimal)
    sales = Sales({each: header[place] for each, place in places.items()}, header)
    for number, row, error in table.rows():
        try:
            if error:
                reader.pass_over(row, error)
                raise error
            sales.lines.append(reader.line_of(number, row))
        except LineError as problem:
            sales.rejected.append(Rejected(number, problem.kind, str(problem), tuple(row)))
    sales.lines = _with_customers(sales.lines)
    sales.notes = [table.file.described, *filter(None, [table.file.note]), *reader.notes()]
    sales.notes += _split_orders(sales.lines)
    sales.doubts = reader.doubts()
    return sales


class _LineReader:
    """Looks at all rows, then reads each of them."""

    def __init__(self, columns, width, dates, quantities, prices):
        self.columns, self.width = columns, width
        # The last place of a row that is filled up is empty, for columns that are not there.
        self.pick = itemgetter(*(columns.get(each, -1) for each in HEADERS))
        self.dates, self.quantities, self.prices = dates, quantities, prices
        self.codes = {}
        # Equal texts are kept once.
        self.texts = {}
        self.above = None

    def look_at(self, row):
        """Take a row into account."""
        _order, date, _customer, product, _name, quantity, price = self._cells(row)
        self.dates.look_at(date)
        self.quantities.look_at(quantity)
        self.prices.look_at(price)
        if product and self.codes is not None and product not in self.codes:
            match = CODE_AND_NAME.fullmatch(str(product))
            # Each code with one name, as Odoo has them: otherwise the brackets mean something else.
            if match and self.codes.setdefault(match[1], match[2]) == match[2]:
                self.codes[product] = match[2]
            else:
                self.codes = None

    def decide(self, day_first, decimal):
        """Decide how the columns are written. Raises FileError."""
        self.dates.decide(day_first)
        self.quantities.decide(decimal, self.prices)
        self.prices.decide(decimal, self.quantities)

    def notes(self):
        """How the columns are understood, in words."""
        texts = [f"dates as {self.dates.described()}"] if self.dates.described() else []
        mark = self.quantities.mark or self.prices.mark
        if mark:
            texts.append(f"decimals after a {'comma' if mark == ',' else 'point'}")
        return texts

    def doubts(self):
        if len(self.prices.currencies) < 2:
            return []
        return [
            "The prices are in several currencies ("
            + ", ".join(sorted(self.prices.currencies))
            + "). They are loaded as they stand, without a conversion."
        ]

    def pass_over(self, row, error):
        """A row that cannot be read may have begun an order, and what follows belongs to it."""
        if error.kind != "fields" or self._cells(row)[0] != "":
            self.above = None

    def line_of(self, number, row):
        """Line of a row. Raises LineError with the reason where it is none."""
        order, date, customer, product, name, quantity, price = self._cells(row)
        order, date, customer = self._head(self._text(order), date, self._text(customer))
        product, name = self._text(product), self._text(name)
        if not product:
            raise LineError("product", "no product")
        if self.codes:
            code, shown = CODE_AND_NAME.fullmatch(product).groups()
            product, name = self._text(code), name or self._text(shown)
        if self.columns["quantity"] >= len(row):
            raise LineError("fields", f"only {len(row)} columns, the quantity is missing")
        quantity = self.quantities.read(quantity)
        if not quantity:
            raise LineError("quantity", "the quantity is zero")
        value = 0.0 if price == "" else self.prices.read(price)
        if value < 0:
            raise LineError("price", f"negative price {price}")
        return Line(number, order, date, customer, product, name, quantity, value)

    def _head(self, order, day, customer):
        """(order, date, customer): of the order above, where a row says nothing else."""
        if not order:
            day_above, customer_above = self.above[3:] if self.above else ("", "")
            if day not in ("", day_above) or customer not in ("", customer_above):
                raise LineError("order", "no order")
            if self.above is None:
                raise LineError("above", "no order, and the line above has none that was read")
            return self.above[:3]
        self.above = None
        date = self.dates.read(day)
        self.above = order, date, customer, day, customer
        return order, date, customer

    def _cells(self, row):
        """The cells of a row in the order of ``HEADERS``: str without spaces around, or what a
        workbook holds; "" where there is none."""
        filled = row + [""] * (self.width + 1 - len(row))
        return [each.strip() if isinstance(each, str) else each for each in self.pick(filled)]

    def _text(self, cell):
        text = cell if isinstance(cell, str) else str(cell)
        return self.texts.setdefault(text, text)


def _with_customers(lines):
    """Lines where those without a customer have that of their order, if it has only one."""
    if all(line.customer for line in lines) or not any(line.customer for line in lines):
        return lines
    customers = defaultdict(set)
    for line in lines:
        if line.customer:
            customers[line.order, line.date.date()].add(line.customer)
    return [
        replace(line, customer=next(iter(found)))
        if not line.customer and len(found := customers[line.order, line.date.date()]) == 1
        else line
        for line in lines
    ]


def _split_orders(lines):
    """A note where references stand on several days or for several customers."""
    first, several = {}, set()
    for line in lines:
        key = order_key(line)
        if first.setdefault(line.order, key) != key:
            several.add(line.order)
    if not several:
        return []
    example = min(several)
    return [
        f"{len(several)} order references, such as {example}, stand on several days or for several "
        "customers: each day and customer is an order of its own"
    ]
