"""Figures of deliveries, stock, vendors and payments, of documents that Odoo made itself."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestDeliveryFigures(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bottle.with_company(cls.company).standard_price = 20
        cls._put(cls.bottle, 1000)
        # Two days ago, 10 of 10 and a day early; three days ago, 4 of 10 and the rest cancelled.
        cls.whole = cls._confirmed(10, ago=5)
        cls._deliver(cls.whole.picking_ids, done=cls._at(2, 23, 30), deadline=cls._at(2, 1))
        cls.part = cls._confirmed(10, ago=6)
        cls._deliver(cls.part.picking_ids, cls._at(3), cls._at(4), quantity=4)
        cls._close(cls.part)
        # Late and open, open in time, and done without a deadline.
        cls.late = cls._confirmed(1, ago=6)
        cls._deadline(cls.late.picking_ids, cls._at(4))
        cls.waiting = cls._confirmed(1, ago=6)
        cls._deadline(cls.waiting.picking_ids, cls._at(-3))
        cls.free = cls._confirmed(5, ago=4)
        cls._deliver(cls.free.picking_ids, cls._at(1), None)
        cls._restate()

    @classmethod
    def _confirmed(cls, quantity, ago, **vals):
        order = cls._order([cls._line(cls.bottle, quantity, 35)], cls._at(ago), "draft", **vals)
        order.action_confirm()
        order.date_order = cls._at(ago)
        order.order_line.customer_lead = 2
        cls._made(order.picking_ids, cls._at(ago))
        return order

    @classmethod
    def _deadline(cls, pickings, deadline):
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE stock_picking SET date_deadline = %s WHERE id = ANY(%s)",
            (deadline, pickings.ids),
        )
        cls.env.invalidate_all()

    @classmethod
    def _deliver(cls, picking, done, deadline, quantity=None):
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty if quantity is None else quantity
            move.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        cls._deadline(picking, deadline)
        cls.env.cr.execute(
            "UPDATE stock_picking SET date_done = %s WHERE id = ANY(%s)", (done, picking.ids)
        )
        cls.env.invalidate_all()

    @classmethod
    def _close(cls, order):
        order.picking_ids.filtered(lambda picking: picking.state != "done").action_cancel()

    def test_fulfilment_counts_what_was_due_and_a_cancelled_rest_as_missing(self):
        # Due after a lead of two days: 10 and 10, 1 and 1, 5.
        self.assertAlmostEqual(
            self._value("fulfilment"), 100 * (10 + 4 + 5) / (10 + 10 + 1 + 1 + 5)
        )

    def test_late_orders_are_those_past_a_deadline_among_the_open_ones(self):
        figure = self._figures()["late_orders"]
        self.assertAlmostEqual(figure["value"], 50.0)
        history = dict(figure["history"])
        # Four days ago all five were open, and the deadlines of two were that day.
        self.assertAlmostEqual(history[str(self._day(4))], 100 * 2 / 5)

    def test_on_time_goes_by_local_days_and_leaves_out_what_has_no_deadline(self):
        figure = self._figures()["on_time"]
        self.assertAlmostEqual(figure["value"], 50.0)
        self.assertIn("1", figure["note"])

    def test_processing_takes_until_the_last_delivery(self):
        days = sorted(
            [
                (self._at(2, 23, 30) - self._at(5)) / timedelta(days=1),
                (self._at(3) - self._at(6)) / timedelta(days=1),
                (self._at(1) - self._at(4)) / timedelta(days=1),
            ]
        )
        self.assertAlmostEqual(self._value("processing_time"), days[1])

    def test_a_delivery_that_is_done_later_changes_the_past(self):
        self._deliver(self.late.picking_ids, self._at(1), self._at(4))
        self._restate(8)
        history = dict(self._figures()["late_orders"]["history"])
        # Of three that were open: the third was done a day later.
        self.assertAlmostEqual(history[str(self._day(2))], 100 / 3)
        self.assertAlmostEqual(history[str(self._day(1))], 0.0)


@tagged("post_install", "-at_install")
class TestStockFigures(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env.ref("stock.stock_location_suppliers")
        cls.customer = cls.env.ref("stock.stock_location_customers")
        for product, cost in ((cls.bottle, 20), (cls.cups, 6)):
            product.with_company(cls.company).standard_price = cost
        cls._order([cls._line(cls.soap, 1, 8)], cls._at(20))
        # In: 100 bottles 10 days ago, out: 30 of them 3 days ago, 5 came back the day after.
        shelf = cls.warehouse.lot_stock_id
        cls._moved(cls.bottle, 100, cls.supplier, shelf, 10)
        cls._moved(cls.bottle, 30, shelf, cls.customer, 3)
        cls._moved(cls.bottle, 5, cls.customer, shelf, 2)
        cls._restate()

    @classmethod
    def _moved(cls, product, quantity, source, target, ago):
        """A move that was done on a local day, with its value."""
        move = cls._create_move(product, quantity, source, target)
        move._action_confirm()
        move._action_assign()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        cls.env.flush_all()
        at = cls._at(ago, 23, 30)
        cls.env.cr.execute("UPDATE stock_move SET date = %s WHERE id = ANY(%s)", (at, move.ids))
        if "stock.valuation.layer" in cls.env:
            cls._made(
                cls.env["stock.valuation.layer"].search([("stock_move_id", "=", move.id)]), at
            )
        cls.env.invalidate_all()
        return move

    def test_the_value_of_each_evening_is_told_back(self):
        figure = self._figures({"days": 30})["stock_value"]
        history = dict(figure["history"])
        self.assertAlmostEqual(figure["value"], 75 * 20)
        self.assertAlmostEqual(history[str(self._day(11))], 0)
        self.assertAlmostEqual(history[str(self._day(10))], 2000)
        self.assertAlmostEqual(history[str(self._day(3))], 1400)
        self.assertAlmostEqual(history[str(self._day(2))], 1500)

    def test_a_movement_without_a_value_changes_none(self):
        self._moved(self.cups, 50, self.supplier, self.warehouse.lot_stock_id, 6)
        layers = "stock.valuation.layer" in self.env
        table = SQL.identifier("stock_valuation_layer" if layers else "stock_move")
        self.env.cr.execute(
            SQL("UPDATE %s SET value = NULL WHERE product_id = %s", table, self.cups.id)
        )
        self.env.invalidate_all()
        self._restate()
        history = dict(self._figures({"days": 30})["stock_value"]["history"])
        self.assertAlmostEqual(history[str(self._day(6))], history[str(self._day(7))])

    def test_turnover_is_a_years_cost_over_the_mean_value(self):
        values = [2000.0] * 4 + [1400.0] + [1500.0] * 2
        cost = 30 * 20 - 5 * 20
        mean = sum(values) / 7
        self.assertAlmostEqual(self._value("stock_turnover"), cost * 365 / 7 / mean)

    def test_dead_stock_was_neither_sold_nor_received_of_late(self):
        self._moved(self.cups, 50, self.supplier, self.warehouse.lot_stock_id, 200)
        self._restate(8)
        self.assertAlmostEqual(self._value("dead_stock"), 300)
        self._order([self._line(self.cups, 1, 12)], self._at(1))
        self._restate(8)
        self.assertAlmostEqual(self._value("dead_stock"), 0)

    def test_products_are_those_for_sale(self):
        before = self._value("products")
        self._create_products("Nouveau", 3)
        self._create_product("Pas à vendre", sale_ok=False)
        self._create_product("Archivé").active = False
        other = self._create_company("Autre")
        self._create_product("D'autrui", company_id=other.id)
        self._restate(8)
        self.assertEqual(self._value("products"), before + 3)

    def test_vendors_are_on_time_when_all_of_a_line_is_there_by_the_day(self):
        vendor = self.env["res.partner"].create({"name": "Fournisseur"})
        for ordered, received, late in ((10, 10, 0), (10, 10, 1), (10, 4, 0)):
            purchase = self.env["purchase.order"].create(
                {
                    "partner_id": vendor.id,
                    "company_id": self.company.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.bottle.id,
                                "product_qty": ordered,
                                "price_unit": 20,
                                "date_planned": self._at(3, 9),
                            }
                        )
                    ],
                }
            )
            purchase.button_confirm()
            purchase.order_line.date_planned = self._at(3, 9)
            picking = purchase.picking_ids
            picking.move_ids.quantity = received
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True).button_validate()
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE stock_move SET date = %s WHERE id = ANY(%s) AND state = 'done'",
                (self._at(3 - late, 23, 30), picking.move_ids.ids),
            )
        self._restate(8)
        self.assertAlmostEqual(self._value("vendor_on_time"), 100 / 3)

    def test_an_order_cycle_ends_with_the_last_payment(self):
        order = self._order([self._line(self.bottle, 1, 35)], self._at(9))
        self._made(order, self._at(11))
        order.order_line.qty_delivered = 1
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "invoice_date": self._day(8),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.bottle.id,
                            "quantity": 1,
                            "price_unit": 35,
                            "tax_ids": False,
                            "sale_line_ids": [Command.set(order.order_line.ids)],
                        }
                    )
                ],
            }
        )
        move.action_post()
        self._restate(30)
        self.assertIsNone(self._value("order_cycle"))
        self._pay(move, ago=4)
        self._restate(30)
        self.assertAlmostEqual(self._value("order_cycle"), 7)

    def _pay(self, invoice, ago):
        """An entry that settles an invoice on a local day."""
        receivable = invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
        bank = self.env["account.account"].create(
            {
                "name": "Banque",
                "code": "514100",
                "account_type": "asset_cash",
                **(
                    {"company_ids": [Command.link(self.company.id)]}
                    if "company_ids" in self.env["account.account"]._fields
                    else {"company_id": self.company.id}
                ),
            }
        )
        journal = self.env["account.journal"].create(
            {"name": "Divers", "code": "OD", "type": "general", "company_id": self.company.id}
        )
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": self._day(ago),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": receivable.account_id.id,
                            "partner_id": self.partner.id,
                            "credit": 35.0,
                        }
                    ),
                    Command.create({"account_id": bank.id, "debit": 35.0}),
                ],
            }
        )
        entry.action_post()
        (receivable | entry.line_ids.filtered("credit")).reconcile()
