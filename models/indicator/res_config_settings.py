from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_api_rate = fields.Integer(related="company_id.ai_api_rate", readonly=False)
