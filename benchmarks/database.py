"""End to end in Odoo: reading, training, writing and the suggestions of a quotation.

Run by in_odoo.py.
"""

import tracemalloc
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from .baskets_made import long_tail
from .table import gate, row, seconds, title
from .turns import Turns, in_turns, times

# How large: what is measured, what `QUICK=1` measures, and the least that shows that all runs.
SIZES = {"": ("100k lines", "1M lines"), "quick": ("100k lines",), "smoke": ("1k orders",)}
RULES = {"": (10_000, 100_000, 1_000_000), "quick": (10_000, 100_000), "smoke": (1_000,)}
WRITTEN = {"": 50_000, "quick": 50_000, "smoke": 1_000}
TURNS = 9  # of milliseconds each
CREATED, WRITINGS = 500, 3
WIDTHS = (10, 12, 12, 12, 12, 12, 12, 12)
# Of all sales that are made. One moment: who fills a company that another benchmark has filled
# finds each order there, and none on another day.
NOW = datetime.now().replace(microsecond=0)


def run(env, size):
    for at, lines in enumerate(SIZES[size]):
        company = sales_of(env, lines)
        training(env, company)
        if not at:
            writing(env, company, size)
            looking_up(env, company, RULES[size])


def sales_of(env, size):
    """A company with generated sales, as the bulk loader writes them."""
    from odoo.addons.smart_recommender.bulk_load import load

    lines = lines_of(size)
    done = load.load(env, f"Bench {size}", lines, progress=lambda _text: None)
    env.cr.execute("ANALYZE")
    title(f"Odoo, {size}")
    row("bulk load", seconds(done.seconds), f"{len(lines) / done.seconds:.0f} lines/s")
    return done.company


def lines_of(size):
    """Generated sales, as the bulk loader reads them from a file."""
    from odoo.addons.smart_recommender.bulk_load.parse import Line

    baskets = long_tail(size)
    moments = moments_of(baskets)
    return [
        Line(
            number, str(basket), moments[basket],
            str(baskets.customer[basket] % 2000), str(product), "", 1.0, 10.0,
        )
        for number, (basket, product) in enumerate(
            zip(baskets.basket.tolist(), baskets.product.tolist(), strict=True)
        )
    ]  # fmt: skip


def moments_of(baskets):
    """When each basket of the last 365 days was bought."""
    return [NOW - timedelta(days=float(365 - day)) for day in baskets.day]


@contextmanager
def extra_memory(name):
    """Peak of what Python and numpy allocate in the block; it makes the block slower."""
    tracemalloc.start()
    yield
    megabytes = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    row(name, f"{megabytes:.0f} MB")
    gate("MB of memory", megabytes, 500, at_least=False)


def training(env, company):
    """Reading and mining beside the bare count, then the whole run."""
    from odoo.addons.smart_recommender.algorithms.core.baskets import build_baskets
    from odoo.addons.smart_recommender.algorithms.suggestion.association_rules import (
        RuleThresholds,
        mine_rules,
    )
    from odoo.tools import SQL

    extract = env["ai.sales.extract"]
    window = extract._window(company)
    query = extract._order_items_query(company, *window)
    thresholds = RuleThresholds(0.00125, 3, 0.1, 0.0, 1, max_false_rate=1.0, prune=False)
    kept = {}

    def read():
        kept["lines"] = extract._order_items(company, *window)

    def mine():
        kept["baskets"] = build_baskets(kept["lines"], company.ai_max_basket)
        kept["rules"] = mine_rules(kept["baskets"], thresholds)

    counting = SQL("SELECT count(*) FROM (%s) AS items", query)
    turns = in_turns({"count": lambda: env.cr.execute(counting), "read": read, "mine": mine})
    kept.clear()
    with extra_memory("memory of reading and mining"):
        read()
        mine()
    row("count(*) of the filter", seconds(turns["count"].median))
    row("reading", seconds(turns["read"].median), f"{len(kept['lines'])} lines")
    row("baskets and pair rules", seconds(turns["mine"].median), f"{len(kept['rules'])} rules")
    both = turns["read"] + turns["mine"]
    gate("mining as a share of reading", times(turns["mine"], turns["read"]), 2, at_least=False)
    gate("reading and mining over count(*)", times(both, turns["count"]), 3, at_least=False)
    rules = env["ai.recommendation.rule"].with_company(company)
    whole = in_turns({"all": rules.action_generate_rules}, 1)["all"].median
    run = env["ai.training.run"].search([("company_id", "=", company.id)], limit=1)
    result = run._result()
    row("action_generate_rules", seconds(whole), f"{result.rule_count} rules", result.method)


