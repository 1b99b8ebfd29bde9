"""What was read, in lines of text: first what may be wrong, then the file as it was understood."""

from collections import Counter

from .parse import order_key
from .problems import KINDS, remedy

# A larger share of lines left out is told first and makes the command end with an error.
MOST_LEFT_OUT = 0.01
REASONS = 3
PREVIEW_ORDERS, PREVIEW_LINES = 5, 3
SHOWN = 20


def left_out_share(sales):
    """Share of the lines that were left out, 0 for an empty file."""
    total = len(sales.lines) + len(sales.rejected)
    return len(sales.rejected) / total if total else 0.0


def is_doubtful(sales):
    """Whether somebody should look before the figures are used."""
    return bool(sales.doubts) or left_out_share(sales) > MOST_LEFT_OUT


def opening(sales):
    """List of str to print before anything is loaded."""
    texts = []
    if left_out_share(sales) > MOST_LEFT_OUT:
        total = len(sales.lines) + len(sales.rejected)
        share = f"{left_out_share(sales):.1%}"
        texts += [f"ATTENTION: {len(sales.rejected):,} of {total:,} lines ({share}) are left out:"]
        texts += reasons(sales.rejected)
    texts += [f"ATTENTION: {doubt}" for doubt in sales.doubts]
    texts += ["Understood as:", *(f"  {note}" for note in sales.notes)]
    columns = ", ".join(f"{name} = '{header}'" for name, header in sales.columns.items())
    unused = [name for name in sales.header if name and name not in sales.columns.values()]
    texts.append(f"  {columns}" + (f"; not used: {', '.join(unused)}" if unused else ""))
    texts += preview(sales.lines)
    if 0 < left_out_share(sales) <= MOST_LEFT_OUT:
        texts += [f"{len(sales.rejected):,} lines are left out:", *reasons(sales.rejected)]
    return texts


def reasons(rejected):
    """The most frequent kinds of fault, each with an example and what mends it."""
    counts = Counter(each.kind for each in rejected)
    first = {}
    for each in rejected:
        first.setdefault(each.kind, each)
    return [
        f"  {count:,} × {KINDS[kind][0]} (line {first[kind].number}: {first[kind].reason})\n"
        f"      mend: {KINDS[kind][1]}"
        for kind, count in counts.most_common(REASONS)
    ]


def preview(lines):
    """The first orders of a file as they are understood."""
    texts = ["The first orders; if they are not what the file means, name the setting:"]
    orders = {}
    for line in lines:
        key = order_key(line)
        if key not in orders and len(orders) == PREVIEW_ORDERS:
            break
        orders.setdefault(key, []).append(line)
    for (order, _day, customer), found in orders.items():
        texts.append(f"  {order} of {found[0].date:%-d %B %Y %H:%M}, {customer or 'no customer'}")
        texts += [f"      {_sale(line)}" for line in found[:PREVIEW_LINES]]
        if len(found) > PREVIEW_LINES:
            texts.append(f"      … and {len(found) - PREVIEW_LINES} more")
    return texts if lines else []


def _sale(line):
    name = f" {line.name}" if line.name and line.name != line.product else ""
    return f"{line.quantity:,.12g} × {line.product}{name} at {line.price:,.12g}"


def first_rejected(rejected):
    """The first lines that were left out, each with its reason."""
    texts = [f"  line {each.number}: {each.reason}" for each in rejected[:SHOWN]]
    if len(rejected) > SHOWN:
        texts.append(f"  … and {len(rejected) - SHOWN:,} more")
    return texts


def differing(different):
    """A doubt about orders that are there with another number of lines; "" without any.

    different : list of (reference, lines there, lines in the file).
    """
    if not different:
        return ""
    order, there, here = different[0]
    return (
        f"{len(different):,} orders were there already with another number of lines, such as "
        f"{order}: {there} there, {here} in the file. They are left as they are. To have all "
        "lines, load the file into a company of another name: " + remedy("COMPANY='…'")
    )
