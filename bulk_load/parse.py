"""From a sales export to checked lines: pure, so that it is tested without a database.

The file is read twice: first all values of the columns are looked at, which decides how dates and
numbers are written, then each line is read. A line that cannot be read is left out and reported
with its number and the reason; the others load.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone

from .amounts import Amounts, checked_mark
from .columns import is_french
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
                reader.forget_order()
                raise error
            sales.lines.append(reader.read(number, row))
        except LineError as problem:
            sales.rejected.append(Rejected(number, problem.kind, str(problem), tuple(row)))
    sales.lines = _with_customers(sales.lines)
    sales.notes = [table.file.described, *filter(None, [table.file.note]), *reader.notes()]
    sales.notes += _split_orders(sales.lines)
    sales.doubts = reader.doubts()
    return sales


class _LineReader:
    """Looks at all rows, then reads each of them."""

    def __init__(self, columns, dates, quantities, prices):
        self.columns, self.dates = columns, dates
        self.quantities, self.prices = quantities, prices
        self.codes = {}
        # Equal texts are kept once.
        self.texts = {}
        self.above = None

    def look_at(self, row):
        """Take a row into account."""
        self.dates.look_at(self._value(row, "date"))
        self.quantities.look_at(self._value(row, "quantity"))
        self.prices.look_at(self._value(row, "price"))
        product = self._text(row, "product")
        if product and self.codes is not None and product not in self.codes:
            match = CODE_AND_NAME.fullmatch(product)
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

    def forget_order(self):
        """A row that cannot be read may have begun an order."""
        self.above = None

    def read(self, number, row):
        """Line of a row. Raises LineError with the reason where it is none."""
        order, date, customer = self._head(row)
        product = self._text(row, "product")
        if not product:
            raise LineError("product", "no product")
        name = self._text(row, "name")
        if self.codes:
            code, shown = CODE_AND_NAME.fullmatch(product).groups()
            product, name = self._kept(code), name or self._kept(shown)
        quantity = self.quantities.read(self._needed(row, "quantity"))
        if not quantity:
            raise LineError("quantity", "the quantity is zero")
        price = self._value(row, "price")
        price = 0.0 if price == "" else self.prices.read(price)
        if price < 0:
            raise LineError("price", f"negative price {self._text(row, 'price')}")
        return Line(number, order, date, customer, product, name, quantity, price)

    def _head(self, row):
        """(order, date, customer): of the order above, where a row says nothing else."""
        order, customer = self._text(row, "order"), self._text(row, "customer")
        day = self._value(row, "date")
        if not order:
            if day or customer:
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

    def _value(self, row, name):
        """A cell: str without spaces around, or what a workbook holds. "" where there is none."""
        place = self.columns.get(name)
        if place is None or place >= len(row):
            return ""
        value = row[place]
        return value.strip() if isinstance(value, str) else value

    def _needed(self, row, name):
        if self.columns[name] >= len(row):
            raise LineError("fields", f"only {len(row)} columns, the {name} is missing")
        return self._value(row, name)

    def _text(self, row, name):
        return self._kept(str(self._value(row, name)))

    def _kept(self, text):
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