def writing(env, company, size):
    """Many rules in bulk, beside ORM's create."""
    run = env["ai.training.run"].search([("company_id", "=", company.id)], limit=1)
    products = env["product.product"].search([("company_id", "=", company.id)]).ids
    rules = env["ai.recommendation.rule"].with_company(company)
    # The last product's are those that the ORM makes.
    table = made_rules(products[:-1], WRITTEN[size])
    left = iter(products)

    def by_create():
        rules.create(
            [
                {
                    "company_id": company.id,
                    "antecedent_ids": [(6, 0, [products[-1]])],
                    "consequent_id": product,
                }
                for product in islice(left, CREATED // WRITINGS)
            ]
        )
        env.flush_all()

    turns = in_turns(
        {
            "bulk": lambda: rules._replace_rules(run, table, table.take(slice(0))),
            "create": by_create,
            # A training would keep them and ask for their figures.
            "tidy up": lambda: rules.search([("source", "=", "manual")]).unlink(),
        },
        WRITINGS,
    )
    more = len(table) / (CREATED // WRITINGS)
    ratio = times(turns["create"], turns["bulk"], more)
    row(f"{len(table):,} rules in bulk", seconds(turns["bulk"].median))
    row(
        f"the same by create, from {CREATED}", seconds(more * turns["create"].median),
        f"{ratio.value:.0f} ×",
    )  # fmt: skip


def made_rules(products, count):
    """RuleTable of arbitrary pairs."""
    import numpy as np

    from odoo.addons.smart_recommender.algorithms.suggestion.rule_table import RuleTable

    rng = np.random.default_rng(0)
    cells = rng.choice(len(products) ** 2, count + len(products), replace=False)
    left, right = np.divmod(cells, len(products))
    different = np.flatnonzero(left != right)[:count]
    ids = np.array(products)
    both = rng.integers(3, 60, len(different))
    return RuleTable(
        antecedent=ids[left[different]][:, None],
        consequent=ids[right[different]],
        antecedent_count=both * 2,
        consequent_count=both * 3,
        support_count=both,
        order_count=np.full(len(different), 20_000),
        p_value=np.full(len(different), 1e-6),
        customer_count=both,
        typical_quantity=np.ones(len(different)),
    )


def looking_up(env, company, sizes):
    """The suggestion query at several numbers of rules, beside the plain way to ask."""
    seller = env["res.users"].create(
        {
            "name": "Bench", "login": "bench", "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "groups_id": [(6, 0, [env.ref("sales_team.group_sale_salesman").id])],
        }
    )  # fmt: skip
    # Two thousand products: at a million rules each has five hundred.
    products = env["product.product"].search([("company_id", "=", company.id)], limit=2000)
    quotations = {size: quotation(env, company, seller, products[:size]) for size in (20, 500)}
    run = env["ai.training.run"].search([("company_id", "=", company.id)], limit=1)
    rules = env["ai.recommendation.rule"].with_company(company)
    title("Suggestions of a quotation")
    names = (
        "rules",
        "statement",
        "with rights",
        "LATERAL",
        "= ANY",
        "field",
        "form read",
        "500 lines",
    )
    row(*names, widths=WIDTHS)
    found = {}
    for size in sizes:
        table = made_rules(products.ids, size)
        rules._replace_rules(run, table, table.take(slice(0)))
        env.cr.execute("ANALYZE ai_recommendation_rule")
        found[size] = one_size(env, size, quotations)
    smallest, largest = found[sizes[0]], found[sizes[-1]]
    usual = min(sizes[-1], 100_000)
    for name, wanted, words in (
        ("statement", 5, f"ms in PostgreSQL at {usual:,} rules"),
        ("form", 50, "ms of the form read"),
        ("large", 200, "ms of a quotation of 500 lines"),
    ):
        gate(words, 1e3 * found[usual][name].spread, wanted, at_least=False)
    growth = times(largest["rules"], smallest["rules"])
    gate("look-up at most rules over that at least", growth, 3, at_least=False)
    if 1_000_000 in found:
        gate("times faster than = ANY", times(largest["any"], largest["lateral"]), 10)


def quotation(env, company, seller, products):
    partner = env["res.partner"].search([("company_id", "=", company.id)], limit=1)
    order = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "company_id": company.id,
            "user_id": seller.id,
            "order_line": [(0, 0, {"product_id": product.id}) for product in products],
        }
    )
    return order.with_user(seller).with_context(allowed_company_ids=company.ids)


