"""A Dask cluster on this machine for tests, demonstration and benchmarks: scheduler and workers in
processes of their own that know nothing of this checkout."""

import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager

SCHEDULER = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
WORKER = ["--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]


@contextmanager
def cluster(folder, workers=2, protocol="tcp"):
    """(address, [Popen of each worker]), to the end of the block. folder : Path that is theirs;
    protocol : tls takes the certificates of Dask's own configuration.

    Raises RuntimeError with what a process said where it does not come up.
    """
    processes = []
    try:
        scheduler = _start(folder, "scheduler", *SCHEDULER, "--protocol", protocol)
        processes.append(scheduler)
        address = _said(scheduler, r"Scheduler at: +(\S+)")
        running = [_start(folder, "worker", address, *WORKER) for _ in range(workers)]
        processes += running
        for worker in running:
            _said(worker, r"Registered to: +(\S+)")
        yield address, running
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()
            process.stderr.close()


def _start(folder, role, *arguments):
    """A process of Dask. Its local files are below the folder."""
    environ = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments],
        cwd=folder,
        env=environ | {"DASK_TEMPORARY_DIRECTORY": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
    )


def _said(process, pattern):
    """The group of a pattern in the first line with it; what follows is read and forgotten."""
    lines = []
    for line in process.stderr:
        lines.append(line)
        found = re.search(pattern, line)
        if found:
            # On a handle of its own: a full pipe would stop the process.
            rest = os.fdopen(os.dup(process.stderr.fileno()), "rb")
            threading.Thread(target=_forget, args=(rest,), daemon=True).start()
            return found[1]
    raise RuntimeError("".join(lines))


def _forget(stream):
    with stream:
        while stream.read(65536):
            pass
