"""Settings of money ahead, for each company."""

from odoo import api, fields, models

from ...tools.setting_range import Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_cash_limit = fields.Monetary(
        string="Least Cash",
        help="The cash forecast tells when bank and cash may fall below; 0: no limit.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {"ai_cash_limit": Range(0, 1e15)}
