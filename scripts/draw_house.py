"""Draw who uses whom as docs/architecture.svg: `make picture`. A test holds that it is up to date.

`python draw_house.py [FILE]` draws into another file and leaves that one as it is.

A subject stands above those that it uses, with the models that it owns. All stand on core.
"""

import sys
from html import escape
from pathlib import Path

import house
from workspace import ROOT, run_main, say

PICTURE = ROOT / "docs" / "architecture.svg"
WIDTH, BOX, LINE, GAP, TOP = 1120, 250, 18, 60, 60
# As many as fit side by side.
IN_A_ROW = WIDTH // BOX
FLOW = ("sale.order.line", "ai.sales.extract", "algorithms/", "ai.training.run", "rows", "screens")
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" \
font-family="sans-serif" font-size="13">
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" \
orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="#5b6b7b"/></marker></defs>
<rect width="100%" height="100%" fill="#ffffff"/>"""


def floors(table):
    """[[subject]] from the lowest: each stands above all that it uses.

    table : {subject: set of those that it may use}. Raises ValueError where some form a circle.
    """
    placed, found = set(), []
    while len(placed) < len(table):
        level = [word for word in table if word not in placed and table[word] <= placed]
        if not level:
            raise ValueError(
                f"{', '.join(sorted(set(table) - placed))} use each other in a circle."
            )
        placed |= set(level)
        found.append(level)
    return found


def boxes(table, models):
    """({subject: (x, y, width, height)}, height of the picture), the highest floor first."""
    found, top = {}, TOP
    rows = [row for level in floors(table) for row in _rows(level)]
    for level in reversed(rows):
        height = 30 + LINE * max(len(models[word]) for word in level)
        if level == [house.CORE]:
            height = 30 + 2 * LINE
            found[house.CORE] = (20, top, WIDTH - 40, height)
        else:
            step = WIDTH / len(level)
            for at, word in enumerate(level):
                found[word] = (step * (at + 0.5) - BOX / 2, top, BOX, height)
        top += height + GAP
    return found, top - GAP + 20


def _rows(level):
    """A floor's subjects in rows of about one length."""
    count = -(-len(level) // IN_A_ROW)
    length = -(-len(level) // count)
    return [level[start : start + length] for start in range(0, len(level), length)]


def picture(root=ROOT):
    """The drawing as the text of an SVG file."""
    table = house.allowed(root / "README.md")
    plan = house.House(root, table)
    # What Odoo calls to print a page has a long name of its own.
    models = {
        word: sorted(m for m, own in plan.models.items() if own == word and m[:3] == "ai.")
        for word in table
    }
    places, height = boxes(table, models)
    pairs = sorted({(use.subject, use.other) for use in plan.uses() if use.other != house.CORE})
    return "\n".join(
        [
            HEAD.format(width=WIDTH, height=height),
            *_flow(),
            *(_arrow(places[subject], places[other]) for subject, other in pairs),
            *(line for word in table for line in _box(places[word], word, models[word])),
            "</svg>",
            "",
        ]
    )


def _flow():
    step = WIDTH / len(FLOW)
    for at, name in enumerate(FLOW):
        yield f'<text x="{step * (at + 0.5):.0f}" y="28" text-anchor="middle">{escape(name)}</text>'
        if at:
            yield f'<text x="{step * at:.0f}" y="28" text-anchor="middle" fill="#5b6b7b">→</text>'


def _arrow(start, end):
    x1, x2 = start[0] + start[2] / 2, end[0] + end[2] / 2
    x2 += max(-BOX / 2.4, min(BOX / 2.4, (x1 - x2) / 5))
    return (
        f'<line x1="{x1:.0f}" y1="{start[1] + start[3]:.0f}" x2="{x2:.0f}" y2="{end[1] - 2:.0f}" '
        'stroke="#5b6b7b" marker-end="url(#tip)"/>'
    )


def _box(place, word, models):
    x, y, width, height = place
    middle = x + width / 2
    yield (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="8" '
        'fill="#eaf1f8" stroke="#2c5d8f"/>'
    )
    yield _text(middle, y + 20, word, 'font-weight="bold"')
    rows = models
    if word == house.CORE:  # wide and low: two lines
        half = (len(models) + 1) // 2
        rows = [" · ".join(models[:half]), " · ".join(models[half:])]
    for number, row in enumerate(rows):
        yield _text(middle, y + 20 + LINE * (number + 1), row, 'fill="#5b6b7b" font-size="12"')


def _text(x, y, text, style):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" {style}>{escape(text)}</text>'


def main():
    path = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else PICTURE
    path.parent.mkdir(exist_ok=True)
    path.write_text(picture())
    say(f"drawn: {path}")


if __name__ == "__main__":
    run_main(main)
