"""Tables and gates on the terminal."""

FAILED = []
# Runs of one minute on a shared machine differ by so much; what misses by less may be noise.
NOISE = 0.15


def title(text):
    print(f"\n{text}\n{'─' * len(text)}", flush=True)


def row(*cells, widths=(34, 12, 12, 12, 12, 12)):
    print("  ".join(f"{cell:<{w}}" for cell, w in zip(cells, widths, strict=False)), flush=True)


def seconds(value):
    """A duration in the unit that suits it."""
    if value != value:
        return "–"
    return f"{value * 1e3:.1f} ms" if value < 1 else f"{value:.2f} s"


def verdict(value, wanted, at_least=True):
    """How a figure stands to its target: "met", "near" within the noise of a run, or "MISSED".

    value : float, NaN where it could not be measured, which is a miss.
    """
    if value >= wanted if at_least else value <= wanted:
        return "met"
    tolerated = wanted * (1 - NOISE if at_least else 1 + NOISE)
    return "near" if (value >= tolerated if at_least else value <= tolerated) else "MISSED"


def gate(name, value, wanted, at_least=True):
    """Print whether a target is met, and remember where it is clearly not."""
    found = verdict(value, wanted, at_least)
    sign = "≥" if at_least else "≤"
    print(f"  {found:<6} {name}: {value:.1f} ({sign} {wanted})", flush=True)
    if found == "MISSED":
        FAILED.append(name)
