"""Returnable containers: bottles, crates and kegs that stay the company's and come back.

A container is a product like any other. Odoo's own parts do the rest: an order line delivers and
charges it, a receipt takes it back, a line with a quantity below zero refunds it. What is kept here
is what Odoo does not know of it: what a client leaves for it, and for how long it may be away.
"""

from odoo import Command, _, api, fields, models, tools
from odoo.exceptions import ValidationError

from ...tools.compat import check_access


class AiDepositContainer(models.Model):
    _name = "ai.deposit.container"
    _description = "Returnable Container"
    _inherit = ["ai.cached.row", "ai.company.row", "ai.editable.row"]
    _order = "company_id, product_id"
    _rec_name = "product_id"
    _editable = frozenset({"company_id", "product_id", "value", "days", "active", "content_ids"})

    company_id = fields.Many2one(default=lambda self: self.env.company, readonly=False)
    product_id = fields.Many2one(
        "product.product",
        string="Container",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain=[("type", "!=", "service")],
        help="The empty container, a product of its own. It stands for full and empty ones alike: "
        "what of it is in stock is here, what was delivered is at clients.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    value = fields.Monetary(
        string="Deposit",
        group_operator="avg",
        help="What a client leaves for one container, without taxes, whatever the price list. "
        "Zero: containers are counted, and nothing is charged.",
    )
    days = fields.Integer(
        string="Days to Return",
        required=True,
        default=30,
        help="Days after its delivery on which a container is due back. The oldest are taken to "
        "come back first.",
    )
    active = fields.Boolean(
        default=True,
        help="An archived container is no longer added to orders; those at clients are still "
        "counted.",
    )
    content_ids = fields.One2many(
        "ai.deposit.content", "container_id", string="Sold in It", copy=False
    )

    _sql_constraints = [
        (
            "product_unique",
            "UNIQUE(company_id, product_id)",
            "This container is there already, perhaps archived: change its deposit there.",
        ),
        ("value_positive", "CHECK(value >= 0)", "Give a deposit of zero or more."),
        ("days_positive", "CHECK(days > 0)", "Give at least one day to return a container."),
    ]

    @api.constrains("product_id")
    def _check_product(self):
        for container in self:
            if container.product_id.type == "service":
                raise ValidationError(
                    _(
                        "%s is a service, and nobody can bring one back: take goods, which are "
                        "delivered and received.",
                        container.product_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_balances(self):
        """Where containers of this kind are."""
        self.ensure_one()
        check_access(self, "read")
        check_access(self.env["ai.deposit.balance"], "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_deposit_balance_action"
        )
        return {**action, "domain": [("container_id", "=", self.id)], "context": {}}

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    @tools.ormcache("company_id")
    def _by_product(self, company_id):
        """{product id: container id} of a company, archived ones included; in the worker's memory,
        for each order line asks for it."""
        rows = self.sudo().with_context(active_test=False).search([("company_id", "=", company_id)])
        return {row.product_id.id: row.id for row in rows}

    @api.model
    def _of_product(self, company, product):
        """The container that a product is in a company; empty where it is none."""
        return self.sudo().browse(self._by_product(company.id).get(product.id))

    def _price(self, unit, currency, day):
        """Deposit of one container in a unit and a currency."""
        self.ensure_one()
        count = unit._compute_quantity(1.0, self.product_id.uom_id, round=False)
        return self.currency_id._convert(self.value * count, currency, self.company_id, day)

    def _take_back(self, partner, quantity, warehouse):
        """Empties of a client have come back: a receipt of its own kind, done at once.

        quantity : float, in the container's own unit. Returns the done stock.move.
        """
        self.ensure_one()
        container = self.sudo().with_company(self.company_id)
        operation = warehouse.sudo().with_company(self.company_id)._ai_empties_operation()
        moves = container.env["stock.move"]
        product = container.product_id
        places = {
            "location_id": partner.sudo().with_company(self.company_id).property_stock_customer.id,
            "location_dest_id": operation.default_location_dest_id.id,
        }
        vals = {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "company_id": self.company_id.id,
            **places,
        }
        if "name" in moves._fields:  # newer series of Odoo have none
            vals["name"] = product.display_name
        picking = container.env["stock.picking"].create(
            {
                "picking_type_id": operation.id,
                "partner_id": partner.id,
                "company_id": self.company_id.id,
                **places,
                "move_ids": [Command.create(vals)],
            }
        )
        picking.action_confirm()
        move = picking.move_ids
        move.write({"quantity": quantity, "picked": True})
        picking._action_done()
        return move
