"""Independent parts of a fit, a back-test or a simulation: one after the other, or side by side.

Without an engine ``each`` is a loop: nothing starts, nothing is held that the loop would not hold.
Within ``using`` the parts go through joblib, to its processes or to a Dask cluster. Each part
carries all that it needs, and none knows of the others, so that results are the same bit for bit
whoever computes them, on processors of one kind and the same versions of the libraries.

An engine may fail in the middle. What it has not answered is then computed here, and so is the rest
of the run: ``Engine.lost`` says why. A part that fails elsewhere fails here once more, where its
error can be read.
"""

import importlib
import sys
import tempfile
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from pathlib import Path

from . import wire

# Parts under way for each that is worked on: what waits is small, what idles is a worker.
AHEAD = 2
# An engine that gives no answer for so long has lost its workers. Odoo ends a cron job at 120.
PATIENCE_SECONDS = 60
# In place of (name of a package, packed result).
NOTHING = ("", None)

_engine = ContextVar("engine", default=None)


class Engine:
    """Parts on a backend of joblib.

    options : of ``joblib.parallel_config``, ``backend`` among them. lost : str, why the engine is
    no longer used, empty while it is. parts : int, how many it has answered.
    """

    def __init__(self, answer, **options):
        self.answer = answer
        self.options = options
        self.lost = ""
        self.parts = 0

    def width(self):
        """How many parts are handed over at a time; 1 for an engine that is lost."""
        import joblib

        if self.lost:
            return 1
        try:
            with joblib.parallel_config(**self.options):
                workers = joblib.effective_n_jobs(self.options.get("n_jobs", -1))
        except Exception as error:
            return self._lose(f"{type(error).__name__}: {error}")
        return AHEAD * workers or self._lose("no worker")

    def results(self, function, tasks):
        """List of function(*task)."""
        answers = [NOTHING] * len(tasks) if self.lost else self._answers(function, tasks)
        return [
            wire.called(function, task) if content is None else wire.unpacked(content, package)
            for task, (package, content) in zip(tasks, answers, strict=True)
        ]

    def _answers(self, function, tasks):
        import joblib

        # As bytes, which joblib hands on with the call: a copy of its own for the workers would be
        # lost with the worker that holds it.
        calls = [
            joblib.delayed(self.answer)(wire.PACKAGE, wire.packed((function, task)))
            for task in tasks
        ]
        try:
            with joblib.parallel_config(**self.options):
                found = joblib.Parallel(batch_size=1, timeout=PATIENCE_SECONDS)(calls)
        except Exception as error:
            # Errors of the parts come back as answers: this one is the engine's.
            self._lose(f"{type(error).__name__}: {error}")
            return [NOTHING] * len(tasks)
        self.parts += len(found)
        return found

    def _lose(self, reason):
        self.lost = reason
        return 1


def each(function, tasks):
    """Yield function(*task) in the order of the tasks.

    function : of a module of this package; tasks : iterable of tuples of what can be pickled. It is
    read in the caller's thread, a few ahead of what is yielded; without an engine one at a time.
    """
    engine = _engine.get()
    if engine is None:
        for task in tasks:
            yield wire.called(function, task)
        return
    tasks = iter(tasks)
    while batch := list(islice(tasks, engine.width())):
        yield from engine.results(function, batch)


def at_once():
    """How many parts are worth preparing together: 1 without an engine."""
    engine = _engine.get()
    return engine.width() if engine else 1


@contextmanager
def using(engine):
    """Hand the parts of ``each`` in this thread to an Engine, to the end of the block."""
    token = _engine.set(engine)
    try:
        yield engine
    finally:
        _engine.reset(token)


@contextmanager
def processes(count):
    """Engine of processes on this machine."""
    with shipped() as (_file, there):
        yield Engine(there.answer, backend="loky", n_jobs=count)


@contextmanager
def shipped():
    """(Path of the archive of this package, the module ``wire`` in it), to the end of the block."""
    name, content = wire.archive()
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        file = Path(folder, f"{name}.zip")
        file.write_bytes(content)
        # Processes that joblib starts look for modules where this one does.
        sys.path.append(str(file))
        try:
            yield file, importlib.import_module(f"{name}.core.wire")
        finally:
            sys.path.remove(str(file))
