"""Clients of `make soak`: each works, thinks and works again, and notes what it saved."""

import asyncio
import random
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from . import rpc
from .soak_mix import LINES, deeds

# What stands in for a deed where the addon is not there.
PLAIN = {"suggestions": "read", "sheet": "read_client", "dashboard": "report"}
WAIT, TRIES = 1.0, 20
# Of a deed that turned out to have been done by an earlier try.
UNTIMED = -1.0
SINCE = 90


@dataclass
class Round:
    """What was measured of some clients. seconds : {deed: [seconds]}; failures : {deed: count}."""

    seconds: dict = field(default_factory=lambda: defaultdict(list))
    failures: dict = field(default_factory=lambda: defaultdict(int))

    def add(self, other):
        for name, seconds in other.seconds.items():
            self.seconds[name] += seconds
        for name, count in other.failures.items():
            self.failures[name] += count


class Seller:
    """One client. caller : rpc.Caller; told : what soak_data.py printed; plain : without addon."""

    def __init__(self, caller, told, ledger, seed, plain=False):
        self.caller, self.told, self.ledger, self.plain = caller, told, ledger, plain
        self.random = random.Random(seed)  # noqa: S311 (of a load that is made)
        self.deeds = deeds(seed)
        self.mine, self.lines, self.unsure = [], {}, ""

    async def work(self, until, think, measured):
        """Do deeds until a moment of time.monotonic. think : mean seconds between them."""
        while time.monotonic() < until:
            name = next(self.deeds)
            if name != "create" and not self.mine:
                continue
            called = PLAIN.get(name, name) if self.plain else name
            await self.deed(name, getattr(self, called), measured)
            await asyncio.sleep(self.random.expovariate(1 / think) if think else 0)

    async def deed(self, name, do, measured):
        """Do it until it is answered, and keep how long the try took that was.

        do : returns the seconds of what counts, None for all, UNTIMED for none.
        """
        for _try in range(TRIES):
            try:
                started = time.perf_counter()
                seconds = await do()
                if seconds is None:
                    seconds = time.perf_counter() - started
                if seconds is not UNTIMED:
                    measured.seconds[name].append(seconds)
                return
            except rpc.Broken:
                measured.failures[name] += 1
                await asyncio.sleep(WAIT)
            except rpc.Refused as error:
                measured.failures[name] += 1
                print(f"  {name}: {error!s:.200}", flush=True)
                return

    async def create(self):
        """A quotation of five lines. Where no answer came, it is looked for before the next try."""
        if self.unsure:
            domain = [("client_order_ref", "=", self.unsure)]
            found = await self.caller.call("sale.order", "search", [domain])
            if found:
                self._keep(self.unsure, found[0])
                return UNTIMED
        self.unsure = mark = self.unsure or str(uuid.uuid4())
        self.ledger.sent.add(mark)
        vals = {
            "partner_id": self.random.choice(self.told["partners"]),
            "client_order_ref": mark,
            "order_line": [
                (0, 0, {"product_id": product, "product_uom_qty": 2})
                for product in self.random.sample(self.told["products"], LINES)
            ],
        }
        started = time.perf_counter()
        number = await self.caller.call("sale.order", "create", [vals])
        seconds = time.perf_counter() - started
        self._keep(mark, number)
        return seconds

    def _keep(self, mark, number):
        self.ledger.saved[mark] = number
        self.mine.append(number)
        self.unsure = ""

    async def write(self):
        """Another quantity on a line of an own quotation."""
        number, mark = self.random.choice(self.mine), str(uuid.uuid4())
        if number not in self.lines:
            found = await self.caller.call("sale.order", "read", [[number], ["order_line"]])
            self.lines[number] = found[0]["order_line"][0]
        quantity = {"product_uom_qty": self.random.randint(1, 9)}
        vals = {"origin": mark, "order_line": [(1, self.lines[number], quantity)]}
        started = time.perf_counter()
        try:
            await self.caller.call("sale.order", "write", [[number], vals])
        except (rpc.Broken, rpc.Refused):
            self.ledger.suspect(number, mark)
            raise
        self.ledger.confirm(number, mark)
        return time.perf_counter() - started

    async def suggestions(self):
        await self._suggested(self.random.choice(self.mine))

    async def large(self):
        """Suggestions of a quotation with many lines."""
        await self._suggested(self.told["large"])

    async def _suggested(self, number):
        found = await self.caller.call("sale.order", "read", [[number], ["ai_suggestions"]])
        if not found[0]["ai_suggestions"]["items"]:
            raise rpc.Refused(f"no suggestions: {found[0]['ai_suggestions']['status']}")

    async def sheet(self):
        await self.caller.call("res.partner", "get_client_sheet", [[self._partner()]])

    async def dashboard(self):
        await self.caller.call("ai.kpi.reader", "get_figures", [{"days": SINCE}])

    async def nothing(self):
        """A method that looks at no record."""
        await self.caller.call("sale.order", "exists", [[]])

    # Without the addon: what a seller would look at instead.

    async def read(self):
        await self._read(self.random.choice(self.mine))

    async def _read(self, number):
        await self.caller.call("sale.order", "read", [[number], ["name", "amount_total"]])

    async def read_client(self):
        fields = ["name", "email", "sale_order_count"]
        await self.caller.call("res.partner", "read", [[self._partner()], fields])

    async def report(self):
        asked = [[], ["price_subtotal:sum"], ["date:month"]]
        await self.caller.call("sale.report", "read_group", asked)

    def _partner(self):
        return self.random.choice(self.told["partners"])
