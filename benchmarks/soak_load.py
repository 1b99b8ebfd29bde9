"""A load of clients on a running server, in each of its states."""

import asyncio
import os
import random
import signal
import time
from contextlib import suppress

from . import rpc
from .soak_clients import Round

PING, KILL = 1.0, 4.0
WARM = 6


def loaded(make_seller, clients, seconds, think, beside=(), large=True):
    """Measure so many clients for so long; a Round.

    make_seller : called with a seed; think : mean seconds between the deeds of a client; beside :
    functions that return a coroutine to run meanwhile, called with the moment of its end; large :
    whether a large quotation is asked for now and then.
    """
    return asyncio.run(_loaded(make_seller, clients, seconds, think, beside, large))


async def _loaded(make_seller, clients, seconds, think, beside, large):
    measured = Round()
    until = time.monotonic() + seconds
    sellers = [make_seller(seed) for seed in range(clients)]
    others = [asyncio.create_task(start(until)) for start in beside]
    ping = asyncio.create_task(pinged(make_seller(clients), until, measured, large))
    await asyncio.gather(*(each.work(until, think, measured) for each in sellers))
    await asyncio.gather(ping, *others)
    return measured


async def pinged(seller, until, measured, large):
    """Ask for nothing, and now and then for suggestions of a large quotation, beside the others."""
    turn = 0
    while time.monotonic() < until:
        await seller.deed("nothing", seller.nothing, measured)
        if large and turn % 3 == 0 and not seller.plain:
            await seller.deed("large", seller.large, measured)
        turn += 1
        await asyncio.sleep(PING)


def warmed(make_seller):
    """Let both workers load what they answer with."""

    async def warm():
        sellers = [make_seller(-1 - number) for number in range(WARM)]
        await asyncio.gather(
            *(seller.work(time.monotonic() + 3, 0.1, Round()) for seller in sellers)
        )

    asyncio.run(warm())


def training(caller, count):
    """Ask for a training again as soon as one has ended. count : list that keeps its number."""

    async def ask(until):
        while time.monotonic() < until:
            domain = [("state", "in", ("pending", "running"))]
            with suppress(rpc.Broken):
                if not await caller.call("ai.training.run", "search_count", [domain]):
                    await caller.call("ai.training", "action_run_training")
                    count.append(1)
            await asyncio.sleep(1)

    return ask


def killing(process, count, seed=0):
    """kill -9 of a worker, any of them, every few seconds. process : of the server."""
    generator = random.Random(seed)  # noqa: S311 (any worker)

    async def kill(until):
        await asyncio.sleep(1)
        while time.monotonic() < until:
            workers = workers_of(process.pid)
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(generator.choice(workers), signal.SIGKILL)
                    count.append(1)
            await asyncio.sleep(KILL)

    return kill


def workers_of(number):
    """Processes that a server has forked, without the one of the long polling."""
    import psutil

    children = psutil.Process(number).children()
    return sorted(each.pid for each in children if "gevent" not in each.cmdline())
