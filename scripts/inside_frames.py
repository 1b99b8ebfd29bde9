"""Python's frames of a thread in one piece of memory.

CPython keeps frames in pieces of 16 KB, asks the operating system for each anew, and gives it back
with the last frame in it. A loop at the border of two of them does so with every call, and Odoo
calls deep enough to meet several. How many frames stand below a request decides by up to 40 % how
long it takes, so that a module that adds one seems to cost what it does not. Python 3.13 and later
keep a piece since March 2026: https://github.com/python/cpython/issues/142183.
"""

import threading

# Words of a frame that nothing is ever written to: half of a piece of half a megabyte, or of a
# larger one. The other half is left to the frames above it.
ROOM = 2**15 + 1


def with_room(function):
    """A function that calls another one, with the frames of both in one piece."""

    def roomy(*arguments, **options):
        return function(*arguments, **options)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=ROOM)
    return roomy


def give_threads_room():
    """Let each thread that is started from now on have its frames in one piece."""
    threading.Thread.run = with_room(threading.Thread.run)
