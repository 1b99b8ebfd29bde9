"""Statistics of the call center and the history of clients, over a year of 100,000 calls.

Run by in_odoo.py.
"""

from .database import sales_of
from .odoo_cost import HEADS, cost
from .stock_bulk import insert
from .table import gate, row, title

CALLS = {"": 100_000, "quick": 100_000, "smoke": 1_000}
SALES = {"": "100k lines", "quick": "10k lines", "smoke": "100 orders"}
OPERATORS, DAYS = 20, 365
PAGE_SECONDS, HISTORY_SECONDS = 2, 2


def run(env, size):
    company = sales_of(env, SALES[size])
    users = users_of(env, company)
    called(env, company, users, CALLS[size])
    env.cr.execute("ANALYZE")
    measure(users[0].with_user(users[0]).with_company(company).env, CALLS[size])


def users_of(env, company):
    """Operators who sold what was sold; the first of them is a supervisor."""
    users = env["res.users"].create(
        [
            {
                "name": f"Operator {number}",
                "login": f"bench_operator_{number}",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
            }
            for number in range(OPERATORS)
        ]
    )
    for xmlid, members in (("operator", users), ("supervisor", users[0])):
        group = env.ref(f"smart_recommender.group_call_{xmlid}")
        for user in members:
            user["group_ids" if "group_ids" in user._fields else "groups_id"] |= group
    env.flush_all()
    env.cr.execute(
        "UPDATE sale_order SET user_id = (%s)[1 + mod(id, %s)] WHERE company_id = %s",
        (users.ids, OPERATORS, company.id),
    )
    return users


def called(env, company, users, count):
    """Calls with the company's clients, spread over a year; every fourth has an order's revenue."""
    partner = env["sale.order"].search([("company_id", "=", company.id)], limit=1).partner_id
    pattern = env["ai.call"].create(
        {"company_id": company.id, "partner_id": partner.id, "user_id": users[0].id}
    )
    clients = f"ARRAY(SELECT DISTINCT partner_id FROM sale_order WHERE company_id = {company.id})"
    one = f"(SELECT ids[1 + mod(n * 7919, cardinality(ids))] FROM (SELECT {clients} AS ids) each)"
    results = "ARRAY['answered', 'order', 'no_answer', 'refused']"
    insert(
        env,
        pattern,
        {
            "start": f"now() AT TIME ZONE 'UTC' - n * interval '{DAYS} day' / {count}",
            "user_id": f"(ARRAY{users.ids})[1 + mod(n * 31, {OPERATORS})]",
            "partner_id": one,
            "commercial_partner_id": one,
            "result": f"({results})[1 + mod(n, 4)]",
            "duration": "mod(n, 7)",
            "revenue": "CASE WHEN mod(n, 4) = 1 THEN 100 ELSE 0 END",
        },
        f"generate_series(1, {count - 1}) AS n",
    )


def measure(env, count):
    title(f"{count:,} calls")
    row("", *HEADS)
    statistics, period = env["ai.call.statistics"], {"days": DAYS}
    costs = {}
    for code in statistics.get_page()["blocks"]:
        costs[code] = cost(env, lambda code=code: statistics.get_block(code, period))
        costs[code].row(code)
    seconds = sum(each.seconds for each in costs.values())
    gate("s for all blocks of the page, one after the other", seconds, PAGE_SECONDS, False)
    events = env["ai.client.event"]
    fields = ["date", "kind", "partner_id", "name", "amount", "user_id"]

    def listed(domain):
        events.web_search_read(domain, {name: {} for name in fields}, limit=80)

    costs = {
        "history, all": cost(env, lambda: listed([])),
        "history, of one client": cost(
            env,
            lambda: listed([("partner_id", "=", env["ai.call"].search([], limit=1).partner_id.id)]),
        ),
    }
    for name, each in costs.items():
        each.row(name)
        gate(f"s for the {name}", each.seconds, HISTORY_SECONDS, False)
