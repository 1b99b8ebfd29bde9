"""The telephone of the demonstration: an exchange on loopback, and a client who calls now and then.

`make demo TELEPHONY=1`; without it the demonstration is as it is.
"""

import json
import os
import threading
from contextlib import contextmanager

import asterisk
from exchange import Exchange
from odoo_server import INTERFACE
from workspace import ROOT, SetupError, say

INSIDE = ROOT / "scripts" / "inside_telephone.py"
OPERATORS = {"101": "operatrice", "102": "superviseur"}
FIRST_CALL, NEXT_CALL = 10, 120


@contextmanager
def started(odoo, database):
    """Run the exchange, with accounts for the operators, as long as the block; nothing unasked."""
    if os.environ.get("TELEPHONY", "") in ("", "0"):
        yield
        return
    root = asterisk.provide()
    if root is None:
        raise SetupError("TELEPHONY=1 needs an exchange; without it the demonstration works.")
    exchange = Exchange(
        root,
        odoo.series.folder / "exchange",
        event_url=f"http://{INTERFACE}:{odoo.http_port}/smart_recommender/telephony/event",
    )
    numbers = give_telephones(odoo, database, exchange)
    with exchange.started():
        say(
            "the telephone rings for operatrice (extension 101) soon after login; "
            f"{OPERATORS['102']} has 102. 0522000011 answers, 0522000022 is busy."
        )
        stopped = threading.Event()
        client = threading.Thread(target=call_now_and_then, args=(exchange, numbers, stopped))
        client.start()
        try:
            yield
        finally:
            stopped.set()
            client.join()


def give_telephones(odoo, database, exchange):
    """Accounts of the operators at an exchange, and its key. Returns numbers of clients."""
    told = exchange.describe()
    accounts = {
        extension: [login, told["accounts"][extension]] for extension, login in OPERATORS.items()
    }
    file = odoo.series.folder / "exchange-telephones"
    file.touch(0o600)
    given = {"url": told["url"], "realm": told["realm"], "accounts": accounts}
    file.write_text(json.dumps(given))
    try:
        odoo.call(INSIDE, database, str(file))
        answer = json.loads(file.read_text())
    finally:
        file.unlink()
    exchange.key = answer["key"]
    return answer["numbers"]


def call_now_and_then(exchange, numbers, stopped):
    """Clients call the first operator who is there, one after the other."""
    wait, turn = FIRST_CALL, 0
    while not stopped.wait(wait):
        contacts = exchange.console_command("pjsip show contacts")
        ready = [extension for extension in OPERATORS if f"{extension}/sip:" in contacts]
        wait = NEXT_CALL if ready and numbers else FIRST_CALL
        if ready and numbers:
            exchange.call(ready[0], numbers[turn % len(numbers)])
            turn += 1
