from odoo import _, models
from odoo.addons.base.models.res_users import check_identity


class ResUsers(models.Model):
    _inherit = "res.users"

    @check_identity
    def action_ai_new_api_key(self):
        """Open the form for a new key of the API. Asks for the password first."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "ai.api.key",
            "name": _("New Key of the AI Recommender"),
            "views": [(False, "form")],
            "target": "new",
        }
