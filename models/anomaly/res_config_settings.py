from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_anomaly_threshold = fields.Float(related="company_id.ai_anomaly_threshold", readonly=False)
