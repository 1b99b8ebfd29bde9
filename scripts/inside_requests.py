"""Requests that come too late do not meddle with a test of Odoo 17.

A test and the requests of its browser share one connection to the database, each request under a
lock that the test itself does not take. A request that the server takes up after the browser has
gone runs beside the next test, breaks its savepoints, may lose the lock, and whoever asks for it
then waits for ever. From Odoo 18 on the server refuses such requests by a key of the test; here the
test holds the lock whenever it does not wait for an answer.
"""

import functools
import threading
from contextlib import contextmanager

SECONDS = 120
_mine = threading.local()


class StillRunning(Exception):
    """A request did not end with what asked for it."""


def _acquire(lock):
    if not lock.acquire(timeout=SECONDS):
        raise StillRunning(f"A request of a test still runs {SECONDS} seconds after its browser.")


@contextmanager
def _keeping_out(lock):
    """No request runs in the block, but where :func:`_letting_in` lets it."""
    _acquire(lock)
    _mine.lock = lock
    try:
        yield
    finally:
        if _mine.lock:  # not where a request kept it
            _mine.lock = None
            lock.release()


@contextmanager
def _letting_in():
    """Requests may run in the block."""
    lock = getattr(_mine, "lock", None)
    if lock is None:  # of a class without a lock, or within another such block
        yield
        return
    _mine.lock = None
    lock.release()
    try:
        yield
    finally:
        _acquire(lock)
        _mine.lock = lock


def hold_back(common):
    """Make tests of Odoo 17 hold the lock of their requests. common : module odoo.tests.common."""
    case = common.HttpCase
    if hasattr(case, "allow_requests"):
        return
    case.setUp = _holding(case.setUp)
    case.browser_js = _asking(case.browser_js)
    for client in (common.Opener, common.Transport):
        client.request = _asking_after_flush(client.request)


def _holding(set_up):
    @functools.wraps(set_up)
    def wrapped(self):
        set_up(self)
        lock = self.registry.test_lock
        if lock is not None:
            self.enterContext(_keeping_out(lock))

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
