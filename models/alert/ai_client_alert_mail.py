"""Mails of alerts to clients: in the client's language, kept in its messages, never twice.

The mail is queued in the transaction that notes it, so that a run that is killed before its commit
leaves neither. What happens when a worker is killed while it sends is in :mod:`.mail_mail`.
"""

from datetime import timedelta

from odoo import _, api, fields, models

from ...tools.compat import check_access
from ...tools.rights import check_group

MAIL_STATES = [
    ("no_address", "No e-mail address"),
    ("queued", "Queued"),
    ("sending", "Being sent"),
    ("sent", "Sent"),
    ("failed", "Failed"),
]


class AiClientAlert(models.Model):
    _inherit = "ai.client.alert"

    may_mail = fields.Boolean(readonly=True, default=True)
    mail_state = fields.Selection(MAIL_STATES, string="Mail", readonly=True, copy=False)
    mailed_on = fields.Date(readonly=True, copy=False)
    message_id = fields.Many2one(
        "mail.message", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    @api.model
    def _mail_clients(self, rule):
        """Write to the clients of a rule's open alerts who have had no mail yet, and none of any
        alert within the rule's days."""
        if not rule.template_id:
            return
        today = rule._today()
        waiting = self.search(
            [
                ("rule_id", "=", rule.id),
                ("is_open", "=", True),
                ("may_mail", "=", True),
                ("mail_state", "in", (False, "no_address")),
            ],
            order="id",
        )
        written_to = self._written_to(rule, today, waiting.partner_id)
        reachable = waiting.filtered("partner_id.email")
        (waiting - reachable).mail_state = "no_address"
        chosen = {}
        for alert in reachable.filtered(lambda each: each.partner_id not in written_to):
            chosen.setdefault(alert.partner_id, alert)
        alerts = self.concat(*chosen.values())
        if alerts:
            alerts._mail(rule.template_id, today)
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _written_to(self, rule, today, partners):
        """Those of the clients who have had a mail of an alert within the rule's days."""
        return self.search(
            [
                ("company_id", "=", rule.company_id.id),
                ("partner_id", "in", partners.ids),
                ("mailed_on", ">", today - timedelta(days=rule.mail_days)),
            ]
        ).partner_id

    def _mail(self, template, today):
        """Queue a mail to the client of each alert and note it, in one transaction."""
        subjects, bodies = (
            template._render_field(name, self.ids, compute_lang=True)
            for name in ("subject", "body_html")
        )
        for alert in self:
            message = alert._post(subjects[alert.id], bodies[alert.id])
            alert.write({"message_id": message.id, "mail_state": "queued", "mailed_on": today})

    def _post(self, subject, body):
        """The message to the client, which its mail is made of; returns it."""
        self.ensure_one()
        partner = self.partner_id.with_context(
            lang=self.partner_id.lang, mail_create_nosubscribe=True, mail_post_autofollow=False
        )
        return partner.message_post(
            subject=subject,
            body=body,
            message_type="auto_comment",
            partner_ids=self.partner_id.ids,
            author_id=self.company_id.partner_id.id,
            email_from=self.company_id.email_formatted,
            email_layout_xmlid="mail.mail_notification_light",
            force_send=False,
        )

    def action_mail_again(self):
        """Queue a failed mail once more, after a person has looked. Managers only."""
        check_group(
            self.env,
            "smart_recommender.group_call_manager",
            _("Only managers of the call center send a mail again. Ask one of them."),
        )
        check_access(self, "read")
        for alert in self.sudo().filtered(lambda each: each.mail_state in ("failed", "sending")):
            mails = self.env["mail.mail"].sudo().search(
                [("mail_message_id", "=", alert.message_id.id)]
            )  # fmt: skip
            alert.mail_state = "queued"
            mails.mark_outgoing()
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True
