"""Barcodes as SVG, drawn by what Odoo draws its barcodes with.

Odoo's own are pictures, which need a renderer that reportlab does not bring along, and which blur
on paper; lines do neither.
"""

from dataclasses import dataclass

# Its names are those that Odoo's ``/report/barcode`` knows.
OPTIONS = {"Code128": {"quiet": 0}, "QR": {"barBorder": 0, "barLevel": "M"}}


@dataclass(frozen=True)
class Barcode:
    """width, height : of the drawing; path : what is black, as the ``d`` of an SVG path."""

    width: float
    height: float
    path: str


def barcode(kind, value):
    """The Barcode of a text, without a margin.

    kind : "Code128" or "QR". Raises ValueError for a text that it cannot tell.
    """
    from reportlab.graphics.barcode import createBarcodeDrawing  # only printing pays for it

    drawing = createBarcodeDrawing(kind, value=value, **OPTIONS[kind])
    path = "".join(
        f"M{_short(bar.x)} {_short(drawing.height - bar.y - bar.height)}"
        f"h{_short(bar.width)}v{_short(bar.height)}h{_short(-bar.width)}z"
        for bar in _bars(drawing)
    )
    return Barcode(drawing.width, drawing.height, path)


def _short(number):
    return f"{round(number, 2) + 0:g}"


def _bars(node):
    """The black rectangles below a shape of reportlab."""
    from reportlab.graphics.shapes import Rect
    from reportlab.graphics.widgetbase import Widget

    if isinstance(node, Rect):
        if node.fillColor:
            yield node
        return
    parts = node.draw().contents if isinstance(node, Widget) else getattr(node, "contents", ())
    for part in parts:
        yield from _bars(part)
