"""The numbers that a setting may take, as the tables of the subjects give them."""

from dataclasses import dataclass

NUMBER, WHOLE, DAYS = "number", "whole", "days"


@dataclass(frozen=True)
class Range:
    """low, high : numbers, both included; kind : NUMBER, WHOLE or DAYS, what a message asks for;
    remedy : words, already translated, that make the number clear, or none."""

    low: float
    high: float
    kind: str = NUMBER
    remedy: str = ""

    def __contains__(self, value):
        return self.low <= value <= self.high
