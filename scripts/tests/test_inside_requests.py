"""A test of Odoo 17 runs alone but for the requests that it waits for."""

import threading
import types
import unittest

import inside_requests
import pytest

WAIT = 30


class Refused(Exception):
    """What a request that comes too late is answered with."""


class Odoo:
    """As odoo.tests.common of Odoo 17: a browser asks the server, which takes the lock."""

    def __init__(self):
        odoo = self
        self.seen = []
        self.registry = types.SimpleNamespace(test_lock=None)
        self.threads = []

        class HttpCase(unittest.TestCase):
            registry = odoo.registry

            @classmethod
            def setUpClass(cls):
                odoo.registry.test_lock = threading.RLock()
                cls.addClassCleanup(odoo.leave)

            def setUp(self):
                odoo.seen.append("set up")
                self.addCleanup(odoo.seen.append, "torn down")

            def browser_js(self):
                thread = odoo.request("served")
                thread.join(timeout=WAIT)
                return not thread.is_alive()

        class Opener:
            cr = types.SimpleNamespace(flush=lambda: None, clear=lambda: None)
            request = HttpCase.browser_js

        class Transport(Opener):
            pass

        self.HttpCase, self.Opener, self.Transport = HttpCase, Opener, Transport

    def leave(self):
        self.registry.test_lock = None

    def request(self, name, body=lambda: None):
        """A request in a thread of its own, as the server takes it up."""
        lock = self.registry.test_lock

        def serve():
            try:
                lock.acquire()
            except Refused:
                self.seen.append(f"{name} refused")
                return
            lock.acquire()  # a cursor within another
            lock.release()
            self.seen.append(name)
            body()
            lock.release()

        thread = threading.Thread(target=serve, daemon=True)
        self.threads.append(thread)
        thread.start()
        return thread

    def run(self, *bodies):
        """Run a class with a test for each body; raises what one of them raised."""
        tests = {f"test_{number}": body for number, body in enumerate(bodies)}
        case = type("Case", (self.HttpCase,), tests)
        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
        assert not result.errors
        assert not result.failures
        for thread in self.threads:
            thread.join(timeout=WAIT)
            assert not thread.is_alive(), "a request waits for ever, and Odoo does not end"


@pytest.fixture
def odoo():
    odoo = Odoo()
    inside_requests.hold_back(odoo, Refused())
    return odoo


def held_back(thread):
    thread.join(timeout=0.3)
    return thread.is_alive()


def test_a_late_request_waits_until_the_test_asks(odoo):
    def body(case):
        assert held_back(odoo.request("late"))
        odoo.seen.append("test")
        assert case.browser_js()

    odoo.run(body)
    assert odoo.seen[:2] == ["set up", "test"]
    assert sorted(odoo.seen[2:4]) == ["late", "served"]
    assert odoo.seen[4:] == ["torn down"]


def test_a_request_that_waits_at_the_end_of_a_test_is_served_before_the_tear_down(odoo):
    """Both of them: the second one was left without the lock, and its thread never ended."""

    def body(_case):
        assert held_back(odoo.request("late"))
        assert held_back(odoo.request("late"))
        odoo.seen.append("test")

    odoo.run(body)
    assert odoo.seen == ["set up", "test", "late", "late", "torn down"]


def test_a_request_between_two_tests_is_refused(odoo):
    def body(_case):
        odoo.seen.append("test")

    plain = odoo.HttpCase.setUp

    def set_up(case):
        case.addCleanup(lambda: odoo.request("late").join(timeout=WAIT))
        plain(case)

    odoo.HttpCase.setUp = set_up
    odoo.run(body, body)
    assert odoo.seen == ["set up", "test", "torn down", "late refused"] * 2


def test_a_request_that_outlives_its_class_is_refused(odoo):
    odoo.run(lambda _case: odoo.seen.append(odoo.registry.test_lock))
    odoo.registry.test_lock = odoo.seen[1]
    odoo.request("late").join(timeout=WAIT)
    assert odoo.seen[-1] == "late refused"


def test_requests_that_the_test_waits_for_are_served(odoo):
    def body(case):
        assert case.browser_js()
        assert odoo.Opener().request()
        assert odoo.Transport().request()
        odoo.seen.append("test")

    odoo.run(body, body)
    assert odoo.seen == ["set up", "served", "served", "served", "test", "torn down"] * 2


def test_the_set_up_of_a_class_may_ask(odoo):
    plain = odoo.HttpCase.setUpClass.__func__

    def set_up_class(cls):
        plain(cls)
        assert odoo.Opener().request()

    odoo.HttpCase.setUpClass = classmethod(set_up_class)
    odoo.run(lambda case: case.assertTrue(case.browser_js()))
    assert odoo.seen == ["served", "set up", "served", "torn down"]


def test_a_request_that_never_ends_fails_the_test(odoo, monkeypatch):
    monkeypatch.setattr(inside_requests, "SECONDS", 0.2)
    done = threading.Event()

    def body(case):
        stuck = odoo.request("stuck", lambda: done.wait(WAIT))
        assert held_back(stuck)
        with pytest.raises(inside_requests.StillRunning):
            case.browser_js()
        done.set()
        stuck.join(timeout=WAIT)

    odoo.HttpCase.browser_js = inside_requests._asking(lambda _case: held_back(odoo.threads[0]))
    odoo.run(body)


def test_only_who_holds_the_lock_gives_it_back():
    gate = inside_requests.Gate(Refused())
    gate.release()
    with pytest.raises(RuntimeError):
        gate.release()


def test_a_class_without_a_lock_stays_without(odoo):
    odoo.HttpCase.setUpClass = classmethod(lambda _cls: None)
    odoo.run(lambda _case: odoo.seen.append(odoo.registry.test_lock))
    assert odoo.seen == ["set up", None, "torn down"]


def test_a_series_that_refuses_late_requests_is_left_alone():
    odoo = Odoo()
    odoo.HttpCase.allow_requests = None
    plain = odoo.HttpCase.setUp
    inside_requests.hold_back(odoo, Refused())
    assert odoo.HttpCase.setUp is plain
