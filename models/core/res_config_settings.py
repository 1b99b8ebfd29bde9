from odoo import _, fields, models
from odoo.exceptions import AccessError


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_enabled = fields.Boolean(related="company_id.ai_enabled", readonly=False)
    ai_auto_train = fields.Boolean(related="company_id.ai_auto_train", readonly=False)
    ai_history_days = fields.Integer(related="company_id.ai_history_days", readonly=False)
    ai_excluded_product_ids = fields.Many2many(
        related="company_id.ai_excluded_product_ids", readonly=False
    )
    ai_excluded_categ_ids = fields.Many2many(
        related="company_id.ai_excluded_categ_ids", readonly=False
    )

    def action_ai_open_expert_settings(self):
        """Open the rarely changed settings of the company. Raises AccessError for everybody but
        administrators, as the page itself does."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(_("Only administrators may change the expert settings."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.expert_settings_action"
        )
        return {**action, "res_id": self.env.company.id}
