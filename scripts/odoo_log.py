"""Odoo's log: records of one or more lines, and which of them a run of tests has to show."""

import re

from progress import Progress
from workspace import MODULE

_HEAD = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): ")
# Odoo says it as it begins with a module.
_LOADING = re.compile(r" odoo\.modules\.loading: Loading module \w+ \((\d+)/(\d+)\)")
_SERIOUS = ("WARNING", "ERROR", "CRITICAL")
_OF_TESTS = (f"odoo.addons.{MODULE}.tests", "odoo.tests")
# Odoo's own views have no inconsistent rights; it names the field, not the addon.
_OURS = re.compile(rf"{MODULE}|\bai\.[a-z]|Access Rights Inconsistency")


def is_problem_of_ours(line):
    """Whether the first line of a record is a warning or error that the addon caused.

    Tests report their failures through loggers of their own; these are counted elsewhere.
    """
    head = _HEAD.match(line)
    if not head or head["level"] not in _SERIOUS or head["logger"].startswith(_OF_TESTS):
        return False
    # The name of the database and the folder of Odoo's own sources hold our name too.
    message = line[head.end() :].replace(f"{MODULE}/odoo-", "")
    return head["logger"].startswith(f"odoo.addons.{MODULE}") or bool(_OURS.search(message))


class Watch:
    """Reads a log as it is written, and says what a person should see of it now.

    problems : the first line of each record that fails a run.
    """

    def __init__(self):
        self.problems = []
        self._showing = False

    def to_show(self, lines):
        """Those of the next lines that belong to an error of anybody or a warning of ours."""
        shown = []
        for line in lines:
            head = _HEAD.match(line)
            if head:
                ours = is_problem_of_ours(line)
                if ours:
                    self.problems.append(line)
                self._showing = ours or head["level"] in ("ERROR", "CRITICAL")
            if self._showing:
                shown.append(line)
        return shown


class Loading:
    """Reads Odoo's log as it installs modules: counts them, and prints what a person should see."""

    def __init__(self):
        self._watch = Watch()
        self._progress = Progress()

    def __call__(self, lines):
        """Take the next lines."""
        for line in lines:
            count = _LOADING.search(line)
            # Odoo loads its base first, as the one of one.
            if count and int(count[2]) > 1:
                self._progress("modules", int(count[1]) - 1, int(count[2]))
        shown = self._watch.to_show(lines)
        if shown:
            print("\n".join(shown), flush=True)

    def close(self, complete):
        """Odoo has ended, and is done with all modules or not."""
        self._progress.close(complete)
