"""A test of Odoo 17 runs alone but for the requests that it waits for."""

import threading
import types
import unittest

import inside_requests
import pytest


def common_of(lock, seen):
    """As odoo.tests.common of Odoo 17; its browser asks the server, which takes the lock."""

    def serve():
        with lock:
            seen.append("served")

    class HttpCase(unittest.TestCase):
        registry = types.SimpleNamespace(test_lock=lock)

        def setUp(self):
            seen.append("set up")

        def browser_js(self):
            thread = threading.Thread(target=serve)
            thread.start()
            thread.join(timeout=30)
            return not thread.is_alive()

    class Opener:
        cr = types.SimpleNamespace(flush=lambda: None, clear=lambda: None)
        request = HttpCase.browser_js

    class Transport(Opener):
        pass

    return types.SimpleNamespace(HttpCase=HttpCase, Opener=Opener, Transport=Transport)


@pytest.fixture
def lock():
    return threading.RLock()


@pytest.fixture
def seen():
    return []


def run(common, body):
    """Run one test with this body; raises what it raised."""
    case = type("Case", (common.HttpCase,), {"runTest": body})()
    result = unittest.TestResult()
    case.run(result)
    assert not result.errors
    assert not result.failures


def test_a_late_request_waits_until_the_test_asks_or_ends(lock, seen):
    common = common_of(lock, seen)
    inside_requests.hold_back(common)
    late = threading.Thread(target=lambda: (lock.acquire(), seen.append("late"), lock.release()))

    def body(_case):
        late.start()
        late.join(timeout=0.3)
        seen.append("test")

    run(common, body)
    late.join(timeout=30)
    assert seen == ["set up", "test", "late"]


def test_requests_that_the_test_waits_for_are_served(lock, seen):
    common = common_of(lock, seen)
    inside_requests.hold_back(common)

    def body(case):
        assert case.browser_js()
        assert common.Opener().request()
        assert common.Transport().request()
        seen.append("test")

    run(common, body)
    assert seen == ["set up", "served", "served", "served", "test"]
    assert lock.acquire(blocking=False)


def test_a_request_that_never_ends_fails_the_test(lock, seen, monkeypatch):
    monkeypatch.setattr(inside_requests, "SECONDS", 0.2)
    common = common_of(lock, seen)
    done = threading.Event()

    def stay():
        with lock:
            done.wait(30)

    def browser_js(_case):
        thread = threading.Thread(target=stay, daemon=True)
        thread.start()
        while lock.acquire(blocking=False):
            lock.release()

    common.HttpCase.browser_js = browser_js
    inside_requests.hold_back(common)

    def body(case):
        with pytest.raises(inside_requests.StillRunning):
            case.browser_js()
        done.set()

    run(common, body)


def test_a_series_that_refuses_late_requests_is_left_alone(lock, seen):
    common = common_of(lock, seen)
    common.HttpCase.allow_requests = None
    plain = common.HttpCase.setUp
    inside_requests.hold_back(common)
    assert common.HttpCase.setUp is plain
