"""What a chart is made of in SVG, for paper: a canvas needs a script, and printing runs none."""

from math import cos, pi, sin

# That of the charts on the screen: static/src/core/chart.js.
PALETTE = (
    "#1f77b4",
    "#ff7f0e",
    "#2ca02c",
    "#d62728",
    "#9467bd",
    "#8c564b",
    "#e377c2",
    "#7f7f7f",
    "#bcbd22",
    "#17becf",
)


def pie_slices(values, radius):
    """[{"path", "color"}] of a pie around (radius, radius), from the top on, clockwise.

    values : numbers, none below zero; what is nothing has no slice.
    """
    total, start, slices = sum(values), 0.0, []
    for number, value in enumerate(values):
        if not value:
            continue
        # A whole circle would begin where it ends, and be nothing.
        stop = start + min(value / total, 0.99999)
        first, last = _on_circle(start, radius), _on_circle(stop, radius)
        is_large = int(stop - start > 0.5)
        size = f"{radius:.2f} {radius:.2f}"
        path = f"M {size} L {first} A {size} 0 {is_large} 1 {last} Z"
        slices.append({"path": path, "color": PALETTE[number % len(PALETTE)]})
        start = stop
    return slices


def _on_circle(turn, radius):
    """ "x y" of a turn (0 to 1) from the top of a circle, clockwise."""
    angle = 2 * pi * turn
    return f"{radius + radius * sin(angle):.2f} {radius - radius * cos(angle):.2f}"


def line_points(values, largest, width, height):
    """ "x,y x,y …" of values along a width, zero at the bottom and the largest at the top."""
    step = width / max(len(values) - 1, 1)
    scale = height / largest if largest > 0 else 0
    return " ".join(
        f"{number * step:.1f},{height - value * scale:.1f}" for number, value in enumerate(values)
    )
