"""Odoo with the tests of one module, class by class as a dispatcher asks for them.

Called as `python inside_tests.py DESCRIPTOR MODULE [ARGUMENT OF ODOO…]`. The descriptor is a
socket. We write one line of JSON, what was found or how a class ended, and read one line, the name
of the next class; an empty one ends the run. See scripts/dispatch.py for the other end.

Odoo runs its tests itself: only what it loads, what it iterates and where it counts are ours.
"""

import faulthandler
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from contextlib import contextmanager, nullcontext

# The longest class takes a tenth of it, on a busy machine a third.
CLASS_SECONDS = 600
# Odoo waits a second for requests, and Python for all of their threads.
END_SECONDS = 120

_logger = logging.getLogger(__name__)


class Channel:
    """The line to the dispatcher."""

    def __init__(self, descriptor):
        self._socket = socket.socket(fileno=descriptor)
        # Browsers and other children of Odoo would keep the line open after our end.
        self._socket.set_inheritable(False)
        self._stream = self._socket.makefile("rw", encoding="utf-8")

    def ask(self, message):
        """Send a message and return the name of the next class, empty where none is left."""
        self._stream.write(json.dumps(message) + "\n")
        self._stream.flush()
        return self._stream.readline().rstrip("\n")

    def close(self):
        self._stream.close()
        self._socket.close()


def class_name(test):
    return f"{type(test).__module__}.{type(test).__qualname__}"


def by_class(tests):
    """{name of a class: list of its tests}, both in the order given."""
    classes = {}
    for test in tests:
        classes.setdefault(class_name(test), []).append(test)
    return classes


def recording(base):
    """A test result of Odoo that remembers how each test ended.

    Failures of a subtest belong to its test; those of a class have a description for an id.
    """

    class RecordingResult(base):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            self.outcomes = {}
            self.reasons = {}

        def startTest(self, test):
            self.outcomes.setdefault(test.id(), "passed")
            super().startTest(test)

        def addError(self, test, err):
            self._note_failure(test)
            super().addError(test, err)

        def addFailure(self, test, err):
            self._note_failure(test)
            super().addFailure(test, err)

        def _note_failure(self, test):
            if not self._soft_fail:  # Odoo tries the test again
                self.outcomes[_whole(test).id()] = "failed"

        def addSkip(self, test, reason):
            name = _whole(test).id()
            if self.outcomes.get(name) != "failed":
                self.outcomes[name] = "skipped"
                self.reasons[name] = reason
            super().addSkip(test, reason)

    return RecordingResult


def _whole(test):
    """The test that a subtest belongs to."""
    return getattr(test, "test_case", test)


def outcome_of(names, result):
    """{id of a test: "passed", "failed" or "skipped"} of a class that has been run.

    names : ids of all its tests. Where its set-up failed they never started: they end as it did.
    What failed beside all the tests, a tear-down, is added.
    """
    outcomes = {name: result.outcomes[name] for name in names if name in result.outcomes}
    beside = {name: how for name, how in result.outcomes.items() if name not in names}
    not_started = [name for name in names if name not in outcomes]
    if not_started:
        skipped = bool(beside) and set(beside.values()) == {"skipped"}
        outcomes.update(dict.fromkeys(not_started, "skipped" if skipped else "failed"))
    else:
        outcomes.update({name: how for name, how in beside.items() if how == "failed"})
    return outcomes


def read_manifests():
    """Read what Odoo 17 reads of every module at its first requests, while there is one thread.

    Some versions of CPython 3.11 do not survive it in several (SystemError in ast.parse).
    """
    from odoo.http import root

    getattr(root, "statics", None)


def set_deadline(name, seconds, end):
    """Unless the timer that is returned is cancelled in time, say where each thread stands, and
    call ``end``.

    A class that waits for ever would hold up the whole run, and leave nothing to mend it by.
    """

    def give_up():
        _logger.error("%s is given up: not done after %s seconds. Its threads:", name, seconds)
        faulthandler.dump_traceback()
        end()

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    return timer


@contextmanager
def deadline(name, seconds, end):
    """The block is to be left in time, see :func:`set_deadline`."""
    timer = set_deadline(name, seconds, end)
    try:
        yield
    finally:
        timer.cancel()


def end_session():
    """End this process and what it started, browsers too: it leads a session of its own."""
    os.killpg(os.getpid(), signal.SIGKILL)


def hand_over(
    loader, module, channel, prepare=None, limit=lambda _name: nullcontext(), at_end=None
):
    """Let Odoo's loader find the tests of our module and run those that the dispatcher asks for.

    prepare : called once before the first of them, at_end after the last. limit : called with the
    name of each class, returns a context manager for its time.
    """
    find = loader.make_suite
    plain_suite = loader.OdooSuite

    def run_class(name, tests, result):
        result.outcomes, result.reasons = {}, {}
        start = time.monotonic()
        with limit(name):
            plain_suite(tests).run(result)
        # Torn down already; the suite of the next class would do it again.
        result._previousTestClass = None
        return {
            "class": name,
            "seconds": round(time.monotonic() - start, 2),
            "tests": outcome_of([test.id() for test in tests], result),
            "reasons": result.reasons,
        }

    class DispatchedSuite(plain_suite):
        def run(self, result, debug=False):  # noqa: ARG002 — unittest's signature
            if prepare:
                prepare()
            classes = by_class(self)
            found = {name: [t.id() for t in tests] for name, tests in classes.items()}
            name = channel.ask({"found": found})
            while name:
                name = channel.ask(run_class(name, classes[name], result))
            if at_end:
                at_end()
            return result

    def make_suite(_modules, position="at_install"):
        """All our tests at the end: a test without a tag of its position is not lost."""
        if position != "post_install":
            return plain_suite([])
        both = [*find([module], "at_install"), *find([module], "post_install")]
        return DispatchedSuite(list({test.id(): test for test in both}.values()))

    loader.make_suite = make_suite
    loader.OdooTestResult = recording(loader.OdooTestResult)


def main():
    descriptor, module, *arguments = sys.argv[1:]
    sys.argv[1:] = arguments
    from inside_requests import hold_back

    del sys.path[0]  # the names of our scripts are not for Odoo's imports
    from werkzeug.exceptions import Gone

    import odoo.cli
    from odoo.tests import common, loader

    hold_back(common, Gone())

    # The channel is closed by the end of the process.
    channel = Channel(int(descriptor))
    limit = lambda name: deadline(name, CLASS_SECONDS, end_session)  # noqa: E731
    at_end = lambda: set_deadline("The end of Odoo", END_SECONDS, end_session)  # noqa: E731
    hand_over(loader, module, channel, read_manifests, limit, at_end)
    odoo.cli.main()


if __name__ == "__main__":
    main()
