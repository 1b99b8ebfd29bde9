"""Settings of demand forecasts, for each company."""

from odoo import api, fields, models

from ...tools.setting_range import DAYS, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_forecast_days = fields.Integer(
        string="Forecast History",
        default=1095,
        help="Days of sales that forecasts learn from. From 13 months on the time of the year "
        "counts too, more with each month.",
    )
    ai_discontinued_days = fields.Integer(
        string="No Longer Sold After",
        default=90,
        help="Days without a sale after which a product has no forecast.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_forecast_days": Range(14, 3650, DAYS),
            "ai_discontinued_days": Range(14, 3650, DAYS),
        }
