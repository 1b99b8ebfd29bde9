"""Each way in a process of its own, all of them in turns: seconds of each run, memory as the peak.

`python -m benchmarks.measure MODULE FUNCTION ARGUMENT…` calls the function, which returns
(callable, times to run it). It writes lines of JSON: how often it wants to run; then for each line
that it reads the seconds of a run; and at the end of its input memory and result. One BLAS thread,
as in Odoo's workers.
"""

import importlib
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .turns import Turns, is_due

ROOT = Path(__file__).resolve().parent.parent
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Measured:
    """Seconds of the runs, peak memory in MB beyond what was there before, and what it found."""

    turns: Turns | None
    megabytes: float
    result: object
    failure: str = ""

    @property
    def seconds(self):
        """The median."""
        return self.turns.median if self.turns else math.nan


class Failed(Exception):
    """A way ended before it was done; the message says why."""


def measured(module, function, *arguments, threads=1):
    """Measure one way."""
    return compared(module, {function: (function, *arguments)}, threads=threads)[function]


def compared(module, ways, limits_gb=None, threads=1):
    """Measure ways in turns. One that fails does so alone.

    ways : {name: (function of the module, argument, …)}; limits_gb : {name: address space}, without
    one no limit. Returns {name: Measured}.
    """
    limits = limits_gb or {}
    with ExitStack() as stack:
        running = {
            name: stack.enter_context(_started(module, way, limits.get(name, 0), threads))
            for name, way in ways.items()
        }
        for one in running.values():  # all have made their data before the first run
            one.wait_until_ready()
        rounds = max(one.runs for one in running.values())
        for number in range(rounds):
            for one in running.values():
                if is_due(number, one.runs, rounds):
                    one.run(number)
        return {name: one.measured() for name, one in running.items()}


@contextmanager
def _started(module, way, limit_gb, threads):
    """A _Way in a process that ends with the block."""
    environ = {
        **os.environ,
        **dict.fromkeys(THREADS, str(threads)),
        "BENCH_LIMIT_GB": str(limit_gb),
    }
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.measure", module, *way],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            yield _Way(process, errors)
        finally:
            process.kill()


class _Way:
    """A way that waits in its process for its turns."""

    def __init__(self, process, errors):
        self.runs = 0
        self._seconds = {}
        self._failure = ""
        self._process = process
        self._errors = errors

    def wait_until_ready(self):
        try:
            self.runs = self._answer()["runs"]
        except Failed as failed:
            self._failure = str(failed)

    def run(self, number):
        """Let it run once, in a round."""
        if self._failure:
            return
        try:
            self._process.stdin.write("run\n")
            self._process.stdin.flush()
            self._seconds[number] = self._answer()["seconds"]
        except Failed as failed:
            self._failure = str(failed)

    def measured(self):
        """What came of all runs."""
        try:
            if not self._failure:
                self._process.stdin.close()
                return Measured(
                    Turns(tuple(self._seconds), tuple(self._seconds.values())), **self._answer()
                )
        except Failed as failed:
            self._failure = str(failed)
        return Measured(None, math.nan, None, self._failure)

    def _answer(self):
        line = self._process.stdout.readline()
        if line:
            return json.loads(line)
        self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().strip().splitlines() or ["killed"]
        raise Failed("cannot allocate" if "MemoryError" in lines[-1] else lines[-1][:60])


def forget_peak():
    """Let the peak start again from what is held now; making the data may have taken more."""
    Path("/proc/self/clear_refs").write_text("5")


def memory(name):
    """A figure of the process in MB: VmRSS for what is held, VmHWM for the peak."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"/proc/self/status has no {name}: memory is measured on Linux only.")


def main():
    # What the ways print is not an answer.
    answers, sys.stdout = sys.stdout, sys.stderr

    def answer(**values):
        print(json.dumps(values), file=answers, flush=True)

    module, function, *arguments = sys.argv[1:]
    work, times = getattr(importlib.import_module(module), function)(*arguments)
    limit = int(float(os.environ["BENCH_LIMIT_GB"]) * 1024**3)
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    forget_peak()
    before, result = memory("VmRSS"), None
    answer(runs=times)
    for _line in sys.stdin:
        start = time.perf_counter()
        result = work()
        answer(seconds=time.perf_counter() - start)
    answer(megabytes=memory("VmHWM") - before, result=result)


if __name__ == "__main__":
    main()
