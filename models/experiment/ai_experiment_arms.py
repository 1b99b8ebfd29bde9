"""Which arm of an experiment a quotation or a client is in, and what the control sees."""

from odoo import _, api, models
from odoo.tools import format_date


class AiExperiment(models.Model):
    _inherit = "ai.experiment"

    @api.model
    def _running(self, company):
        """The experiment that runs in a company, or none."""
        return self.search([("company_id", "=", company.id), ("state", "=", "running")], limit=1)

    def _unit_of(self, order):
        """What is drawn for a quotation, as text; empty where that is not known yet."""
        entity = self.env["ai.exposure"]._entity_of(order)
        return self._client_unit(entity) or (f"order:{order._origin.id}" if order._origin else "")

    def _client_unit(self, entity):
        """The unit of a commercial entity, empty where its quotations are drawn one by one."""
        if self.unit == "order" or not entity or entity in self.walk_in_ids:
            return ""
        return f"client:{entity.id}"

    def _arm_of(self, unit):
        from ...algorithms.experiment.assignment import is_treated

        return "shown" if is_treated(self.sudo().salt, unit, self.share) else "control"

    def _hide(self, result):
        """What the control sees of suggestions or offers that it would have got."""
        self.ensure_one()
        if self.control_sees == "same":
            return result
        kept = [item for item in result["items"] if item["kind"] == "popular"]
        if self.control_sees == "popular" and kept:
            return {**result, "items": kept}
        return {
            **result,
            "status": "control",
            "items": [],
            "title": _("No suggestions here, on purpose"),
            "help": self._hidden_help(),
        }

    def _hidden_help(self):
        if not self.end_date:
            return _(
                "This belongs to the control of the experiment “%s”, which measures what "
                "suggestions bring.",
                self.name,
            )
        return _(
            "Until %(day)s this belongs to the control of the experiment “%(name)s”, which "
            "measures what suggestions bring.",
            day=format_date(self.env, self.end_date),
            name=self.name,
        )
