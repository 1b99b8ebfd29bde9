"""Hands test classes out to workers, the longest first, and keeps the account of them.

Each class goes to exactly one worker. What a worker began and did not end, what nobody began and
what ended with other tests than were found is a problem: nothing is lost without a word.
"""

import json
import threading
from dataclasses import dataclass, field

from outcome import Outcome

SHORT = "tests."
UNKNOWN = float("inf")
# Classes of stories in a browser, the longest of all.
STORIES = "Tours"
_HOWS = ("passed", "failed", "skipped")


def short(name):
    """A class's name without what is the same for all of a module."""
    return name.rpartition(SHORT)[2]


@dataclass
class Ended:
    """How a class ended. tests : {id: "passed", "failed", "skipped"}; seconds include set-up."""

    seconds: float
    tests: dict
    reasons: dict = field(default_factory=dict)

    def count(self, how):
        return sum(one == how for one in self.tests.values())

    def in_words(self):
        counts = ((how, self.count(how)) for how in _HOWS)
        return ", ".join(f"{count} {how}" for how, count in counts if count)


class Dispatcher:
    """The classes of one database's tests.

    seconds : {class: seconds of an earlier run}; unknown classes may be long and come first,
    stories in a browser before others.
    wanted : which of the classes that are found are asked for. show : called with lines to print.
    """

    def __init__(self, seconds, wanted=lambda _name: True, show=lambda _lines: None):
        self.found = None
        self.ended = {}
        self._seconds = seconds
        self._wanted = wanted
        self._show = show
        self._waiting = []
        self._begun = {}
        self._problems = []
        self._lock = threading.Lock()

    def serve(self, worker, lines, send):
        """Answer a worker until it ends.

        lines : what it writes, JSON; send : called with each answer, a line; see inside_tests.py.
        """
        for line in lines:
            answer = self.answer(worker, json.loads(line))
            try:
                send(f"{answer}\n")
            except OSError:
                return  # it ended without the answer: the class stays begun, and is named

    def answer(self, worker, message):
        """Take a worker's message; returns the class that it is to run next, empty for none."""
        with self._lock:
            if "found" in message:
                self._take_found(worker, message["found"])
            else:
                self._take_ended(worker, message)
            if not self._waiting:
                return ""
            self._begun[worker] = self._waiting.pop(0)
            return self._begun[worker]

    def _take_found(self, worker, found):
        found = {name: tests for name, tests in found.items() if self._wanted(name)}
        if self.found is None:
            self.found = found
            self._waiting = sorted(found, key=self._place)
        elif self.found != found:
            every = {*self.found, *found}
            other = [name for name in every if self.found.get(name) != found.get(name)]
            self._problems.append(f"{worker} found other tests than the others: {_listed(other)}")

    def _place(self, name):
        return -self._seconds.get(name, UNKNOWN), not name.endswith(STORIES)

    def _take_ended(self, worker, message):
        name = self._begun.pop(worker, None)
        if name != message["class"] or name in self.ended:
            self._problems.append(
                f"{worker} ran {short(message['class'])}, which was not asked for"
            )
        ended = Ended(message["seconds"], message["tests"], message["reasons"])
        self.ended[message["class"]] = ended
        self._show([self._progress(message["class"], ended)])

    def _progress(self, name, ended):
        total = str(len(self.found))
        left = sum(self._seconds.get(n, 0) for n in self.found if n not in self.ended)
        return (
            f"  {len(self.ended):>{len(total)}}/{total}  {short(name)}: {ended.in_words()}, "
            f"{ended.seconds:.1f} s" + (f" ({left:.0f} s of work left)" if left else "")
        )

    def outcome(self, codes):
        """The account. codes : {worker: exit code of its process}."""
        ended = self.ended.values()
        outcome = Outcome(*(sum(e.count(how) for e in ended) for how in _HOWS))
        outcome.problems += self._problems
        outcome.problems += self._lost(codes)
        outcome.problems += self._crashed(codes)
        if not self.found:
            outcome.problems.append("Odoo found no test that was asked for")
        return outcome

    def _crashed(self, codes):
        """Odoo ends with 1 where tests failed; no other code is explained by them."""
        failed = any(one.count("failed") for one in self.ended.values())
        for worker, code in codes.items():
            if code and not (failed and code == 1) and worker not in self._begun:
                yield f"{worker} ended with code {code}; see its log"

    def _lost(self, codes):
        for worker, name in self._begun.items():
            yield f"{worker} ended with code {codes.get(worker)} and left {short(name)} unfinished"
        begun = set(self._begun.values())
        never = [name for name in self.found or () if name not in self.ended and name not in begun]
        if never:
            yield f"never begun: {_listed(never)}"
        for name, tests in (self.found or {}).items():
            if name in self.ended and (missing := set(tests) - set(self.ended[name].tests)):
                yield f"not run: {_listed(missing)}"


def _listed(names):
    return ", ".join(short(name) for name in sorted(names))
