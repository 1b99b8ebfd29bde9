from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_rop_method = fields.Selection(related="company_id.ai_rop_method", readonly=False)
    ai_safety_days = fields.Float(related="company_id.ai_safety_days", readonly=False)
    ai_service_level = fields.Float(related="company_id.ai_service_level", readonly=False)
    ai_default_lead_time = fields.Float(related="company_id.ai_default_lead_time", readonly=False)
    ai_stock_alerts = fields.Boolean(related="company_id.ai_stock_alerts", readonly=False)
    ai_replay_text = fields.Text(compute="_compute_ai_replay_text")

    @api.depends("company_id")
    def _compute_ai_replay_text(self):
        """What both reorder points would have done, so that the choice is no guess."""
        for settings in self:
            settings.ai_replay_text = (
                self.env["ai.policy.replay"]
                .search([("company_id", "=", settings.company_id.id)], limit=1)
                .run_id.replay_text
            )
