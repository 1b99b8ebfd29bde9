"""Alerts of the call center's clients: what they say, and where they lead."""

from odoo import _, api, models
from odoo.tools import format_amount, format_date


class AiClientAlert(models.Model):
    _inherit = "ai.client.alert"

    @api.model
    def _before_alerts(self, company):
        self.env["ai.client"].sudo()._refresh(company)
        return super()._before_alerts(company)

    @api.model
    def _operator_of(self, partner):
        return partner.ai_operator_id or super()._operator_of(partner)

    def action_open_client(self):
        """The client sheet, for operators."""
        self.ensure_one()
        return self.partner_id.action_open_client_sheet()

    # ------------------------------------------------------------------
    # What is said
    # ------------------------------------------------------------------

    def _in_money(self):
        return format_amount(self.env, self.amount, self.company_id.currency_id)

    def _sentence_unpaid(self):
        return _(
            "%(amount)s unpaid, due since %(day)s",
            amount=self._in_money(),
            day=format_date(self.env, self.since),
        )

    def _sentence_overdue(self):
        return _(
            "%(amount)s past the payment date since %(day)s",
            amount=self._in_money(),
            day=format_date(self.env, self.since),
        )

    def _sentence_credit(self):
        partner = self.partner_id.sudo().with_company(self.company_id)
        return _(
            "Owes %(amount)s, above the limit of %(limit)s",
            amount=self._in_money(),
            limit=format_amount(self.env, partner.credit_limit, self.company_id.currency_id),
        )

    def _sentence_anniversary(self):
        return _("A client since %s, one year", format_date(self.env, self.since))

    def _sentence_validated(self):
        return _("%s has left the warehouse", self.key)
