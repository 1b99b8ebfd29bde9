"""Invoices that a client disputes: nobody reminds of them by mail until it is settled."""

from odoo import api, fields, models
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = "account.move"

    # Portal users read invoices: the groups keep the field from them.
    ai_is_disputed = fields.Boolean(
        string="Disputed",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="The client gets no reminder by mail for this invoice.",
    )

    @api.model
    def _disputed_query(self, company):
        """SQL of the ids of disputed invoices of a company: to be extended."""
        return SQL(
            "SELECT id FROM account_move WHERE ai_is_disputed AND company_id = %s", company.id
        )
