"""What Odoo's loader finds is what workers run: each test once, however its class fares."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import types
import unittest

import inside_tests
import pytest
from dispatch import Dispatcher


class Result(unittest.TestResult):
    """As Odoo's, which also knows of tests that it will try again."""

    _soft_fail = False

    def addSubTest(self, test, subtest, err):  # noqa: ARG002 — unittest's signature
        if err is not None:
            self.addFailure(subtest, err)


class Plain(unittest.TestCase):
    __test__ = False  # not for pytest

    def test_good(self):
        pass

    def test_bad(self):
        self.fail()

    def test_left_out(self):
        self.skipTest("not here")

    def test_parts(self):
        for number in range(3):
            with self.subTest(number=number):
                self.assertEqual(number % 2, 0)


class BrokenSetUp(unittest.TestCase):
    __test__ = False  # not for pytest

    @classmethod
    def setUpClass(cls):
        raise ValueError

    def test_one(self):
        pass

    def test_two(self):
        pass


class SkippedSetUp(BrokenSetUp):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("no browser")


class BrokenTearDown(unittest.TestCase):
    __test__ = False  # not for pytest

    set_up = torn_down = 0

    @classmethod
    def setUpClass(cls):
        cls.set_up += 1

    @classmethod
    def tearDownClass(cls):
        cls.torn_down += 1
        raise ValueError

    def test_good(self):
        pass


class AtInstall(unittest.TestCase):
    __test__ = False  # not for pytest

    def test_good(self):
        pass


def a_loader():
    """As Odoo's: finds tests by module and position, and has the names that ours takes over."""

    def make_suite(modules, position):
        assert modules == ["shop"]
        at_install = (AtInstall,)
        classes = (Plain, BrokenSetUp, SkippedSetUp, BrokenTearDown, *at_install)
        found = at_install if position == "at_install" else classes
        load = unittest.TestLoader().loadTestsFromTestCase
        return unittest.TestSuite(test for one in found for test in load(one))

    return types.SimpleNamespace(
        make_suite=make_suite, OdooSuite=unittest.TestSuite, OdooTestResult=Result
    )


@pytest.fixture
def run_workers():
    """Run a number of workers at once, and return the dispatcher that they asked."""

    def run(count):
        dispatcher = Dispatcher({})
        barrier = threading.Barrier(count, timeout=60)

        def worker(number):
            ours, theirs = socket.socketpair()
            with ours, ours.makefile() as lines:
                send = lambda text: ours.sendall(text.encode())  # noqa: E731
                arguments = (f"worker-{number}", lines, send)
                service = threading.Thread(target=dispatcher.serve, args=arguments)
                service.start()
                loader = a_loader()
                channel = inside_tests.Channel(theirs.detach())
                ends = []
                inside_tests.hand_over(loader, "shop", channel, at_end=lambda: ends.append(1))
                suite = loader.make_suite(["base", "shop"], "post_install")
                barrier.wait()
                suite.run(loader.OdooTestResult())
                assert ends == [1], "an end without a deadline"
                channel.close()
                service.join()

        threads = [threading.Thread(target=worker, args=(n,)) for n in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return dispatcher

    BrokenTearDown.set_up = BrokenTearDown.torn_down = 0
    return run


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_the_loader_finds_is_run_once_by_all_workers_together(run_workers, count):
    dispatcher = run_workers(count)
    found = {test for tests in dispatcher.found.values() for test in tests}
    assert {name.rpartition(".")[2] for name in dispatcher.found} == {
        "Plain",
        "BrokenSetUp",
        "SkippedSetUp",
        "BrokenTearDown",
        "AtInstall",
    }
    ran = [test for one in dispatcher.ended.values() for test in one.tests]
    assert found <= set(ran)
    assert len(ran) == len(set(ran))
    assert (BrokenTearDown.set_up, BrokenTearDown.torn_down) == (1, 1)
    codes = {f"worker-{number}": 1 for number in range(count)}
    assert dispatcher.outcome(codes).problems == []


def test_a_class_counts_whole_whatever_its_set_up_does(run_workers):
    ended = run_workers(1).ended
    counts = {
        name.rpartition(".")[2]: tuple(map(one.count, ("passed", "failed", "skipped")))
        for name, one in ended.items()
    }
    assert counts == {
        "Plain": (1, 2, 1),
        "BrokenSetUp": (0, 2, 0),
        "SkippedSetUp": (0, 0, 2),
        "BrokenTearDown": (1, 1, 0),
        "AtInstall": (1, 0, 0),
    }
    reasons = {reason for one in ended.values() for reason in one.reasons.values()}
    assert reasons == {"not here", "no browser"}


def test_a_failure_that_odoo_tries_again_does_not_count():
    result = inside_tests.recording(Result)()
    test = Plain("test_good")
    result.startTest(test)
    result._soft_fail = True
    result.addFailure(test, (None, None, None))
    assert result.outcomes == {test.id(): "passed"}


def test_nothing_runs_while_odoo_still_loads_modules():
    loader = a_loader()
    inside_tests.hand_over(loader, "shop", channel=None)
    assert loader.make_suite(["shop"], "at_install").countTestCases() == 0


def test_a_class_that_waits_for_ever_is_given_up_and_says_where_it_stands(tmp_path):
    """A process of its own, with a child, as Odoo with a browser: both are to end."""
    script = tmp_path / "stuck.py"
    script.write_text(
        "import subprocess, sys, threading, inside_tests\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "def never_ends():\n"
        "    threading.Event().wait()\n"
        "with inside_tests.deadline('TestStuck', 0.5, inside_tests.end_session):\n"
        "    never_ends()\n"
    )
    ended = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(inside_tests.__file__).rpartition(os.sep)[0]},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # read to its end, so that a child left alive fails the test
        start_new_session=True,
        timeout=60,
        text=True,
    )
    assert ended.returncode == -signal.SIGKILL
    assert "TestStuck is given up: not done after 0.5 seconds" in ended.stdout
    assert "in never_ends" in ended.stdout


def test_a_class_that_is_done_in_time_is_left_alone():
    ends = []
    with inside_tests.deadline("TestQuick", 0.05, lambda: ends.append(1)):
        pass
    time.sleep(0.2)
    assert not ends
