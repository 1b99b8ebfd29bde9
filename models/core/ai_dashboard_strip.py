"""Strips of the dashboard, each told by the subject that knows it.

A subject extends ``_strips`` with {code: (place, name of a method)} where the user may read what it
shows. The method takes the companies and returns a strip, JSON-ready:

    title    text
    note     text beside it, such as what it is as of; may be empty
    tiles    [{"code", "label", "value" (number), "tone", "action" (window action or None)}]
    rows     [{"label", "detail", "tone", "action"}]: what stands out, in words
    empty    what has to be done before there is anything, in a sentence; "" where there is
    remedy   {"label", "action" (XML id)} of what the user may do about it, or None
    action   window action with all of it, or None

A tone is danger, warning, success, info, or "" for neither.
"""

from odoo import _, api, models


class AiDashboardStrip(models.AbstractModel):
    _name = "ai.dashboard.strip"
    _description = "Strip of the Dashboard"

    @api.model
    def _strips(self):
        return {}

    @api.model
    def _strip(self, code, companies):
        """The strip of a code, which has to be one of ``_strips``."""
        _place, method = self._strips()[code]
        return {
            "note": "",
            "tiles": [],
            "rows": [],
            "empty": "",
            "remedy": None,
            "action": None,
            **getattr(self, method)(companies),
        }

    def _needs_training(self):
        """Part of a strip that shows what a training has yet to find."""
        if not self.env.user.has_group("smart_recommender.group_manager"):
            return {
                "empty": _(
                    "Nothing learned yet. A manager of the AI Recommender can start the training."
                )
            }
        return {
            "empty": _("Nothing learned yet. Start the training, or wait for the night."),
            "remedy": {
                "label": _("Run AI Training"),
                "action": "smart_recommender.action_run_training",
            },
        }

    def _window(self, action, name, domain=(), **context):
        """Window action of ours with another name, domain and filters."""
        window = self.env["ir.actions.act_window"]._for_xml_id(f"smart_recommender.{action}")
        return {**window, "name": name, "domain": list(domain), "context": context}
