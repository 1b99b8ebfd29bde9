"""Processes side by side: each writes into a log of its own, and all of them end with us."""

import subprocess
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager

from logged import whole_lines
from odoo_server import stop


class Stopped(Exception):
    """The run is being ended: no further process may be started."""


class Crew:
    """Starts processes from several threads, and stops them all where one of these fails."""

    def __init__(self):
        self._processes = set()
        self._stopping = False
        self._lock = threading.Lock()
        self._terminal = threading.Lock()

    def show(self, lines):
        """Print lines of one process together: no other process writes between them."""
        if lines:
            with self._terminal:
                print("\n".join(lines), flush=True)

    def check(self):
        """Raise Stopped where the run is being ended."""
        if self._stopping:
            raise Stopped

    @contextmanager
    def process(self, command, **options):
        """A process in a session of its own, stopped at the end of the block if it still runs."""
        with self._lock:
            self.check()
            process = subprocess.Popen(command, start_new_session=True, **options)
            self._processes.add(process)
        try:
            yield process
        finally:
            stop(process)
            if process.stdout:
                process.stdout.close()
            with self._lock:
                self._processes.discard(process)

    def follow(self, command, log, watch, seconds=None, **options):
        """Run a process to its end and return its exit code.

        log : path that everything it writes goes to; watch : called with lists of whole lines as
        they come, returns those to show; seconds : after which it is killed, for a process that
        waits for ever would hold up the whole run.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        with (
            log.open("wb") as file,
            self.process(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
            ) as process,
            self._limited(process, log, seconds),
        ):
            for lines in whole_lines(process, file):
                self.show(watch(lines))
            return process.wait()

    @contextmanager
    def _limited(self, process, log, seconds):
        def give_up():
            self.show([f"! Given up after {seconds} seconds; see {log}"])
            stop(process)

        timer = threading.Timer(seconds, give_up) if seconds else None
        if timer:
            timer.start()
        try:
            yield
        finally:
            if timer:
                timer.cancel()

    def run(self, *tasks):
        """Call functions side by side, each in a thread, and return their results in order.

        The first one that raises, or a signal to stop, ends the processes of all.
        """
        with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
            futures = [pool.submit(task) for task in tasks]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
                self._raise_first(futures)
            except BaseException:
                self._stop_all()
                raise
            return [future.result() for future in futures]

    @staticmethod
    def _raise_first(futures):
        for future in futures:
            if future.done() and future.exception():
                raise future.exception()

    def _stop_all(self):
        with self._lock:
            self._stopping = True
            running = list(self._processes)
        stop(*running)
