"""Orders that tests copy from a pattern have the stored columns that Odoo would compute."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import RecommenderCommon
from .history import write_orders


@tagged("post_install", "-at_install")
class TestHistory(RecommenderCommon):
    # Of the record, of its making, or made when they are first asked for.
    OWN = {
        *("id", "name", "order_id", "access_token", "signed_on"),
        *("create_date", "write_date", "create_uid", "write_uid"),
    }

    def _made_by_odoo(self, partner, date, entries):
        order = self.env["sale.order"].with_company(self.company).create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in entries
                ],
            }
        )  # fmt: skip
        order.write({"state": "sale", "date_order": date})
        return order

    def _check_equal(self, copy, made):
        self.assertEqual(len(copy), len(made))
        for name, field in made._fields.items():
            if field.store and field.column_type and name not in self.OWN:
                self.assertEqual(
                    copy.mapped(name), made.mapped(name), f"{made._name}.{name} of a copy"
                )

    def test_stored_columns_are_those_that_odoo_would_compute(self):
        self.cups.invoice_policy = "delivery"
        self.soap.list_price = 8.05
        date = fields.Datetime.now() - timedelta(days=40)
        for partner, entries in (
            (self.partner, [(self.soap, 3.0), (self.cups, 2.0)]),
            (self.partner, [(self.cups, 7.0)]),
            (self.partners[1], [(self.bottle, -4.0)]),
            (self.shared_partner, [(self.soap, 2.5), (self.fountain, 1.0), (self.soap, 1.0)]),
        ):
            made = self._made_by_odoo(partner, date, entries)
            copy = write_orders(self.env, self.company, [(partner, date, entries)])
            self._check_equal(copy, made)
            self._check_equal(copy.order_line, made.order_line)

    def test_orders_come_in_the_order_of_the_list_and_no_pattern_stays(self):
        before = self.env["sale.order"].search([])
        now = fields.Datetime.now()
        orders = write_orders(
            self.env,
            self.company,
            [
                (self.partners[at % 2], now - timedelta(days=at), [(self.soap, 1.0)])
                for at in (3, 4, 2)
            ],
            user_id=self.salesperson.id,
        )
        self.assertEqual(
            orders.mapped("date_order"), [now - timedelta(days=at) for at in (3, 4, 2)]
        )
        self.assertEqual(
            [order.partner_id for order in orders],
            [self.partners[1], self.partners[0], self.partners[0]],
        )
        self.assertEqual(orders.user_id, self.salesperson)
        self.assertEqual(self.env["sale.order"].search([]) - before, orders)

    def test_a_tax_is_refused_and_not_left_out(self):
        self.soap.taxes_id = self._create_tax("TVA 20 %", 20)
        with self.assertRaisesRegex(AssertionError, "taxes"):
            write_orders(
                self.env, self.company, [(self.partner, fields.Datetime.now(), [(self.soap, 1.0)])]
            )
