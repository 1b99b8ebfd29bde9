"""Offers on the sheet of a client in the control arm of an experiment."""

from odoo import api, models


class AiCustomerRecommendation(models.Model):
    _inherit = "ai.customer.recommendation"

    @api.model
    def _offers(self, partner, company, limit=None):
        """Of clients that are not drawn themselves, quotations are; their sheets show offers."""
        result = super()._offers(partner, company, limit)
        if result["status"] != "ok":
            return result
        experiment = self.env["ai.experiment"].sudo()._running(company)
        unit = experiment and experiment._client_unit(partner.commercial_partner_id)
        if not unit or experiment._arm_of(unit) != "control":
            return result
        return experiment._hide(result)
