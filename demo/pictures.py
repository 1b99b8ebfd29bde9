"""Small pictures for the catalogue: initials on the colour of the category."""

import base64
import unicodedata
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from odoo.tools.misc import file_path

from .catalog import CATEGORIES

SIZE = 128
COLORS = ["#1f78b4", "#33a02c", "#6a3d9a", "#b15928", "#7f7f7f", "#e6820e", "#16a2a2"]
# Pillow's own font ends at ASCII and draws an empty box for É. This one comes with every Odoo and
# holds all Latin letters, those of transliterated Arabic (Ḥ, Ṣ, Ġ) among them.
FONT = "web/static/fonts/sign/NotoSans-Reg.ttf"


def picture(product):
    """Base64 PNG, 128 pixels square."""
    image = Image.new("RGB", (SIZE, SIZE), COLORS[CATEGORIES.index(product.category)])
    ImageDraw.Draw(image).text(
        (SIZE / 2, SIZE / 2), initials(product.name), fill="white", font=font(), anchor="mm"
    )
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue())


def initials(name):
    """The first letters or digits of a name's first two words, in capitals.

    What stands before them does not count: the sign of ʿAyn is none, nor is a bracket.
    """
    # Composed: an accent that is a character of its own would be lost.
    words = unicodedata.normalize("NFC", name).split()
    firsts = [next(filter(_is_initial, word), "") for word in words]
    return "".join(filter(None, firsts))[:2].upper()


def font():
    return ImageFont.truetype(file_path(FONT), SIZE // 2)


def _is_initial(character):
    """Letters and digits, but not the modifiers that Unicode counts among the letters."""
    return unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo", "Nd")
