"""A bottle that comes back: an empty container with a deposit, and what is sold in it."""

from datetime import timedelta

from odoo import Command, fields

from ..client.common import CallCenterCommon


class DepositCommon(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty = cls._create_product("Bonbonne vide", 50.0)
        cls.empty.detailed_type = "product"
        cls.container = cls._create_container(cls.empty, cls.bottle, value=40.0, days=30)
        cls.balances = cls.env["ai.deposit.balance"]
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.empty, cls.warehouse.lot_stock_id, 1000.0
        )

    @classmethod
    def _create_container(cls, empty, *contents, company=None, **vals):
        """contents : products, or pairs of one and how many containers it takes."""
        pairs = [each if isinstance(each, tuple) else (each, 1.0) for each in contents]
        return cls.env["ai.deposit.container"].create(
            {
                "company_id": (company or cls.company).id,
                "product_id": empty.id,
                "content_ids": [
                    Command.create(
                        {"product_tmpl_id": product.product_tmpl_id.id, "quantity": number}
                    )
                    for product, number in pairs
                ],
                **vals,
            }
        )

    @classmethod
    def _order(cls, lines, partner=None, **vals):
        """A quotation, not confirmed. lines : as of ``_create_order``."""
        return cls._create_order(lines, state="draft", partner=partner or cls.hotel, **vals)

    @classmethod
    def _deposit_line(cls, order, container=None):
        container = container or cls.container
        return order.order_line.filtered(lambda line: line.ai_deposit_container_id == container)

    @classmethod
    def _deliver(cls, order, days_ago=0):
        """Confirm and deliver an order as the warehouse does, some days ago."""
        order.action_confirm()
        cls._finish(order.picking_ids.filtered(lambda picking: picking.state != "done"), days_ago)

    @classmethod
    def _finish(cls, pickings, days_ago=0):
        for move in pickings.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        pickings._action_done()
        moment = fields.Datetime.now() - timedelta(days=days_ago)
        pickings.move_ids.move_line_ids.write({"date": moment})

    def _deliver_bottles(self, quantity, days_ago=0, partner=None):
        order = self._order([(self.bottle, quantity)], partner=partner)
        self._deliver(order, days_ago)
        return order

    def _balance(self, partner=None, container=None):
        """The row of a client as lists read it; empty where it holds none."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.balances.search(
            [
                ("partner_id", "=", (partner or self.hotel).id),
                ("container_id", "=", (container or self.container).id),
            ]
        )

    def _log_return(self, quantity, user=None, partner=None, container=None, **vals):
        """What the operator's dialog does. Returns the wizard's row."""
        container = container or self.container
        partner = (partner or self.hotel).with_user(user or self.operator)
        action = partner.with_company(self.company).action_return_containers(container.id)
        wizards = partner.env["ai.deposit.return"].with_context(**action["context"])
        wizard = wizards.create({"quantity": quantity, **vals})
        wizard.action_log_return()
        return wizard

    def _day(self, days_ago):
        return fields.Date.today() - timedelta(days=days_ago)
