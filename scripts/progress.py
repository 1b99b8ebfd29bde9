"""How far a long step is: a bar on a terminal, else a line now and then. Standard library only."""

import sys
import time

from workspace import say

WIDTH = 24
# Seconds between two pictures of a bar, and between two lines where no terminal redraws them.
REDRAWN = 0.2
REPEATED = 10
# The first seconds say too little about the time that is left.
EARLIEST = 2


class Progress:
    """Says what is done: `progress("reading")`, or `progress("orders", 200, 2600)` with a total.

    A new step ends the one before. Where a step with a total is broken off, its last state stays on
    the screen.
    """

    def __init__(self, stream=None, clock=time.monotonic):
        self._stream = stream or sys.stdout
        self._clock = clock
        self._what = None

    def __call__(self, what, done=None, total=None):
        if done is None:
            self.close()
            say(what)
            return
        if what != self._what:
            self.close()
            self._begin(what, done)
        self._done, self._total = done, total
        if self._is_due():
            self._draw()
        if done >= total:
            self.close()

    def close(self, complete=False):
        """End the step that is shown, if any, with its last count or the whole one."""
        if self._what is None:
            return
        if complete:
            self._done = self._total
        self._draw(last=True)
        self._what = None

    def _begin(self, what, done):
        self._what = what
        self._start, self._first = self._clock(), done
        # A terminal shows the bar at once; elsewhere a short step says one line, its last.
        self._shown = float("-inf") if self._stream.isatty() else self._start

    def _is_due(self):
        pause = REDRAWN if self._stream.isatty() else REPEATED
        return self._done < self._total and self._clock() - self._shown >= pause

    def _draw(self, last=False):
        self._shown = self._clock()
        text = f"{self._what}: {self._done} of {self._total}{self._time(last)}"
        if not self._stream.isatty():
            self._stream.write(f"» {text}\n")
        else:
            filled = WIDTH * min(self._done, self._total) // max(self._total, 1)
            bar = "█" * filled + "░" * (WIDTH - filled)
            # The rest of a longer line before is erased.
            self._stream.write(f"\r» {bar} {text}\033[K" + ("\n" if last else ""))
        self._stream.flush()

    def _time(self, last):
        """What it took, or is likely to take still, in words."""
        passed = self._clock() - self._start
        if last:
            return f", {in_time(passed)}" if passed >= 1 else ""
        counted = self._done - self._first
        if not counted or passed < EARLIEST:
            return ""
        return f", {in_time(passed / counted * (self._total - self._done))} left"


def in_time(seconds):
    """A duration as people say it: "8 s", "2 min 5 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
