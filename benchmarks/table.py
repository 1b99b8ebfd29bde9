"""Tables and gates on the terminal."""

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


def gate(name, value, wanted, at_least=True):
    """Print whether a target is met, and remember where it is not."""
    met = value >= wanted if at_least else value <= wanted
    sign = "≥" if at_least else "≤"
    print(f"  {'met ' if met else 'MISSED'} {name}: {value:.1f} ({sign} {wanted})", flush=True)
    if not met:
        FAILED.append(name)
