"""Tables and gates on the terminal."""

from .turns import Spread

FAILED = []


def title(text):
    print(f"\n{text}\n{'─' * len(text)}", flush=True)


def row(*cells, widths=(34, 12, 12, 12, 12, 12)):
    print("  ".join(f"{cell:<{w}}" for cell, w in zip(cells, widths, strict=False)), flush=True)


def seconds(value):
    """A duration in the unit that suits it."""
    if value != value:
        return "–"
    return f"{value * 1e3:.1f} ms" if value < 1 else f"{value:.2f} s"


def verdict(figure, wanted, at_least=True):
    """How a figure stands to its target: "met", "noise" where the next run may meet it, "MISSED".

    figure : Spread of what differs from run to run, else a float, which would miss again; NaN where
    it could not be measured, which is a miss.
    """
    if not isinstance(figure, Spread):
        figure = Spread(figure, figure, figure)
    for name, value in (("met", figure.value), ("noise", figure.high if at_least else figure.low)):
        if value >= wanted if at_least else value <= wanted:
            return name
    return "MISSED"


def gate(name, figure, wanted, at_least=True):
    """Print whether a target is met, and remember where it is clearly not."""
    found = verdict(figure, wanted, at_least)
    sign = "≥" if at_least else "≤"
    print(f"  {found:<6} {name}: {_in_words(figure)} ({sign} {wanted})", flush=True)
    if found == "MISSED":
        FAILED.append(name)


def _in_words(figure):
    if not isinstance(figure, Spread):
        return f"{figure:.1f}"
    return f"{figure.value:.1f}, between {figure.low:.1f} and {figure.high:.1f}"
