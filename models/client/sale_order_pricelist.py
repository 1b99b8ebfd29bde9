"""New quotations for a client with a contract take the price list of the contract."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.depends("partner_id", "company_id")
    def _compute_pricelist_id(self):
        done = super()._compute_pricelist_id()
        contracts = self.env["ai.client.contract"]
        for order in self.filtered(lambda order: order.state == "draft" and order.partner_id):
            company = order.company_id or self.env.company
            partner = order.partner_id._origin or order.partner_id
            pricelist = contracts._pricelist_of(company, partner, fields.Date.context_today(order))
            if pricelist:
                order.pricelist_id = pricelist
        return done
