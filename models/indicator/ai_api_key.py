"""A new key of the API: what it is called, what it may do, and for how long."""

from datetime import timedelta

from odoo import _, api, fields, models
from odoo.addons.base.models.res_users import check_identity
from odoo.exceptions import AccessError

from ...tools.compat import generate_api_key, longest_api_key_days
from .res_users_apikeys import ADMIN_GROUP, SCOPE

USUAL_DAYS = 365
SHOWN = "smart_recommender.ai_api_key_show_view_form"


class AiApiKey(models.TransientModel):
    _name = "ai.api.key"
    _description = "New Key of the API"

    name = fields.Char(required=True, help="Which system uses the key.")
    role = fields.Selection(
        selection="_roles",
        required=True,
        default="viewer",
        help="Viewers read indicators and the dashboard; managers also forecasts, replenishment, "
        "classes, anomalies and rules; administrators also the health of the server. A key never "
        "may more than its user.",
    )
    expires_on = fields.Date(default=lambda self: self._usual_end())
    can_expire = fields.Boolean(compute="_compute_can_expire")

    @api.model
    def _roles(self):
        roles = list({"viewer": _("Viewer"), "manager": _("Manager")}.items())
        if self.env.user.has_group(ADMIN_GROUP):
            roles.append(("admin", _("Administrator")))
        return roles

    @api.depends_context("uid")
    def _compute_can_expire(self):
        self.can_expire = longest_api_key_days(self.env) is not None

    @api.model
    def _usual_end(self):
        longest = longest_api_key_days(self.env)
        if longest is None:
            return False
        return fields.Date.context_today(self) + timedelta(days=min(longest, USUAL_DAYS))

    @check_identity
    def make_key(self):
        """Make the key, and show it once. Asks for the password first."""
        self.ensure_one()
        if not self.env.user._is_internal():
            raise AccessError(_("Only internal users make keys."))
        if self.role not in dict(self._roles()):
            raise AccessError(_("Only administrators make keys of administrators."))
        key = generate_api_key(self.env, SCOPE + self.role, self.name, self.expires_on)
        self.unlink()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": _("API Key Ready"),
            "views": [(self.env.ref(SHOWN).id, "form")],
            "target": "new",
            "context": {"default_key": key},
        }
