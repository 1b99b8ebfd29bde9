"""The screen of ``ai.health``: how all parts are now, what needs a look first."""

from odoo import _, api, fields, models

from ...tools.rights import check_group
from .ai_health import STATUSES
from .res_users_apikeys import ADMIN_GROUP

STATUS_WORDS = [("ok", "OK"), ("degraded", "Needs a Look"), ("failed", "Failed")]


class AiHealthPage(models.TransientModel):
    _name = "ai.health.page"
    _description = "Health"

    status = fields.Selection(STATUS_WORDS, readonly=True)
    line_ids = fields.One2many("ai.health.line", "page_id", string="Checks", readonly=True)

    @api.depends("create_date")
    def _compute_display_name(self):
        for page in self:
            page.display_name = _("Health")

    @api.model
    def action_open(self):
        """Look at everything now, and show it. Administrators only."""
        check_group(self.env, ADMIN_GROUP, _("Only administrators see the health of the server."))
        report = self.env["ai.health"]._report()
        checks = sorted(report["checks"], key=lambda each: -STATUSES.index(each["status"]))
        names = ("area", "name", "status", "text", "company_id")
        page = self.create(
            {
                "status": report["status"],
                "line_ids": [(0, 0, {name: each[name] for name in names}) for each in checks],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": _("Health"),
            "res_model": self._name,
            "res_id": page.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }
