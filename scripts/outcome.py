"""What a run of tests came to, and how pytest's closing line is read."""

import re
from dataclasses import dataclass, field

PYTEST_COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")
PYTEST_END = re.compile(r" in [\d.]+s\b")


@dataclass
class Outcome:
    """Counts of a part of a run, and in words what else went wrong in it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: list = field(default_factory=list)

    def __add__(self, other):
        return Outcome(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.problems + other.problems,
        )

    def counts(self):
        """Numbers for the closing line; each problem is a failure that no test stands for."""
        return {
            "passed": self.passed,
            "failed": self.failed + len(self.problems),
            "skipped": self.skipped,
        }


def closing_line(lines):
    """The last line of pytest with its counts: warnings of its end may follow. Empty without."""
    return next((line for line in reversed(lines) if PYTEST_END.search(line)), "")


def parse_pytest(lines, code):
    """Outcome of what `pytest -q` wrote.

    lines : list of str without line ends; code : exit code of the process.
    """
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for number, name in PYTEST_COUNT.findall(closing_line(lines)):
        counts["failed" if name.startswith("error") else name] += int(number)
    outcome = Outcome(**counts)
    if code and not outcome.failed:
        outcome.problems.append(f"pytest ended with code {code}")
    if not outcome.passed and not outcome.problems:
        outcome.problems.append("pytest ran no test")
    return outcome
