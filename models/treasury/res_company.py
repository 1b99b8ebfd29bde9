"""Settings of money ahead, for each company."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_cash_limit = fields.Monetary(
        string="Least Cash",
        help="The cash forecast tells when bank and cash may fall below; 0: no limit.",
    )
