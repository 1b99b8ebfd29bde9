from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_forecast_days = fields.Integer(related="company_id.ai_forecast_days", readonly=False)
