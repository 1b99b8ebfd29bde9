from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_dormant_days = fields.Integer(related="company_id.ai_dormant_days", readonly=False)
    ai_payment_delay = fields.Integer(related="company_id.ai_payment_delay", readonly=False)
