"""The morning's alerts of 10,000 clients beside Odoo's own activities and mails, and kill -9.

Run by in_odoo.py; it commits, for other processes to see, and so comes last.
"""

from .alerts_killed import POINTS, morning
from .in_odoo import ended, started
from .mail_sink import mail_sink
from .odoo_cost import HEADS, cost
from .stock_bulk import insert
from .table import gate, row, title

CLIENTS = {"": 10_000, "quick": 10_000, "smoke": 100}
# Of ten clients one owes what was due a month ago.
LATE = 10
SECONDS = 60
KILLED_CLIENTS = 300
COMPLAINTS = 30


def run(env, size):
    measure(env, CLIENTS[size])
    env.cr.rollback()
    env.invalidate_all()
    with mail_sink() as (port, received):
        prepare_kills(env, port)
        env.cr.commit()
        title("The job and the mail queue, killed with kill -9")
        for point in POINTS[-1:] if size == "smoke" else POINTS:
            kill(env, point, received)
        title("Two at once")
        at_once(env, received)


# ----------------------------------------------------------------------
# Speed
# ----------------------------------------------------------------------


def measure(env, count):
    title(f"Alerts of {count:,} clients, one in {LATE} of them late")
    company = owing(env, count)
    alerts = env["ai.client.alert"].with_company(company)
    row("", *HEADS)
    first = cost(env, lambda: alerts._alert(company))
    first.row("the first morning, all told")
    cost(env, lambda: alerts._alert(company)).row("the next one, nothing new")
    late = alerts.search([("company_id", "=", company.id), ("kind", "=", "overdue")])
    peer = cost(env, lambda: odoos_own(late))
    peer.row(f"Odoo: {len(late):,} activities and mails")
    gate("seconds of the first morning", first.seconds, SECONDS, at_least=False)
    # Two kinds of activity, one mail, and all that finds them.
    gate("times Odoo's own", first.seconds / peer.seconds, 2, at_least=False)


def odoos_own(alerts):
    """An activity and a mail from a template for each client, as a developer would write it."""
    template = alerts.env.ref("smart_recommender.mail_template_alert_overdue")
    for alert in alerts:
        alert.partner_id.activity_schedule("mail.mail_activity_data_todo", summary=alert.sentence)
        body = template._render_field("body_html", alert.ids, compute_lang=True)[alert.id]
        alert.partner_id.message_post(body=body, partner_ids=alert.partner_id.ids, force_send=False)


def owing(env, count):
    """A company with so many clients, each with an unpaid invoice."""
    company = env["res.company"].create({"name": "Alerts", "email": "alerts@example.com"})
    env.user.company_ids |= company
    operator = env["res.users"].create(
        {
            "name": "Opératrice",
            "login": f"alerts-{company.id}",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "lang": "en_US",
            "groups_id": [(4, env.ref("smart_recommender.group_call_operator").id)],
        }
    )
    operator.partner_id.email = "operator@example.com"
    rules = env["ai.alert.rule"]._of(company)
    rules["overdue"].sends_mail = True
    company.ai_enabled = True
    partners = clients(env, company, operator, count)
    invoices(env, company, partners)
    env.invalidate_all()
    return company


def clients(env, company, operator, count):
    """SQL of the clients as client: id, number."""
    first = env["res.partner"].create(
        {
            "name": "Client 0",
            "company_id": company.id,
            "email": "client0@example.com",
            "ai_operator_id": operator.id,
        }
    )
    insert(
        env,
        first,
        {
            "name": "'Client ' || number",
            "complete_name": "'Client ' || number",
            "email": "'client' || number || '@example.com'",
            "email_normalized": "'client' || number || '@example.com'",
            "commercial_partner_id": "NULL",
        },
        f"generate_series(1, {count - 1}) AS number",
    )
    mine = f"company_id = {company.id}"
    env.cr.execute(f"UPDATE res_partner SET commercial_partner_id = id WHERE {mine}")
    return (
        f"(SELECT id, id - {first.id} AS number FROM res_partner"
        f" WHERE {mine} AND ai_operator_id = {operator.id}) AS client"
    )


