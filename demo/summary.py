"""Tell on the terminal what the demonstration has learned."""

# pylint: disable=print-used

from . import coupons, experiments, masters, planted
from .companies import COMPANIES, find_company
from .training import in_company

WIDTH = 100


def show(env, port):
    """Print counts, the ten best rules, one quotation's suggestions, and how to log in."""
    atlas = find_company(env, "atlas")
    _title("Training")
    for key in COMPANIES:
        _show_run(env, find_company(env, key))
    _title(f"Demand of {atlas.name} in the next 30 days")
    _show_forecasts(env, atlas)
    _title(f"What sold unusually at {atlas.name} in the last 90 days")
    _show_anomalies(env, atlas)
    _title(f"The ten best rules of {atlas.name}")
    rules = in_company(env, atlas)["ai.recommendation.rule"]
    for rule in rules.search([("company_id", "=", atlas.id)], limit=10):
        _show_rule(rule)
    _show_quotation(env, atlas)
    _title(f"What suggestions brought {atlas.name}")
    experiments.show(env)
    _title(f"A coupon of {atlas.name} to try")
    coupons.show(in_company(env, atlas))
    for key in COMPANIES:
        _show_stock(env, key)
    _show_logins(port)


def _title(text):
    print(f"\n{text}\n{'─' * len(text)}")


def _show_run(env, company):
    run = _last_run(env, company, "rules")
    result = run._result()
    print(
        f"{company.name:<26} {run.order_count:>5} orders {run.line_count:>6} lines "
        f"{run.product_count:>4} products {result.rule_count:>5} rules  {run.duration:6.2f} s"
    )
    if run.backtest_ids:
        print(
            f"{'':<26} hidden product among the first five: {result.hit_rate:.0%}, "
            f"most popular products {result.popular_hit_rate:.0%} (ranked by {result.method})"
        )


def _last_run(env, company, kind):
    return env["ai.training.run"].search(
        [("company_id", "=", company.id), ("kind", "=", kind), ("state", "=", "done")], limit=1
    )


def _show_forecasts(env, company):
    run = _last_run(env, company, "forecast")
    result = run._result()
    print(
        f"{result.forecast_count} products forecast, {result.no_forecast_count} without, in "
        f"{run.duration:.1f} s; in the back-test the totals were wrong by {result.wape:.0%} of "
        "sales"
    )
    for forecast in env["ai.forecast"].search([("company_id", "=", company.id)], limit=6):
        print(
            f"{_cut(forecast.product_id.name, 40):<40} {forecast.total_30:7.1f} "
            f"({forecast.total_30_low:.0f} to {forecast.total_30_high:.0f})  {forecast.trend}"
        )


def _show_anomalies(env, company):
    rows = in_company(env, company)["ai.anomaly"].search(
        [("company_id", "=", company.id)], order="weight desc", limit=6
    )
    for row in rows:
        print(
            f"{_cut(row.subject, 40):<40} {row.type:<6} {row.date} {row.quantity:7.0f} sold, "
            f"{row.expected:6.1f} expected  z {row.z_score:5.1f}  {_cut(row.cause_text, 40)}"
        )


def _show_rule(rule):
    left = " + ".join(product.name for product in rule.antecedent_ids)
    print(
        f"{_cut(left, 34):<34} → {_cut(rule.consequent_id.name, 24):<24} "
        f"{rule.confidence:4.0%}  lift {rule.lift:4.1f}  "
        f"{rule.support_count} of {rule.antecedent_count} orders"
    )


def _show_quotation(env, atlas):
    order = in_company(env, atlas)["sale.order"].search(
        [("client_order_ref", "=", masters.DEMO_QUOTATION)], limit=1
    )
    seller = order.with_user(order.user_id).with_context(allowed_company_ids=atlas.ids)
    basket = ", ".join(order.order_line.product_id.mapped("name"))
    _title(f"Suggestions for quotation {order.name}: {basket}")
    for item in seller.ai_suggestions["items"]:
        currency = env["res.currency"].browse(item["currency_id"])
        print(
            f"{_cut(item['name'], 40):<40} {_reason(item):<44} {item['price']:8.2f} {currency.name}"
        )


def _reason(item):
    """Why a product is suggested, in a few words."""
    if item["kind"] == "rule":
        return (
            f"{item['confidence']:4.0%} bought together in {item['support_count']} of "
            f"{item['antecedent_count']} orders"
        )
    if item["kind"] == "affinity":
        return f"     goes with {', '.join(item['antecedents'])}"[:44]
    if item["kind"] == "history":
        return f"     this customer bought it in {item['order_count']} orders"
    return f"     popular in {item['category']}"


def _show_stock(env, key):
    """What is planted in the stock of a company, with what is on hand."""
    company = find_company(env, key)
    env = in_company(env, company)
    purchases = env["purchase.order"].search_count([("company_id", "=", company.id)])
    warehouses = env["stock.warehouse"].search([("company_id", "=", company.id)])
    _title(f"Stock of {company.name}: {', '.join(warehouses.mapped('name'))}")
    print(f"{purchases} purchase orders in a year, {planted.UNDELIVERED[key]} orders to deliver")
    rows = [
        ("too low, nothing on order", planted.LOW[key]),
        ("too low, an order under way", planted.UNDER_WAY[key]),
        ("for about ten days", planted.WATCH[key]),
        ("dead stock", list(planted.DEAD_STOCK)),
        ("was out of stock for weeks", [code for code, _first, _last in planted.STOCK_OUTS]),
        ("below zero", [planted.NEGATIVE_STOCK[1]] if planted.NEGATIVE_STOCK[0] == key else []),
    ]
    for title, codes in rows:
        products = env["product.product"].search([("default_code", "in", codes)])
        if products:
            names = (f"{_cut(p.name, 22)} {p.qty_available:.0f}" for p in products)
            print(f"{title:<28} {', '.join(names)}")


def _show_logins(port):
    _title(f"http://127.0.0.1:{port}")
    for login, who in (
        ("commercial", "salesperson, in French"),
        ("responsable", "sales manager, in French"),
        ("magasinier", "stock manager, in French"),
        ("operatrice", "call-center operator, in French"),
        ("superviseur", "call-center supervisor, in French"),
        ("comptable", "does the accounts, in French"),
        ("client", "client on the portal, in French"),
        ("admin", "administrator, in English"),
    ):
        print(f"login {login:<12} password {login:<12} {who}")
    print(flush=True)


def _cut(text, width):
    return text if len(text) <= width else text[: width - 1] + "…"
