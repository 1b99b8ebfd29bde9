"""What was found of each fault: the promises, which of them were held, and how long it took."""

from dataclasses import dataclass, field

HELD, BROKEN = "held", "BROKEN"


@dataclass
class Finding:
    """Of one fault. promises : {in words: whether it was held}; figures : {in words: text}."""

    name: str
    promises: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)
    skipped: str = ""

    def promise(self, words, is_held):
        """Keep whether a promise was held; one that was broken once stays so."""
        self.promises[words] = self.promises.get(words, True) and bool(is_held)

    def figure(self, words, value):
        self.figures[words] = value

    @property
    def broken(self):
        return [words for words, is_held in self.promises.items() if not is_held]

    def lines(self):
        """The finding as it is printed."""
        if self.skipped:
            return [f"{self.name}: left out, {self.skipped}"]
        state = BROKEN if self.broken else HELD
        shown = ", ".join(f"{words} {value}" for words, value in self.figures.items())
        rows = [f"{self.name}: {state}{f' ({shown})' if shown else ''}"]
        return rows + [f"    BROKEN: {words}" for words in self.broken]


INTRODUCTION = """\
# Faults

Written by `make faults`; what is promised is in [DEVELOP.md](DEVELOP.md#tests). *Reads* are those
of the rules meanwhile, fifty a second: of none, and of those of two trainings.
"""


def page(findings, setting):
    """The report in Markdown. setting : lines on what it was tried on."""
    return "\n".join([INTRODUCTION, *setting, "", *as_table(findings)]) + "\n"


def as_table(findings):
    """Lines of a Markdown table of findings."""
    lines = ["| Fault | Promises held | Broken | Seen |", "| --- | ---: | --- | --- |"]
    for one in findings:
        held = f"{len(one.promises) - len(one.broken)} of {len(one.promises)}"
        seen = "; ".join(f"{words} {value}" for words, value in one.figures.items())
        if one.skipped:
            held, seen = "–", f"left out: {one.skipped}"
        lines.append(f"| {one.name} | {held} | {'; '.join(one.broken) or '–'} | {seen} |")
    return lines
