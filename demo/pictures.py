"""Small pictures for the catalogue: initials on the colour of the category."""

import base64
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from .catalog import CATEGORIES

SIZE = 128
COLORS = ["#1f78b4", "#33a02c", "#6a3d9a", "#b15928", "#7f7f7f", "#e6820e", "#16a2a2"]


def picture(product):
    """Base64 PNG, 128 pixels square."""
    image = Image.new("RGB", (SIZE, SIZE), COLORS[CATEGORIES.index(product.category)])
    initials = "".join(word[0] for word in product.name.split()[:2]).upper()
    ImageDraw.Draw(image).text(
        (SIZE / 2, SIZE / 2), initials, fill="white", font=_font(), anchor="mm"
    )
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue())


def _font():
    return ImageFont.load_default(size=SIZE // 2)
