"""What a client ordered, was quoted and buys most, for its sheet."""

from odoo import api, fields, models

ORDERS = 5


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _orders(self, company, members):
        """The last confirmed orders and their delivery."""
        orders = self._last_orders(company, members, [("state", "=", "sale")])
        labels = dict(orders._fields["delivery_status"]._description_selection(self.env))
        return [
            {
                **self._prepare_order(order),
                "delivery": order.delivery_status or "",
                "delivery_label": labels.get(order.delivery_status, ""),
                "delivered_on": fields.Datetime.to_string(order.effective_date) or False,
                "promised_on": fields.Datetime.to_string(order.commitment_date) or False,
            }
            for order in orders
        ]

    @api.model
    def _quotations(self, company, members):
        """Open quotations, the newest first."""
        orders = self._last_orders(company, members, [("state", "in", ("draft", "sent"))])
        labels = dict(orders._fields["state"]._description_selection(self.env))
        return [
            {
                **self._prepare_order(order),
                "state_label": labels[order.state],
                "validity": fields.Date.to_string(order.validity_date) or False,
            }
            for order in orders
        ]

    @api.model
    def _last_orders(self, company, members, domain):
        return self.env["sale.order"].search(
            [("partner_id", "in", members.ids), ("company_id", "=", company.id), *domain],
            order="date_order desc, id desc",
            limit=ORDERS,
        )

    @api.model
    def _prepare_order(self, order):
        return {
            "id": order.id,
            "name": order.name,
            "date": fields.Datetime.to_string(order.date_order),
            "amount": order.amount_total,
            "currency_id": order.currency_id.id,
            "salesperson": order.user_id.name or "",
        }

    @api.model
    def _products(self, company, entity):
        """What the client buys most, with quantities and rhythm."""
        rows = self.env["ai.sales.extract"]._client_products(company, entity)
        products = {
            product.id: product
            for product in self.env["product.product"].browse(row["product_id"] for row in rows)
        }
        return [
            {
                "product_id": row["product_id"],
                "name": products[row["product_id"]].display_name,
                "quantity": row["quantity"],
                "uom": products[row["product_id"]].uom_id.display_name,
                "order_count": row["order_count"],
                "last_date": fields.Date.to_string(row["last_date"]),
                "interval_days": row["interval_days"],
                "is_archived": not products[row["product_id"]].active,
            }
            for row in rows
        ]
