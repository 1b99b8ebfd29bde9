"""Quotations of the control arm: what they would show is logged, and hidden."""

from odoo import _, api, models


class AiSuggestion(models.AbstractModel):
    _inherit = "ai.suggestion"

    @api.model
    def _suggest(self, order):
        result = super()._suggest(order)
        if result["status"] != "ok" or result["readonly"]:
            return result
        exposures = self.env["ai.exposure"]
        experiment = exposures._hiding_experiment(order, result["items"])
        if experiment is None:
            return {**result, **self._not_drawn_yet(order), "items": []}
        return experiment._hide(result) if experiment else result

    @api.model
    def _not_drawn_yet(self, order):
        if order.partner_id:
            return {
                "status": "not_drawn",
                "title": _("Save the quotation to see suggestions"),
                "help": _(
                    "An experiment draws by lot which quotations show suggestions, once they are "
                    "saved."
                ),
            }
        return {
            "status": "not_drawn",
            "title": _("Choose the customer to see suggestions"),
            "help": _("An experiment draws by lot for which customers suggestions are shown."),
        }