def invoices(env, company, partners):
    """An unpaid invoice of each client: of every tenth one past due for a month."""
    accounts = env["account.account"].with_company(company)
    income = accounts.create({"name": "Sales", "code": "711", "account_type": "income"})
    receivable = accounts.create(
        {"name": "Clients", "code": "342", "account_type": "asset_receivable", "reconcile": True}
    )
    journal = env["account.journal"].create(
        {
            "name": "Sales",
            "code": "S",
            "type": "sale",
            "company_id": company.id,
            "default_account_id": income.id,
        }
    )
    partner = env["res.partner"].search([("company_id", "=", company.id)], order="id", limit=1)
    partner.with_company(company).property_account_receivable_id = receivable
    move = (
        env["account.move"]
        .with_company(company)
        .create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": journal.id,
                "invoice_line_ids": [(0, 0, {"name": "Water", "price_unit": 350.0})],
            }
        )
    )
    move.action_post()
    due = f"(CURRENT_DATE + CASE WHEN mod(client.number, {LATE}) = 0 THEN -30 ELSE 30 END)"
    insert(
        env,
        move,
        {
            "name": "'INV/' || client.number",
            "partner_id": "client.id",
            "commercial_partner_id": "client.id",
            "invoice_date_due": due,
            "access_token": "NULL",
            "sequence_number": "client.number + 1",
        },
        partners,
    )
    copies = (
        "(SELECT move.id, move.partner_id, move.invoice_date_due FROM account_move move"
        f" WHERE move.company_id = {company.id} AND move.id <> {move.id}) AS copied"
    )
    for line in move.line_ids:
        values = {"move_id": "copied.id", "partner_id": "copied.partner_id"}
        if line.account_id == receivable:
            values["date_maturity"] = "copied.invoice_date_due"
        insert(env, line, values, copies)


# ----------------------------------------------------------------------
# Kills
# ----------------------------------------------------------------------


def prepare_kills(env, port):
    """Another company with clients that are late, alone in its database with a mail server."""
    env["res.company"].search([]).write({"ai_enabled": False})
    env["ir.mail_server"].create({"name": "sink", "smtp_host": "127.0.0.1", "smtp_port": port})
    company = owing(env, KILLED_CLIENTS)
    rules = env["ai.alert.rule"]._of(company)
    for kind, rule in rules.items():
        rule.active = kind in ("unpaid", "overdue")


def kill(env, point, received):
    """Kill a run, then let two live: every late client has one mail, and none has two."""
    forget(env, received)
    killed = ended(started(lambda: morning(env.registry, point)))
    if killed != -9:
        raise RuntimeError(f"The run that was to be killed at {point} ended with {killed}.")
    before = sum(received.values())
    for _run in range(2):
        if ended(started(lambda: morning(env.registry))):
            raise RuntimeError("A run that was to live failed.")
    late = [address for address in received if address.startswith("client")]
    wanted = -(-KILLED_CLIENTS // LATE)
    row(point.replace("_", " "), f"{before} sent", f"{len(late)} of {wanted}")
    gate(f"most mails of a client, {point}", float(max(received.values())), 1, at_least=False)
    gate(f"clients with a mail, {point}", float(len(late)), wanted)
    open_twice(env, point)


def at_once(env, received):
    """Two jobs side by side: one mail a client; each late complaint is escalated once."""
    forget(env, received)
    complaints = late_complaints(env)
    both = [started(lambda: morning(env.registry)) for _number in range(2)]
    codes = [ended(child) for child in both]
    if any(codes):
        raise RuntimeError("One of two runs at once failed.")
    gate("most mails of a client", float(max(received.values())), 1, at_least=False)
    gate("clients with a mail", float(len(received)), -(-KILLED_CLIENTS // LATE))
    open_twice(env, "two at once")
    env.invalidate_all()
    told = env["mail.message"].search_count(
        [("model", "=", "ai.complaint"), ("body", "like", "Escalated to")]
    )
    gate("escalations told", float(told), len(complaints), at_least=False)
    row("escalated", f"{len(complaints.filtered(lambda each: each.level == 2))}")


def late_complaints(env):
    """Complaints past their deadline, committed."""
    company = env["res.company"].search([("ai_enabled", "=", True)], limit=1)
    partner = env["res.partner"].search([("company_id", "=", company.id)], limit=1)
    complaints = env["ai.complaint"].create(
        [
            {
                "company_id": company.id,
                "partner_id": partner.id,
                "motive_id": env.ref("smart_recommender.complaint_motive_late").id,
            }
        ]
        * COMPLAINTS
    )
    complaints.deadline = "2026-01-01 00:00:00"
    env.cr.commit()
    return complaints


def open_twice(env, point):
    """No client is told twice of the same."""
    env.cr.rollback()
    env.cr.execute(
        "SELECT count(*) FROM (SELECT FROM ai_client_alert"
        " GROUP BY rule_id, partner_id HAVING count(*) > 1) AS twice"
    )
    gate(f"alerts told twice, {point}", float(env.cr.fetchone()[0]), 0, at_least=False)


def forget(env, received):
    """Before the first morning again."""
    env["mail.mail"].search([]).unlink()
    alerts = env["ai.client.alert"].search([])
    alerts.message_id.unlink()
    alerts.activity_id.unlink()
    alerts.unlink()
    env.cr.commit()
    received.clear()
