"""Settings of the API, for each company."""

from odoo import api, fields, models

from ...tools.setting_range import WHOLE, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_api_rate = fields.Integer(
        string="Requests a Minute",
        default=600,
        help="How often each key of the API may ask, in each worker of the server; 0 for as often "
        "as it likes.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {"ai_api_rate": Range(0, 1_000_000, WHOLE)}
