"""Who calls, among 100,000 clients: our indexed look-up beside Odoo's own search.

Run by in_odoo.py. Odoo's own ways are the phone field of its search view,
which reads every number with its separators taken away, and a plain search for the last digits.
"""

from itertools import count

from .table import FAILED, gate, row, seconds, title
from .turns import in_turns, times

CLIENTS = {"": 100_000, "quick": 20_000, "smoke": 1_000}
CREATED = {"": 2_000, "quick": 2_000, "smoke": 200}
PORTIONS = 4
TURNS = 9


def run(env, size):
    env.company.country_id = env.ref("base.ma")
    creating(env, CREATED[size])
    looking_up(env, CLIENTS[size])


def creating(env, clients):
    """What normalising costs where many clients come at once."""
    people = env["res.partner"].with_context(tracking_disable=True)
    vals = [
        {"name": f"Client {number}", "phone": f"0661{number:06d}", "mobile": f"0762{number:06d}"}
        for number in range(clients)
    ]
    columns = env.registry.field_computed[people._fields["phone_e164"]]
    portions = [vals[number::PORTIONS] for number in range(PORTIONS)]
    created = []

    def create():
        created.append(people.create(portions[len(created)]))
        env.flush_all()

    def normalise():
        # As Odoo computes: into the cache and not by write.
        with env.protecting(columns, created[-1]):
            created[-1]._compute_phone_e164()

    turns = in_turns({"create": create, "normalise": normalise}, PORTIONS)
    title(f"Telephone numbers, {clients:,} clients created with two each")
    whole, normalising = (sum(turns[name].seconds) for name in ("create", "normalise"))
    row("create and flush", seconds(whole), f"{clients / whole:.0f} clients/s")
    row("of it normalising", seconds(normalising), f"{1e6 * normalising / clients:.0f} µs a client")
    gate(
        "percent of creating", 100 * times(turns["normalise"], turns["create"]), 15, at_least=False
    )
    env.invalidate_all()


def fill(env, size):
    """Clients with a mobile number, every fourth with a second one, as an import leaves them."""
    from odoo.tools import SQL

    people = env["res.partner"]
    first = people.create({"name": "Client"})
    env.flush_all()
    # Other modules have required columns; they are copied from a client of the ORM.
    stored = {name: field for name, field in people._fields.items() if field.store}
    required = {name for name, field in stored.items() if field.required and field.column_type}
    columns = (required | {"type"}) - {"name", "active"}
    env.cr.execute(
        SQL(
            """
        INSERT INTO res_partner (
               name, complete_name, active, phone, phone_e164, mobile, mobile_e164, %(columns)s)
        SELECT 'Client ' || n, 'Client ' || n, true,
               CASE WHEN mod(n, 4) = 0
                    THEN '0522 ' || substr(code, 2, 2) || '-' || substr(code, 4) END,
               CASE WHEN mod(n, 4) = 0 THEN '+212522' || substr(code, 2) END,
               '06' || substr(code, 1, 2) || ' ' || substr(code, 3, 2) || ' ' || substr(code, 5)
                    || ' 11',
               '+2126' || code || '11',
               %(columns)s
          FROM res_partner,
               (SELECT n, lpad(n::text, 6, '1') AS code
                  FROM generate_series(1, %(size)s) AS n) AS numbered
         WHERE id = %(first)s
            """,
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            size=size,
            first=first.id,
        )
    )
    env.cr.execute("ANALYZE res_partner")
    env.invalidate_all()


def telephone(env):
    """A function that tells Odoo, as an operator's browser does, that a number rings there."""
    server = env["ai.telephony.server"].create(
        {"websocket_url": "wss://exchange.example.com/ws", "domain": "exchange.example.com"}
    )
    operator = env["res.users"].create(
        {
            "name": "Operator",
            "login": "benchmark-operator",
            "groups_id": [(4, env.ref("smart_recommender.group_call_operator").id)],
        }
    )
    env["ai.telephony.account"].create(
        {"user_id": operator.id, "server_id": server.id, "extension": "101"}
    )
    calls = env["ai.call"].with_user(operator).with_company(env.company)
    ids = count()

    def ring(number):
        env.invalidate_all()
        event = {"exchange_call_id": f"ring-{next(ids)}", "event": "ringing", "direction": "in"}
        calls.softphone_event({**event, "number": number})
        env.flush_all()

    return ring


def looking_up(env, size):
    fill(env, size)
    ring = telephone(env)
    code = str(size // 2 + 7).rjust(6, "1")
    number = f"06{code}11"
    people = env["res.partner"]
    ours = people._find_by_number(number)
    patterns = people.search(peer_by_pattern(number))
    digits = people.search(peer_by_digits(number))
    title(f"Who calls, {size:,} clients")
    found = in_turns(
        {
            "find_by_number": lambda: fresh(env).find_by_number(number),
            "find_by_number, nobody": lambda: fresh(env).find_by_number("0699999999"),
            "Odoo's search of numbers": lambda: fresh(env).search(peer_by_pattern(number)),
            "ilike on the last digits": lambda: fresh(env).search(peer_by_digits(number)),
            "the statement alone": lambda: plain_search(env, number),
            "a ring, told and shown": lambda: ring(number),
        },
        TURNS,
    )
    statement, own = found.pop("the statement alone"), found["Odoo's search of numbers"]
    rung = found.pop("a ring, told and shown")
    row("", "seconds", "× ours", "clients found")
    for (name, turns), clients in zip(
        found.items(), (len(ours), 0, len(patterns), len(digits)), strict=True
    ):
        ratio = times(turns, found["find_by_number"])
        row(name, seconds(turns.median), f"{ratio.value:.1f}", clients)
    if not ours or ours != patterns:
        FAILED.append("the same client")
        print(f"  MISSED the same client: ours {ours.ids}, Odoo's {patterns.ids}")
    row("the statement alone", seconds(statement.median))
    row("a ring, told and shown", seconds(rung.median))
    gate("ms of a ring", 1e3 * rung.spread, 200, at_least=False)
    gate("ms of a look-up", 1e3 * found["find_by_number"].spread, 20, at_least=False)
    gate("ms of the statement", 1e3 * statement.spread, 3, at_least=False)
    gate("times faster than Odoo's search", times(own, found["find_by_number"]), 20)


def peer_by_pattern(number):
    """What Odoo's search view does with a number: all are read without their separators."""
    return [("phone_mobile_search", "ilike", number)]


def peer_by_digits(number):
    """What a person would type who does not know how the number was written."""
    ending = number[-4:-2] + " " + number[-2:]
    return ["|", ("phone", "ilike", ending), ("mobile", "ilike", ending)]


def fresh(env):
    env.invalidate_all()
    return env["res.partner"]


def plain_search(env, number):
    """The search of the look-up in PostgreSQL, planned anew each time."""
    people = env["res.partner"]
    return people._search_numbers(people._call_numbers(number))
