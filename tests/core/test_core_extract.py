from datetime import datetime

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from .common import RecommenderCommon
from .invoicing_common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestExtract(RecommenderCommon):
    def setUp(self):
        super().setUp()
        self.extract = self.env["ai.sales.extract"]

    def _items(self, company=None):
        company = company or self.company
        return self.extract._order_items(company, *self.extract._window(company))

    def _quantities(self):
        """{(order id, product id): quantity} of what the reader returns."""
        return {(row.order_id, row.product_id): row.quantity for row in self._items().itertuples()}

    def test_only_confirmed_orders_are_read(self):
        sold = self._create_order([self.fountain])
        for state in ("draft", "sent", "cancel"):
            self._create_order([self.fountain], state=state)
        self.assertEqual(self._items()["order_id"].tolist(), sold.ids)

    def test_a_locked_order_is_a_confirmed_one(self):
        order = self._create_order([self.fountain], locked=True)
        self.assertEqual(self._items()["order_id"].tolist(), order.ids)

    def test_sections_notes_down_payments_and_expenses_are_left_out(self):
        order = self._create_order([self.fountain])
        order.write(
            {
                "order_line": [
                    Command.create({"display_type": "line_section", "name": "Section"}),
                    Command.create({"display_type": "line_note", "name": "Note"}),
                    Command.create(
                        {"product_id": self.soap.id, "is_downpayment": True, "product_uom_qty": 0}
                    ),
                    Command.create({"product_id": self.cups.id, "is_expense": True}),
                ]
            }
        )
        self.assertEqual(self._items()["product_id"].tolist(), self.fountain.ids)

    def test_services_are_left_out_unless_the_company_wants_them(self):
        service = self._create_product("Installation", detailed_type="service")
        self._create_order([self.fountain, service])
        self.assertEqual(self._items()["product_id"].tolist(), self.fountain.ids)
        self.company.ai_include_services = True
        self.assertCountEqual(self._items()["product_id"], (self.fountain | service).ids)

    def test_gifts_are_kept_unless_the_company_leaves_them_out(self):
        gift = self._create_product("Cadeau", price=0.0)
        self._create_order([self.fountain, gift])
        self.assertCountEqual(self._items()["product_id"], (self.fountain | gift).ids)
        self.company.ai_exclude_free = True
        self.assertEqual(self._items()["product_id"].tolist(), self.fountain.ids)

    def test_excluded_products_and_categories_with_those_below_are_left_out(self):
        parent = self.env["product.category"].create({"name": "Divers"})
        child = self.env["product.category"].create({"name": "Papier", "parent_id": parent.id})
        self.cups.categ_id = child
        self._create_order([self.fountain, self.bottle, self.cups])
        self.company.ai_excluded_product_ids = self.bottle
        self.company.ai_excluded_categ_ids = parent
        self.assertEqual(self._items()["product_id"].tolist(), self.fountain.ids)

    def test_archived_products_keep_their_history(self):
        self._create_order([self.fountain])
        self.fountain.active = False
        self.assertEqual(self._items()["product_id"].tolist(), self.fountain.ids)

    def test_other_companies_are_not_read(self):
        other = self._create_company("Autre")
        self._create_order([self.fountain], company=other, partner=self.shared_partner)
        self.assertTrue(self._items().empty)
        self.assertEqual(self._items(other)["product_id"].tolist(), self.fountain.ids)

    def test_quantities_are_in_the_unit_of_the_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_order([(self.bottle, 2.0)])
        order.order_line.product_uom = dozen
        self.assertEqual(self._quantities(), {(order.id, self.bottle.id): 24.0})

    def test_the_customer_is_the_commercial_entity(self):
        contact = self.env["res.partner"].create(
            {"name": "Acheteur", "parent_id": self.partner.id, "type": "contact"}
        )
        self._create_order([self.fountain], partner=contact)
        self.assertEqual(self._items()["customer_id"].tolist(), self.partner.ids)

    def test_future_orders_are_left_out(self):
        self._create_order([self.fountain], days_ago=-2)
        self.assertTrue(self._items().empty)

    def test_window_is_bounded_by_days_of_the_company_time_zone(self):
        self.company.resource_calendar_id.tz = "Africa/Lubumbashi"  # UTC+2, no summer time
        self.company.ai_history_days = 2
        inside, outside = (
            self._create_order([self.fountain]),
            self._create_order([self.fountain]),
        )
        inside.date_order = datetime(2026, 3, 9, 22, 0)  # 10 March, 00:00 there
        outside.date_order = datetime(2026, 3, 9, 21, 59)  # 9 March, 23:59 there
        with freeze_time("2026-03-10 23:30:00"):  # 11 March, 01:30 there
            self.assertEqual(
                [str(day) for day in self.extract._window(self.company)],
                ["2026-03-10", "2026-03-11"],
            )
            self.assertEqual(self._items()["order_id"].tolist(), inside.ids)

    def test_an_order_confirmed_this_second_is_read(self):
        order = self._create_order([self.fountain], days_ago=0)
        order.date_order = fields.Datetime.now()
        self.assertEqual(self._items()["order_id"].tolist(), order.ids)

    def test_reading_takes_one_statement_whatever_the_number_of_products(self):
        for product in (self.fountain, self.bottle, self.cups):
            self._create_order([product])
        window = self.extract._window(self.company)
        self.extract._order_items(self.company, *window)  # warms the cache of the settings
        self.env.flush_all()
        # The second statement finds the excluded products of the company.
        with self.assertQueryCount(2):
            self.extract._order_items(self.company, *window)


@tagged("post_install", "-at_install")
class TestExtractRefunds(InvoicingCommon):
    def setUp(self):
        super().setUp()
        self.extract = self.env["ai.sales.extract"]
        self.order = self._create_order([(self.bottle, 10.0)])
        self.line = self.order.order_line

    def _kept(self):
        items = self.extract._order_items(self.company, *self.extract._window(self.company))
        return items["quantity"].tolist()

    def test_a_credit_note_is_deducted(self):
        self._invoice(10.0)
        self._invoice(4.0, "out_refund")
        self.assertEqual(self._kept(), [6.0])

    def test_a_draft_credit_note_is_not_deducted(self):
        self._invoice(10.0)
        self._invoice(4.0, "out_refund", post=False)
        self.assertEqual(self._kept(), [10.0])

    def test_a_corrected_invoice_is_no_refund(self):
        self._invoice(10.0)
        self._invoice(10.0, "out_refund")
        self._invoice(10.0)
        self.assertEqual(self._kept(), [10.0])

    def test_a_refund_of_a_part_invoice_leaves_what_is_still_to_be_invoiced(self):
        self._invoice(5.0)
        self._invoice(5.0, "out_refund")
        self.assertEqual(self._kept(), [5.0])

    def test_a_credit_note_in_dozens_is_turned_into_the_unit_of_the_product(self):
        self.line.product_uom_qty = 24.0
        self._invoice(24.0)
        self._invoice(1.0, "out_refund", post=False)
        refund = self.line.invoice_lines.filtered(lambda line: line.move_id.state == "draft")
        refund.product_uom_id = self.env.ref("uom.product_uom_dozen")
        refund.move_id.action_post()
        self.assertEqual(self._kept(), [12.0])

    def test_a_fully_refunded_product_makes_no_pair(self):
        self.order.write({"order_line": [Command.create({"product_id": self.soap.id})]})
        self._invoice(10.0)
        self._invoice(10.0, "out_refund")
        self._create_history()
        self._train()
        self.assertFalse(self._rule(self.soap, self.bottle))
        self.assertEqual(self._rule(self.fountain, self.bottle).consequent_count, 10)
