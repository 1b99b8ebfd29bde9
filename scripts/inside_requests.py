"""Requests that come too late do not meddle with a test of Odoo 17.

A test and the requests of its browser share one connection to the database, each request under a
lock that the test itself does not take. A request that the server takes up after the browser has
gone runs beside what the test does next, or beside its tear-down, and breaks its savepoints. It may
then keep the lock, and whoever asks for it waits for ever: Odoo's process does not end either. From
Odoo 18 on the server refuses such requests by a key of the test; here a gate takes the place of the
lock.
"""

import functools
import threading
from contextlib import contextmanager, nullcontext

SECONDS = 120
# The gate of the class that runs; of the thread of tests alone.
_mine = threading.local()


class StillRunning(Exception):
    """A request did not end with what asked for it."""


class Gate:
    """The lock of one class's requests: the test's thread holds it but where it waits for them.

    Requests that come while a test works wait until it asks the server for something, or ends;
    those that come after its end are refused.

    refusal : exception to raise in a request that comes too late.
    """

    def __init__(self, refusal):
        self._refusal = refusal
        self._changed = threading.Condition()
        self._test = self._owner = threading.get_ident()
        self._depth = 1
        self._waiting = 0
        self._refusing = False

    def acquire(self):
        """Take it, as often as its owner likes; raises the refusal, or StillRunning in the test."""
        mine = threading.get_ident()
        with self._changed:
            if self._owner != mine:
                self._await_turn(mine)
            self._owner = mine
            self._depth += 1
        return True

    def release(self):
        with self._changed:
            if self._owner != threading.get_ident():
                raise RuntimeError("It is not held by who gives it back.")
            self._depth -= 1
            if not self._depth:
                self._owner = None
                self._changed.notify_all()

    def _await_turn(self, mine):
        if mine == self._test:
            if not self._changed.wait_for(lambda: self._owner is None, timeout=SECONDS):
                raise StillRunning(
                    f"A request of a test still runs {SECONDS} seconds after its browser."
                )
            return
        self._waiting += 1
        try:
            self._changed.wait_for(lambda: self._refusing or self._owner is None)
        finally:
            self._waiting -= 1
            self._changed.notify_all()
        if self._refusing:
            raise self._refusal

    @contextmanager
    def letting_in(self):
        """Requests run in the block; none does after it. Within another such block: nothing new."""
        with self._changed:
            inside = self._owner != threading.get_ident()
            refusing, self._refusing = self._refusing, False
        if inside:
            yield
            return
        self.release()
        try:
            yield
        finally:
            self.acquire()
            self._refusing = refusing

    def begin(self):
        """A test begins: requests may come."""
        self._refusing = False

    def end(self):
        """A test ends: let those in that wait, as long as a test waits; later ones are refused."""
        try:
            with self.letting_in(), self._changed:
                self._changed.wait_for(lambda: not self._waiting, timeout=SECONDS)
        finally:
            with self._changed:
                self._refusing = True
                self._changed.notify_all()


def hold_back(common, refusal):
    """Give the requests of Odoo 17's tests a gate for a lock.

    common : module odoo.tests.common; refusal : exception to raise in a request that comes too
    late, one that the server answers quietly.
    """
    case = common.HttpCase
    if hasattr(case, "allow_requests"):
        return
    case.setUpClass = classmethod(_gated(case.setUpClass.__func__, refusal))
    case.setUp = _beginning(case.setUp)
    case.browser_js = _asking(case.browser_js)
    for client in (common.Opener, common.Transport):
        client.request = _asking_after_flush(client.request)


def _gated(set_up, refusal):
    @functools.wraps(set_up)
    def wrapped(cls):
        set_up(cls)
        if cls.registry.test_lock is not None:
            _mine.gate = cls.registry.test_lock = Gate(refusal)
            cls.addClassCleanup(_leave)

    return wrapped


def _leave():
    gate, _mine.gate = _mine.gate, None
    gate.end()


def _beginning(set_up):
    @functools.wraps(set_up)
    def wrapped(self):
        set_up(self)
        if gate := _the_gate():
            gate.begin()
            self.addCleanup(gate.end)

    return wrapped


def _asking(method):
    @functools.wraps(method)
    def wrapped(self, *arguments, **options):
        with _letting_in():
            return method(self, *arguments, **options)

    return wrapped


def _asking_after_flush(method):
    @functools.wraps(method)
    def wrapped(self, *arguments, **options):
        self.cr.flush()
        self.cr.clear()
        with _letting_in():
            return method(self, *arguments, **options)

    return wrapped


def _the_gate():
    return getattr(_mine, "gate", None)


def _letting_in():
    gate = _the_gate()
    return gate.letting_in() if gate else nullcontext()
