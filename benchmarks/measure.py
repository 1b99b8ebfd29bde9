"""Each measurement in a process of its own: time as the median of runs, memory as the peak.

`python -m benchmarks.measure MODULE FUNCTION ARGUMENT…` calls the function, which returns
(callable, times to run it), and prints one line of JSON. One BLAS thread, as in Odoo's workers.
"""

import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Measured:
    """Seconds (median), peak memory in MB beyond what was there before, and what it found."""

    seconds: float
    megabytes: float
    result: object
    failure: str = ""


def measured(module, function, *arguments, limit_gb=0, threads=1):
    """Measure in a process of its own. limit_gb : float, address space; 0 for no limit."""
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.measure", module, function, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            **dict.fromkeys(THREADS, str(threads)),
            "BENCH_LIMIT_GB": str(limit_gb),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        lines = process.stderr.strip().splitlines() or ["killed"]
        reason = "cannot allocate" if "MemoryError" in lines[-1] else lines[-1][:60]
        return Measured(float("nan"), float("nan"), None, reason)
    return Measured(**json.loads(process.stdout.splitlines()[-1]))


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
    module, function, *arguments = sys.argv[1:]
    work, times = getattr(importlib.import_module(module), function)(*arguments)
    limit = int(float(os.environ["BENCH_LIMIT_GB"]) * 1024**3)
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    forget_peak()
    before, seconds, result = memory("VmRSS"), [], None
    for _turn in range(times):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "seconds": statistics.median(seconds),
                "megabytes": memory("VmHWM") - before,
                "result": result,
            }
        )
    )


if __name__ == "__main__":
    main()
