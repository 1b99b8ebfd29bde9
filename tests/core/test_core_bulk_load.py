from datetime import datetime, timedelta

from odoo.tests import tagged

from ...bulk_load import load
from ...bulk_load.parse import Line
from .common import RecommenderCommon

COMPANY = "Import essai"


@tagged("post_install", "-at_install")
class TestBulkLoad(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = datetime.now().replace(microsecond=0) - timedelta(days=40)
        cls._load([])  # makes the company, which takes Odoo longer than all that is loaded

    def _line(self, order, product, quantity=1.0, price=10.0, customer="Ali", number=2, **vals):
        return Line(
            **{
                "number": number,
                "order": order,
                "date": self.day,
                "customer": customer,
                "product": product,
                "name": f"Article {product}",
                "quantity": quantity,
                "price": price,
                **vals,
            }
        )

    @classmethod
    def _load(cls, lines):
        return load.load(cls.env, COMPANY, lines, progress=lambda _text: None)

    def _orders(self, done):
        return self.env["sale.order"].sudo().search(
            [("company_id", "=", done.company.id)], order="client_order_ref"
        )  # fmt: skip

    def test_orders_are_confirmed_with_their_dates_customers_and_sums(self):
        done = self._load(
            [
                self._line("A1", "P1", 2, 3.5),
                self._line("A1", "P2", 1, 4, number=3),
                self._line("A2", "P1", 1, 3.5, customer="", number=4),
            ]
        )
        self.assertEqual((done.orders, done.lines, done.products, done.customers), (2, 3, 2, 2))
        first, second = self._orders(done)
        self.assertEqual(
            (first.name, first.state, first.date_order, first.amount_total, first.partner_id.name),
            ("A1", "sale", self.day, 11.0, "Ali"),
        )
        self.assertEqual(first.order_line.mapped("price_subtotal"), [7.0, 4.0])
        self.assertEqual(first.order_line[0].name, "[P1] Article P1")
        self.assertEqual(second.partner_id.name, "Unknown customer")

    def test_stored_columns_are_those_that_odoo_would_compute(self):
        done = self._load([self._line("A1", "P1", 2, 3.5), self._line("A1", "P2", 1, 4, number=3)])
        order = self._orders(done)
        made = order.copy()
        made.write({"state": "sale", "date_order": order.date_order})
        self.env.flush_all()
        own = {"id", "name", "client_order_ref", "create_date", "write_date", "create_uid"}
        own |= {"write_uid", "access_token", "order_id", "validity_date", "signed_on"}
        for loaded, computed in (
            (order, made),
            (order.order_line[0], made.order_line[0]),
            (order.order_line[1], made.order_line[1]),
        ):
            for name, field in loaded._fields.items():
                if field.store and field.column_type and name not in own:
                    self.assertEqual(loaded[name], computed[name], f"{loaded._name}.{name}")

    def test_a_loaded_order_can_be_edited(self):
        done = self._load([self._line("A1", "P1", 2, 3.5)])
        order = self._orders(done)
        order.order_line.product_uom_qty = 4
        self.assertEqual(order.amount_total, 14.0)

    def test_loading_again_adds_nothing_and_later_orders_are_added(self):
        lines = [self._line("A1", "P1"), self._line("A2", "P2", number=3)]
        self._load(lines)
        again = self._load([*lines, self._line("A3", "P1", number=4)])
        self.assertEqual((again.orders, again.skipped_orders), (1, 2))
        self.assertEqual(len(self._orders(again)), 3)
        products = self.env["product.product"].search([("default_code", "=", "P1")])
        self.assertEqual(len(products.filtered(lambda p: p.company_id == again.company)), 1)

    def test_products_shared_by_all_companies_are_used_and_not_made_again(self):
        shared = self._create_product("Café", default_code="P1")
        done = self._load([self._line("A1", "P1")])
        self.assertEqual(self._orders(done).order_line.product_id, shared)

    def test_no_pattern_order_stays_behind(self):
        done = self._load([self._line("A1", "P1")])
        self.assertEqual(self._orders(done).mapped("name"), ["A1"])

    def test_refunds_take_back_what_was_bought(self):
        done = self._load(
            [
                self._line("A1", "P1", 2),
                self._line("A1", "P2", 1, number=3),
                self._line("C1", "P1", -2, number=4, date=self.day + timedelta(days=1)),
            ]
        )
        extract = self.env["ai.sales.extract"]
        lines = extract._order_items(done.company, *extract._window(done.company))
        from ...algorithms.core.baskets import build_baskets

        self.assertEqual(build_baskets(lines).size, 1)
        self.assertEqual(build_baskets(lines).product_count, 1)

    def test_strange_names_are_text(self):
        name = "=cmd|' /C calc'!A0 \\ \t\u2028 😀 \"x\""
        done = self._load([self._line("A\\1\t'", "P;1", name=name)])
        order = self._orders(done)
        self.assertEqual(order.name, "A\\1\t'")
        self.assertEqual(order.order_line.product_id.name, name)

    def test_training_sees_the_oldest_sale(self):
        old = self.day - timedelta(days=5000)
        lines = []
        for number in range(40):
            lines += [
                self._line(f"A{number}", product, date=old + timedelta(days=number), number=number)
                for product in (["P1", "P2"] if number % 2 else ["P3"])
            ]
        done = self._load(lines)
        self.assertGreater(done.company.ai_history_days, 5000)
        run, reason = load.train(self.env, done.company)
        self.assertEqual((run.order_count, reason), (40, ""))
        self.assertEqual(run._result().rule_count, 2)

    def test_too_few_orders_to_train_are_told(self):
        done = self._load([self._line("A1", "P1")])
        _run, reason = load.train(self.env, done.company)
        self.assertIn("too few orders", reason)

    def test_nothing_new_is_no_error(self):
        self.assertEqual(self._load([]).orders, 0)
