from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_dormant_days = fields.Integer(related="company_id.ai_dormant_days", readonly=False)
    ai_payment_delay = fields.Integer(related="company_id.ai_payment_delay", readonly=False)
    ai_gold_share = fields.Float(related="company_id.ai_gold_share", readonly=False)
    ai_silver_share = fields.Float(related="company_id.ai_silver_share", readonly=False)
    ai_new_product_days = fields.Integer(related="company_id.ai_new_product_days", readonly=False)
