from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_abc_preset = fields.Selection(related="company_id.ai_abc_preset", readonly=False)
