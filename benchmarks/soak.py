"""Clients on two servers, one without the addon, in five states that take turns: `make soak`."""

import subprocess
import time
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from . import rpc
from .rule_watch import watching
from .soak_clients import Round, Seller
from .soak_figures import COMPARED, STATES, cells_of
from .soak_load import killing, loaded, training, warmed
from .soak_mix import Ledger

QUESTION = "SELECT id, client_order_ref, origin FROM sale_order WHERE client_order_ref = ANY(%s)"


@dataclass(frozen=True)
class Side:
    """A server. told : what soak_data.py printed; connect : opens a connection to its database;
    command, environ : of a process inside Odoo; process : of the server."""

    host: str
    port: int
    database: str
    told: dict
    connect: Any
    command: tuple
    environ: dict
    process: Any

    def caller(self):
        login = (self.database, self.told["user"], self.told["password"])
        return rpc.Caller(self.host, self.port, login)

    def sellers(self, ledger, plain):
        """What makes a Seller for a seed."""
        return lambda seed: Seller(self.caller(), self.told, ledger, seed, plain)


# How often the fewest clients take turns in the states that are compared.
TURNS = 3


@dataclass(frozen=True)
class Plan:
    """clients : numbers of them; total : seconds of all loads together; rounds : how often all is
    done; think : mean seconds between the deeds of a client."""

    clients: tuple
    total: float
    rounds: int
    think: float

    def __len__(self):
        return len(self.loads())

    @property
    def seconds(self):
        """Of each load."""
        return self.total / len(self)

    def loads(self):
        """(state, clients), neighbours in time differ in state."""
        return [
            (state, count)
            for _round in range(self.rounds)
            for count in self.clients
            for state in COMPARED * (TURNS - 1 if self.compares(count) else 0) + STATES
        ]

    def compares(self, count):
        """Whether saving is compared with so many clients: with the fewest, and nothing else may
        be asked of one side alone meanwhile."""
        return len(self.clients) > 1 and count == min(self.clients)


@dataclass
class Measured:
    """rounds : {(state, clients): Round}; saved : {state: Counter of what was reconciled}."""

    rounds: dict = field(default_factory=dict)
    saved: dict = field(default_factory=dict)

    def cells(self):
        by_place = sorted(self.rounds, key=lambda place: (STATES.index(place[0]), place[1]))
        return [cell for place in by_place for cell in cells_of(*place, self.rounds[place])]


def run(plain, full, plan, told=lambda _words: None):
    """Measured, of both sides. told : called with words on each load."""
    measured = Measured()
    warmed(plain.sellers(Ledger(), True))
    warmed(full.sellers(Ledger(), False))
    with publisher(full) as process:
        for number, (state, clients) in enumerate(plan.loads()):
            told(f"{number + 1} of {len(plan)}: {state}, {clients} clients")
            side = plain if state == "without" else full
            one, figures = of_state(side, state, clients, plan, process)
            measured.rounds.setdefault((state, clients), Round()).add(one)
            measured.saved.setdefault(state, Counter()).update(figures)
    return measured


def of_state(side, state, clients, plan, process):
    """(Round, figures) of one load in one state."""
    ledger = Ledger()
    sellers = side.sellers(ledger, state == "without")
    with besides(side, state, process) as (beside, count), read(side, state) as watch:
        large = not plan.compares(clients)
        one = loaded(sellers, clients, plan.seconds, plan.think, beside, large)
    figures = reconciled(side, ledger)
    if watch:
        figures.update(reads=watch.reads, empty=watch.empty, mixed=watch.mixed)
    figures["beside"] = sum(count)
    return one, figures


@contextmanager
def read(side, state):
    """Watch the rules where somebody writes them; yields a Watch, or None."""
    if state in COMPARED:
        yield None
        return
    with watching(side.connect, side.told["company"]) as watch:
        yield watch


@contextmanager
def besides(side, state, process):
    """What happens beside the clients; yields (functions for ``loaded``, list of its counts).

    process : of ``publisher``.
    """
    count = []
    if state == "training":
        yield (training(side.caller(), count),), count
        settle(side)
    elif state == "killed":
        yield (killing(side.process, count),), count
    elif state == "publishing":
        say_to(process, "go")
        yield (), count
        say_to(process, "stop")
        count.append(int(process.stdout.readline()))
    else:
        yield (), count


def settle(side):
    """Forget what waits for its turn, and wait for what is under way: the next state is another."""
    with closing(side.connect()) as connection, connection.cursor() as cursor:
        while True:
            cursor.execute("UPDATE ai_training_run SET state = 'failed' WHERE state = 'pending'")
            cursor.execute("SELECT count(*) FROM ai_training_run WHERE state = 'running'")
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.5)


@contextmanager
def publisher(side):
    """A process beside the server that has learned rules, and publishes them when it is told to."""
    command = [*side.command, "publish", str(side.told["company"])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=side.environ, **pipes) as process:
        try:
            if process.stdout.readline().strip() != "ready":
                raise RuntimeError("Nothing could be published; see above.")
            yield process
        finally:
            process.stdin.close()


def say_to(process, word):
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def reconciled(side, ledger):
    """What of a ledger is in the database."""
    with closing(side.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(QUESTION, [list(ledger.sent)])
        return ledger.reconciled(cursor.fetchall())
