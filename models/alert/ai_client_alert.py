"""Alerts of clients: one row for each fact, told once until it changes.

Once a day each company's rules say what holds now. A fact that is new makes a row, and an activity
for whoever is to act; one that holds no more closes its row and takes back the activity; one that
comes again is a new row. A unique index on open rows and one transaction for a company make a run
that was killed, or that runs twice, tell nobody twice.
"""

from odoo import _, api, fields, models
from odoo.tools import SQL, groupby

JOB = "smart_recommender.ir_cron_client_alerts"


class AiClientAlert(models.Model):
    _name = "ai.client.alert"
    _description = "Alert of a Client"
    _inherit = ["ai.client.row", "ai.company.job"]
    _order = "is_open desc, begun_on desc, id desc"

    rule_id = fields.Many2one(
        "ai.alert.rule",
        string="Alert",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(related="rule_id.kind", store=True)
    key = fields.Char(readonly=True, help="Tells facts of one client apart.")
    is_open = fields.Boolean(string="Holds", readonly=True, default=True, index=True)
    begun_on = fields.Date(string="Told On", readonly=True)
    closed_on = fields.Date(readonly=True)
    since = fields.Date(readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(readonly=True)
    user_id = fields.Many2one("res.users", string="Told", readonly=True, index="btree_not_null")
    activity_id = fields.Many2one("mail.activity", readonly=True, ondelete="set null")
    sentence = fields.Char(string="What", compute="_compute_sentence")

    def init(self):
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS ai_client_alert_open
                ON ai_client_alert (rule_id, partner_id, COALESCE(key, ''))
             WHERE is_open
            """
        )

    @api.depends("kind", "amount", "since", "key")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for alert in self:
            alert.sentence = getattr(alert, f"_sentence_{alert.kind}")()

    # ------------------------------------------------------------------
    # Every day
    # ------------------------------------------------------------------

    @api.model
    def _cron_alert(self):
        """Raise and close the alerts of every company."""
        companies = self.env["res.company"].search([("ai_enabled", "=", True)])
        self._each_company(companies, "_alert", JOB)

    @api.model
    def _alert(self, company, kind=None):
        """Raise and close the alerts of one company; returns the new ones.

        kind : str, those of one kind alone, whose rule reads nothing that jobs bring up to date.
        """
        known = self.env["ai.alert.rule"]._of(company)
        rules = self.env["ai.alert.rule"].browse()
        rules = rules.concat(*([known[kind]] if kind else known.values()))
        # Of two runs at once the second one waits here, fails, and is tried again.
        self.env.cr.execute(
            SQL(
                "UPDATE ai_alert_rule SET last_run = %s WHERE id IN %s",
                fields.Datetime.now(),
                tuple(rules.ids),
            )
        )
        rules.invalidate_recordset(["last_run"])
        if not kind:
            self._before_alerts(company)
        alerts = self.browse()
        for rule in rules:
            alerts |= self.sudo()._update(rule, rule._facts())
        return alerts

    @api.model
    def _before_alerts(self, company):
        """Bring up to date what rules read: to be extended."""

    @api.model
    def _operator_of(self, partner):
        """Who looks after a client: to be extended."""
        return partner.user_id

    def _update(self, rule, facts):
        """Close what holds no more, raise what is new, and mail. Returns the new rows."""
        wanted = {(fact.partner_id, fact.key): fact for fact in facts}
        known = {
            (row.partner_id.id, row.key or ""): row
            for row in self.search([("rule_id", "=", rule.id), ("is_open", "=", True)])
        }
        self.browse().concat(*(known[each] for each in known.keys() - wanted.keys()))._close()
        for each in known.keys() & wanted.keys():
            known[each]._follow(wanted[each])
        fresh = self._raise_alerts(
            rule, [fact for each, fact in wanted.items() if each not in known]
        )
        if rule.active and rule.sends_mail:
            self._mail_clients(rule)
        return fresh

    def _follow(self, fact):
        """Keep a fact's figures as they are now."""
        vals = self._figures(fact)
        changed = {name: value for name, value in vals.items() if self[name] != value}
        if changed:
            self.write(changed)

    @api.model
    def _figures(self, fact):
        return {"amount": fact.amount, "since": fact.since or False, "may_mail": fact.may_mail}

    def _raise_alerts(self, rule, facts):
        """Rows for new facts; tells their users."""
        partners = self.env["res.partner"].browse([fact.partner_id for fact in facts])
        alerts = self.create(
            [
                {
                    "company_id": rule.company_id.id,
                    "rule_id": rule.id,
                    "partner_id": partner.id,
                    "key": fact.key,
                    "begun_on": rule._today(),
                    "user_id": fact.user_id or (user and user.id),
                    **self._figures(fact),
                }
                for fact, partner, user in zip(
                    facts, partners, rule._users_for(partners), strict=True
                )
            ]
        )
        for user, members in groupby(alerts.filtered("user_id"), lambda alert: alert.user_id):
            self.concat(*members).with_context(lang=user.lang)._tell(rule, user)
        return alerts

    @api.model
    def _raise_once(self, rule, fact):
        """Tell at once of something that happened: it holds no longer than that."""
        alert = self._raise_alerts(rule, [fact])
        alert.write({"is_open": False, "closed_on": alert.begun_on})
        return alert

    def _tell(self, rule, user):
        """Tell a user of new alerts, in the user's language."""
        activity = rule._kinds()[rule.kind].activity
        if not activity:
            self._write_to_user(rule, user)
            return
        for alert in self:
            # No mail for each: a morning may bring many.
            alert.activity_id = alert.partner_id.with_context(
                mail_activity_quick_update=True
            ).activity_schedule(
                activity, date_deadline=alert.begun_on, summary=alert.sentence, user_id=user.id
            )

    def _write_to_user(self, rule, user):
        """One message with all that is new, as Odoo notifies this user: inbox or mail."""
        body = self.env["ir.qweb"]._render(
            "smart_recommender.client_alert_message", {"alerts": self}, minimal_qcontext=True
        )
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=_("%(alert)s: %(count)s", alert=rule.display_name, count=len(self)),
            body=body,
        )

    def _close(self):
        """The fact holds no more: nobody needs to act on it."""
        for rule, alerts in groupby(self, lambda alert: alert.rule_id):
            self.concat(*alerts).write({"is_open": False, "closed_on": rule._today()})
        self.activity_id.with_context(mail_activity_quick_update=True).unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_client(self):
        """The client of an alert: to be extended where clients have a sheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [[False, "form"]],
        }
