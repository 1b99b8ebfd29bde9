"""JSON-RPC to a running server, many calls at once in one thread, each on its own connection."""

import asyncio
import json
from dataclasses import dataclass


class Refused(RuntimeError):
    """Odoo answered with an error."""


class Broken(RuntimeError):
    """No whole answer came: whether the call was done is not known."""


@dataclass(frozen=True)
class Caller:
    """Who asks. host, port : of the server; login : database, user's id and password."""

    host: str
    port: int
    login: tuple
    seconds: float = 60

    async def call(self, model, method, arguments=(), **options):
        """What a method returns. Raises Refused, or Broken."""
        called = (model, method, arguments, options)
        return await self.ask("object", "execute_kw", *self.login, *called)

    async def ask(self, service, method, *arguments):
        """What a service returns, such as `common` and `version`, which does nothing."""
        sent = {"service": service, "method": method, "args": arguments}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": sent}).encode()
        try:
            answer = json.loads(await asyncio.wait_for(self._posted(body), self.seconds))
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            raise Broken(repr(error)) from error
        if "error" in answer:
            data = answer["error"].get("data", {})
            raise Refused(data.get("message") or answer["error"].get("message"))
        return answer["result"]

    async def _posted(self, body):
        head = (
            "POST /jsonrpc HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            "Connection: close",
        )
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write("\r\n".join((*head, "", "")).encode() + body)
            answer = await reader.read()
        finally:
            writer.close()
        return answer.partition(b"\r\n\r\n")[2]


def now(coroutine):
    """The result of one call, waited for."""
    return asyncio.run(coroutine)


def all_at_once(coroutines):
    """Results, or exceptions, of calls that are made together."""

    async def gathered():
        return await asyncio.gather(*coroutines, return_exceptions=True)

    return asyncio.run(gathered())
