"""Who is likely to pay late is called before the due day."""

from odoo import _, api, fields, models
from odoo.tools import SQL, format_amount

from ..client.ai_client_reasons import CallReason


class AiClient(models.Model):
    _inherit = "ai.client"

    pays_late = fields.Boolean(
        string="Likely Late",
        readonly=True,
        help="Owes an invoice that is due within a week and that is likely paid over 30 days late.",
    )
    usual_days_late = fields.Integer(readonly=True, group_operator="avg")

    @api.model
    def _call_reasons(self):
        """Who owes and is likely to pay late; overdue ones are a reason of their own."""
        return [
            *super()._call_reasons(),
            CallReason(
                "pays_late",
                [("pays_late", "=", True), ("overdue_count", "=", 0), ("balance", ">", 0)],
                self._pays_late_words,
            ),
        ]

    @api.model
    def _pays_late_words(self, client):
        amount = format_amount(self.env, client.balance, client.currency_id)
        if client.usual_days_late > 0:
            return _(
                "owes %(amount)s, usually pays %(days)s days late",
                amount=amount,
                days=client.usual_days_late,
            )
        return _("owes %s, likely to pay late", amount)

    @api.model
    def _note_late_payers(self, company, days):
        """Keep who is likely to pay late; days : {commercial entity's id: usual days late}."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_client client
                   SET pays_late = late.days IS NOT NULL,
                       usual_days_late = COALESCE(late.days, 0)
                  FROM ai_client own
             LEFT JOIN unnest(%(partners)s::int[], %(days)s::int[]) AS late (partner_id, days)
                    ON late.partner_id = own.partner_id
                 WHERE own.id = client.id
                   AND client.company_id = %(company)s
                   AND (client.pays_late, client.usual_days_late) IS DISTINCT FROM
                       (late.days IS NOT NULL, COALESCE(late.days, 0))
                """,
                partners=list(days),
                days=list(days.values()),
                company=company.id,
            )
        )
        self.env.invalidate_all()
