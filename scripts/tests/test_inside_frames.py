"""Frames in one piece: no depth at which each call asks the operating system for memory."""

import resource
import threading

import pytest
from inside_frames import give_threads_room, with_room

CALLS, DEEPEST = 200, 600


def faults():
    """Pages of memory that this process was given so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def leaf(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8):
    """A larger frame than those below it: not all borders would be met with a smaller one."""
    return a, b, c, d, e, f, g, h


def faults_at(depth):
    """Pages that so many calls of a function take, called from this depth."""
    if depth:
        return faults_at(depth - 1)
    before = faults()
    for _call in range(CALLS):
        leaf()
    return faults() - before


def worst(function):
    return max(function(depth) for depth in range(DEEPEST))


def test_with_room_no_depth_takes_memory_with_each_call():
    if worst(faults_at) < CALLS:
        pytest.skip("This Python keeps a piece of frames by itself.")
    assert worst(with_room(faults_at)) < CALLS / 10


def test_arguments_and_errors_pass():
    assert with_room(divmod)(7, 2) == (3, 1)
    assert with_room(lambda *given, **named: (given, named))(1, two=2) == ((1,), {"two": 2})
    with pytest.raises(ZeroDivisionError):
        with_room(divmod)(1, 0)


def test_threads_have_room(monkeypatch):
    monkeypatch.setattr(threading.Thread, "run", threading.Thread.run)
    give_threads_room()
    found = []
    thread = threading.Thread(target=lambda: found.append(worst(faults_at)))
    thread.start()
    thread.join()
    assert found[0] < CALLS / 10
