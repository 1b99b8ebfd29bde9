"""How fast a real server answers the API: alone, and many at once, beside Odoo's own RPC.

The server runs with two workers; each request is a connection of its own, as other systems make
them. What Odoo's RPC is asked for is revenue by day, of ``sale.report``, which leaves refunds out.
"""

import asyncio
import http.client
import json
import time
from datetime import date, timedelta

from .table import FAILED, gate, row, seconds, title
from .turns import in_turns, spread, times

ROOT = "/smart_recommender/api/v1"
STORED = "kpi/metric/revenue?days=90"
STORED_MS, LIVE_MS, PER_SECOND = 10, 500, 150
TURNS = {"": 40, "quick": 20, "smoke": 2}
AT_ONCE = (50, 100)
REQUESTS = {"": 1500, "quick": 600, "smoke": 100}


class Client:
    """Requests to one server. told : what :mod:`benchmarks.api_data` prints."""

    def __init__(self, host, port, told):
        self.host, self.port, self.told = host, port, told

    def get(self, path, key):
        """Data of a route; RuntimeError where it is refused."""
        headers = {"Authorization": f"Bearer {self.told[key]}"}
        return self._ask("GET", f"{ROOT}/{path}", headers=headers)

    def read_group(self):
        """Revenue by day of 90 days, over Odoo's RPC."""
        since = str(date.today() - timedelta(days=90))
        domain = [["date", ">=", since], ["company_id", "=", self.told["company"]]]
        login = [self.told["database"], self.told["manager"], self.told["odoo_key"]]
        call = [
            *login,
            "sale.report",
            "read_group",
            [domain, ["price_subtotal:sum"], ["date:day"]],
            {"lazy": False},
        ]
        sent = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {"service": "object", "method": "execute_kw", "args": call},
        }
        headers = {"Content-Type": "application/json"}
        found = self._ask("POST", "/jsonrpc", json.dumps(sent), headers)
        if "error" in found:
            raise RuntimeError(found["error"])
        return found["result"]

    def _ask(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {text[:200]}")
        return json.loads(text)


def run(client, size=""):
    """Measure a server that runs; returns the names of missed targets, none of the least size."""
    title("The API, requests one by one")
    ways = {
        "stored": lambda: client.get(STORED, "manager_key"),
        "all stored": lambda: client.get("kpi/metrics?days=90", "manager_key"),
        "live": lambda: client.get(STORED, "seller_key"),
        "trends": lambda: client.get("dashboard/sales_trends?days=90", "manager_key"),
        "read_group": client.read_group,
    }
    same(client)
    for _worker in range(6):
        for ask in ways.values():
            ask()
    found = in_turns(ways, TURNS[size])
    row("one stored indicator, 90 days", seconds(found["stored"].median))
    row("all 36 with their changes", seconds(found["all stored"].median))
    row("one live indicator, 90 days", seconds(found["live"].median))
    row("sales by day, live", seconds(found["trends"].median))
    row("Odoo's read_group, 90 days", seconds(found["read_group"].median))
    gate("ms of a stored indicator", 1e3 * found["stored"].spread, STORED_MS, at_least=False)
    gate("ms of a live indicator", 1e3 * found["live"].spread, LIVE_MS, at_least=False)
    gate("read_group over stored", times(found["read_group"], found["stored"]), 1)
    for threads in AT_ONCE:
        at_once(client, threads, REQUESTS[size])
    return FAILED if size != "smoke" else []


def same(client):
    """Both ways count the same sales, or the comparison would say nothing."""
    ours = client.get("kpi/metric/revenue?days=90&limit=90", "manager_key")["figure"]["value"]
    live = client.get("kpi/metric/revenue?days=90&limit=90", "seller_key")["figure"]["value"]
    theirs = sum(group["price_subtotal"] for group in client.read_group())
    if abs(ours - live) > 1 or abs(ours - theirs) > 0.05 * ours:
        raise RuntimeError(f"Stored {ours}, live {live}, read_group {theirs}: not the same sales.")


def at_once(client, threads, count):
    """Many requests for a stored indicator, so many of them at any time."""
    title(f"The API, {threads} at once")
    started = time.perf_counter()
    found = asyncio.run(asked_at_once(client, threads, count))
    whole = time.perf_counter() - started
    failures = [each for each in found if isinstance(each, Exception)]
    lasted = sorted(each for each in found if not isinstance(each, Exception))
    for failure in failures[:3]:
        print(f"  {failure!r}")
    row("requests a second", f"{count / whole:.0f}", f"p50 {seconds(spread(lasted).value)}")
    row("slowest of a hundred", seconds(lasted[int(0.99 * len(lasted))]))
    gate(f"failures, {threads} at once", float(len(failures)), 0, at_least=False)
    gate(f"requests a second, {threads} at once", count / whole, PER_SECOND)


async def asked_at_once(client, threads, count):
    """[seconds, or an exception] of each request. One thread asks them all: a worker of Odoo waits
    two seconds for what a connection has to say, which many threads may not keep."""
    free = asyncio.Semaphore(threads)
    lines = (
        f"GET {ROOT}/{STORED} HTTP/1.1",
        f"Host: {client.host}:{client.port}",
        f"Authorization: Bearer {client.told['manager_key']}",
        "Connection: close",
    )
    sent = "\r\n".join((*lines, "", "")).encode()

    async def ask():
        async with free:
            started = time.perf_counter()
            reader, writer = await asyncio.open_connection(client.host, client.port)
            writer.write(sent)
            answer = await reader.read()
            writer.close()
            status = answer.partition(b"\r\n")[0].split(b" ")[1:2]
            if status != [b"200"]:
                raise RuntimeError(answer[:200])
            return time.perf_counter() - started

    return await asyncio.gather(*(ask() for _each in range(count)), return_exceptions=True)
