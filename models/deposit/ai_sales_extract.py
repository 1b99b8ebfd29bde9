from odoo import api, models


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _excluded_product_ids(self, company):
        """A container goes with what is in it: nothing is learned from that."""
        excluded = super()._excluded_product_ids(company)
        return [*excluded, *self.env["ai.deposit.container"]._by_product(company.id)]
