"""New quotations for a client with a contract take the price list of the contract."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.depends("partner_id", "company_id")
    def _compute_pricelist_id(self):
        done = super()._compute_pricelist_id()
        contracts = self.env["ai.client.contract"]
        orders = self.filtered(lambda order: order.state == "draft" and order.partner_id)
        today = fields.Date.context_today(self)
        pricelists = contracts._pricelists_of(orders.partner_id.commercial_partner_id, today)
        for order in orders:
            company = order.company_id or self.env.company
            pricelist = pricelists.get((company, order.partner_id.commercial_partner_id._origin))
            if pricelist:
                order.pricelist_id = pricelist
        return done