def one_size(env, size, quotations):
    """Turns of each way to ask, in the order of the table's columns."""
    from odoo.tools import SQL

    order, large = quotations[20], quotations[500]
    company, basket = order.company_id, order._ai_basket()
    suggestion = order.env["ai.suggestion"]
    limit = company.ai_suggestion_limit
    # The form of a user is without the fields of other groups.
    readable = order.fields_get(attributes=["name"])
    fields = [f for f in order.get_view(view_type="form")["models"]["sale.order"] if f in readable]
    statement = suggestion._rank_query(company, order, basket, limit)
    fired = SQL(
        "WITH model AS (%s) %s",
        suggestion._model_query(company),
        suggestion._fired_query(company, basket, basket.ids, limit),
    )
    told = []
    found = in_turns(
        {
            "statement": lambda: told.append(in_postgresql(env, statement)),
            "rules": lambda: env.cr.execute(fired),
            "lateral": lambda: lateral_query(env, company, basket, limit),
            "any": lambda: plain_query(env, company, basket, limit),
            "field": lambda: fresh(order).ai_suggestions,
            "form": lambda: fresh(order).read(fields),
            "large": lambda: fresh(large).ai_suggestions,
        },
        TURNS,
    )
    found["statement"] = Turns(found["statement"].rounds, tuple(told))
    row(size, *(seconds(each.median) for each in found.values()), widths=WIDTHS)
    return found


def in_postgresql(env, statement):
    """Seconds that PostgreSQL itself takes to plan and run a statement."""
    from odoo.tools import SQL

    env.cr.execute(SQL("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) %s", statement))
    plan = env.cr.fetchone()[0][0]
    return (plan["Planning Time"] + plan["Execution Time"]) / 1e3


def fresh(order):
    order.env.invalidate_all()
    return order


def lateral_query(env, company, basket, limit):
    """The same as ``plain_query`` by the design that is shipped, without access rights."""
    env.cr.execute(
        """
        SELECT consequent_id, max(strength) AS strength
          FROM unnest(%s) AS basket (antecedent_id)
    CROSS JOIN LATERAL (
            SELECT consequent_id, strength
              FROM ai_recommendation_rule rule
             WHERE company_id = %s AND active
               AND rule.antecedent_id = basket.antecedent_id
               AND consequent_id <> ALL(%s)
          ORDER BY strength DESC, consequent_id
             LIMIT %s
               ) best
      GROUP BY consequent_id
      ORDER BY strength DESC
         LIMIT %s
        """,
        [basket.ids, company.id, basket.ids, limit, limit],
    )
    return env.cr.fetchall()


def plain_query(env, company, basket, limit):
    """Best rules of a basket without the index's help: every rule of its products is read."""
    env.cr.execute(
        """
        SELECT consequent_id, max(strength) AS strength
          FROM ai_recommendation_rule
         WHERE company_id = %s AND active AND antecedent_id = ANY(%s)
           AND consequent_id <> ALL(%s)
      GROUP BY consequent_id
      ORDER BY strength DESC
         LIMIT %s
        """,
        [company.id, basket.ids, basket.ids, limit],
    )
    return env.cr.fetchall()
