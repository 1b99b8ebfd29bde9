"""A running server as :mod:`benchmarks.coupons` asks it, and processes inside Odoo beside it."""

import asyncio
import json
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import rpc


@dataclass(frozen=True)
class Site:
    """host, port : of the server; command : what runs a deed inside Odoo, without its name;
    environ : dict; told : what ``fill`` tells; helper : of ``helping``."""

    host: str
    port: int
    command: tuple
    environ: dict
    told: dict
    helper: subprocess.Popen

    def start(self, deed, **given):
        """A process that does a deed inside Odoo."""
        return subprocess.Popen(
            [*self.command, deed, json.dumps(given)],
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, deed, **given):
        """What a deed tells, done by the helper. RuntimeError where it fails."""
        self.helper.stdin.write(json.dumps([deed, given]) + "\n")
        self.helper.stdin.flush()
        line = self.helper.stdout.readline()
        if not line:
            raise RuntimeError(f"The process inside Odoo ended with {self.helper.wait()}.")
        return json.loads(line)

    def ask(self, questions):
        """Answers to questions that are asked at once: (operator, method, arguments)."""
        return rpc.now(self._ask(questions))

    async def _ask(self, questions):
        return await asyncio.gather(*(self._asked(*question) for question in questions))

    def _asked(self, operator, method, arguments):
        login = (self.told["database"], operator["id"], operator["key"])
        caller = rpc.Caller(self.host, self.port, login)
        return caller.call("ai.coupon", method, list(arguments), context=self._context())

    def _context(self):
        return {"allowed_company_ids": [self.told["company"]]}


@contextmanager
def helping(command, environ):
    """A process inside Odoo that does what it is asked for: to start one takes seconds."""
    with subprocess.Popen(
        command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.stdin.close()


def ended(process):
    told = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(f"A process inside Odoo ended with {process.returncode}.")
    return json.loads(told.splitlines()[-1])
