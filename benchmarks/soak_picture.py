"""`make soak` as a picture in SVG: p95 by state and number of clients, by powers of ten."""

import math
from html import escape

from .soak_figures import STATES
from .soak_report import DEEDS, WORDS, ms

COLOURS = {"create": "#4c6ef5", "suggestions": "#e8590c", "nothing": "#868e96"}
LEFT, TOP, WIDTH, HEIGHT, GAP, BAR = 60, 30, 760, 240, 24, 12


def picture(cells):
    """p95 by state and number of clients as an SVG, on a scale of powers of ten."""
    groups = sorted(
        {(cell.state, cell.clients) for cell in cells},
        key=lambda group: (STATES.index(group[0]), group[1]),
    )
    found = {(c.state, c.clients, c.deed): c.at(0.95) for c in cells}
    step = WIDTH / max(1, len(groups))
    parts = [*axis(), *legend()]
    for at, (state, clients) in enumerate(groups):
        left = LEFT + at * step
        for place, (deed, colour) in enumerate(COLOURS.items()):
            seconds = found.get((state, clients, deed), math.nan)
            if not math.isnan(seconds):
                parts.append(bar(left + place * BAR, seconds, colour, f"{deed}: {ms(seconds)} ms"))
        parts.append(text(left + 1.5 * BAR, TOP + HEIGHT + 14, str(clients), "middle"))
        if not at or groups[at - 1][0] != state:
            parts.append(text(left, TOP + HEIGHT + 30, WORDS[state]))
    size = f'width="{LEFT + WIDTH + GAP}" height="{TOP + HEIGHT + 44}"'
    style = 'font-family="sans-serif" font-size="11"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>'
    return "\n".join([head, "<title>p95 by state and clients</title>", *parts, "</svg>"]) + "\n"


def height(seconds):
    """Of a bar: 1 ms is none, 10 s all."""
    return HEIGHT * min(1, max(0, math.log10(max(1, 1e3 * seconds)) / 4))


def bar(left, seconds, colour, title):
    tall = height(seconds)
    return (
        f'<rect x="{left:.1f}" y="{TOP + HEIGHT - tall:.1f}" width="{BAR - 2}" height="{tall:.1f}"'
        f' fill="{colour}"><title>{escape(title)}</title></rect>'
    )


def axis():
    for power, words in enumerate(("1 ms", "10 ms", "100 ms", "1 s", "10 s")):
        y = TOP + HEIGHT * (1 - power / 4)
        yield f'<path d="M{LEFT} {y:.1f}H{LEFT + WIDTH}" stroke="#dee2e6"/>'
        yield text(LEFT - 6, y + 4, words, "end")


def legend():
    for place, (deed, colour) in enumerate(COLOURS.items()):
        left = LEFT + place * 240
        yield f'<rect x="{left}" y="6" width="10" height="10" fill="{colour}"/>'
        yield text(left + 16, 15, DEEDS[deed])


def text(x, y, words, anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
