from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_suggestion_limit = fields.Integer(related="company_id.ai_suggestion_limit", readonly=False)
    ai_offer_limit = fields.Integer(related="company_id.ai_offer_limit", readonly=False)
    ai_show_beaten = fields.Boolean(related="company_id.ai_show_beaten", readonly=False)
