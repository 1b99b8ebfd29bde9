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
SECONDS = {"": 30, "quick": 10, "smoke": 1}


class Client:
    """Requests to one server. told : what :mod:`benchmarks.api_data` tells."""

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
        at_once(client, threads, SECONDS[size])
    return FAILED if size != "smoke" else []


def same(client):
    """Both ways count the same sales, or the comparison would say nothing."""
    ours = client.get("kpi/metric/revenue?days=90&limit=90", "manager_key")["figure"]["value"]
    live = client.get("kpi/metric/revenue?days=90&limit=90", "seller_key")["figure"]["value"]
    theirs = sum(group["price_subtotal"] for group in client.read_group())
    if abs(ours - live) > 1 or abs(ours - theirs) > 0.05 * ours:
        raise RuntimeError(f"Stored {ours}, live {live}, read_group {theirs}: not the same sales.")


def at_once(client, callers, lasting):
    """So many callers for some seconds, each with a new request as soon as it has its answer.

    Odoo lets eight connections a worker wait. The network tries those beyond them again after one,
    three and seven seconds, and Odoo closes a few without an answer, for which a client asks once
    more: the slowest are theirs, and a proxy that queues spares them that.
    """
    title(f"The API, {callers} at once")
    found, again = asyncio.run(asked_at_once(client, callers, lasting))
    failures = [each for each in found if isinstance(each, Exception)]
    answered = [each for each in found if not isinstance(each, Exception)]
    in_time = sum(ended <= lasting for ended, _waited in answered)
    waits = sorted(waited for _ended, waited in answered)
    for failure in failures[:3]:
        print(f"  {failure!r}")
    row("requests a second", f"{in_time / lasting:.0f}", f"p50 {seconds(spread(waits).value)}")
    row("slowest of a hundred", seconds(waits[int(0.99 * len(waits))]))
    row("closed without an answer, asked again", again, f"of {len(found)}")
    gate(f"failures, {callers} at once", float(len(failures)), 0, at_least=False)
    gate(f"requests a second, {callers} at once", in_time / lasting, PER_SECOND)


async def asked_at_once(client, callers, lasting):
    """Each request as (seconds from the start to its answer, seconds waited) or as an exception,
    and how many were asked again.

    One thread asks them all: a worker of Odoo waits two seconds for what a connection has to say,
    which many threads may not keep. What is under way at the end is waited for.
    """
    lines = (
        f"GET {ROOT}/{STORED} HTTP/1.1",
        f"Host: {client.host}:{client.port}",
        f"Authorization: Bearer {client.told['manager_key']}",
        "Connection: close",
    )
    sent = "\r\n".join((*lines, "", "")).encode()
    began, found, again = time.perf_counter(), [], 0

    async def answer_of():
        reader, writer = await asyncio.open_connection(client.host, client.port)
        writer.write(sent)
        answer = await reader.read()
        writer.close()
        return answer

    async def ask():
        nonlocal again
        try:
            answer = await answer_of()
        except ConnectionError:
            answer = b""
        if not answer:
            again += 1
            answer = await answer_of()
        status = answer.partition(b"\r\n")[0].split(b" ")[1:2]
        if status != [b"200"]:
            raise RuntimeError(answer[:200])

    async def call():
        while (started := time.perf_counter()) < began + lasting:
            try:
                await ask()
            except (OSError, RuntimeError) as failure:
                found.append(failure)
                continue
            ended = time.perf_counter()
            found.append((ended - began, ended - started))

    await asyncio.gather(*(call() for _each in range(callers)))
    return found, again
