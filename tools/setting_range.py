"""The numbers that a setting may take, as the tables of the subjects give them."""

from dataclasses import dataclass

NUMBER, WHOLE, DAYS, SHARE = "number", "whole", "days", "share"


@dataclass(frozen=True)
class Range:
    """low, high : numbers, both included; kind : NUMBER, WHOLE, DAYS or SHARE, what a message asks
    for: a share is from 0 to 1, and people read and write it in percent; remedy : words, already
    translated, that make the number clear, or none."""

    low: float
    high: float
    kind: str = NUMBER
    remedy: str = ""

    def __contains__(self, value):
        return self.low <= value <= self.high
