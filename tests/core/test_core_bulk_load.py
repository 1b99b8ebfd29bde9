from datetime import date, datetime, timedelta
from pathlib import Path

import pytz

from odoo.tests import tagged

from ...bulk_load import load, masters
from ...bulk_load.parse import Line, read_sales
from .common import RecommenderCommon

COMPANY = "Import essai"
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


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
    def _load(cls, lines, company=COMPANY, zone=None):
        return load.load(cls.env, company, lines, progress=lambda _text: None, zone=zone)

    def _case(self, name, **options):
        """Sales of one of the small inputs that once failed."""
        if not CASES.is_dir():
            self.skipTest(f"the small inputs are not here: there is no folder {CASES}")
        return read_sales(CASES / name, **options)

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

    def test_a_reference_on_several_days_or_of_several_clients_is_several_orders(self):
        lines = [
            self._line("1", "P1"),
            self._line("1", "P2", number=3),
            self._line("1", "P1", number=4, date=self.day + timedelta(days=1)),
            self._line("1", "P1", number=5, customer="Baba"),
        ]
        done = self._load(lines)
        orders = self._orders(done)
        self.assertEqual((done.orders, done.lines), (3, 4))
        self.assertEqual(
            {
                (order.date_order, order.partner_id.name): order.order_line.product_id.mapped(
                    "default_code"
                )
                for order in orders
            },
            {
                (self.day, "Ali"): ["P1", "P2"],
                (self.day + timedelta(days=1), "Ali"): ["P1"],
                (self.day, "Baba"): ["P1"],
            },
        )
        again = self._load([*lines, self._line("1", "P1", number=6, customer="Chama")])
        self.assertEqual((again.orders, again.skipped_orders, again.different), (1, 3, []))

    def test_tickets_that_start_again_every_day_are_loaded_once(self):
        sales = self._case("ticket_restarts_daily.csv.gz", now=datetime(2026, 11, 27))
        done = self._load(sales.lines)
        self.assertEqual((done.orders, done.lines), (1200, 2400))
        self.assertEqual(len(set(self._orders(done).mapped("date_order"))), 60)
        again = self._load(sales.lines)
        self.assertEqual((again.orders, again.skipped_orders, again.different), (0, 1200, []))

    def test_late_evenings_are_sales_of_their_local_day(self):
        zone = pytz.timezone("Africa/Casablanca")
        sales = self._case("late_evening_local_times.csv", zone=zone, now=datetime(2026, 11, 27))
        done = self._load(sales.lines, "Import Casablanca", zone)
        self.assertEqual(masters.time_zone(self.env, done.company), zone)
        orders = self._orders(done)
        self.assertEqual(orders.mapped("date_order")[0], datetime(2026, 3, 31, 22, 30))
        sold = self.env["ai.sales.extract"]._daily_demand(
            done.company, date(2026, 3, 1), date(2026, 5, 1), orders.order_line.product_id.ids
        )
        by_day = dict(zip(sold["date"].dt.date, sold["quantity"], strict=True))
        self.assertEqual(by_day, {date(2026, 3, 31): 10.0, date(2026, 4, 1): 5.0})
        self.assertEqual(self._load(sales.lines, "Import Casablanca").orders, 0)

    def test_a_new_company_has_the_time_zone_of_the_main_one(self):
        self.env.company.resource_calendar_id.tz = "Asia/Tokyo"
        done = self._load([], "Import Tokyo")
        self.assertEqual(masters.time_zone(self.env, done.company).zone, "Asia/Tokyo")

    def test_orders_of_earlier_versions_are_recognised(self):
        zone = pytz.timezone("Africa/Casablanca")
        late = self.day.replace(hour=23, minute=30)
        done = self._load([self._line("A1", "P1", date=late)], "Import Casablanca", zone)
        order = self._orders(done)
        order.date_order = late  # local time, written as if it were UTC
        again = self._load([self._line("A1", "P1", date=late)], "Import Casablanca")
        self.assertEqual((again.orders, again.skipped_orders), (0, 1))

    def test_orders_that_are_there_with_fewer_lines_are_told(self):
        self._load([self._line("A1", "P1")])
        again = self._load([self._line("A1", "P1"), self._line("A1", "P2", number=3)])
        self.assertEqual((again.orders, again.different), (0, [("A1", 1, 2)]))

    def test_of_products_and_customers_with_one_code_the_active_one_is_taken(self):
        self._create_product("Vieux", default_code="P1", active=False)
        active = self._create_product("Neuf", default_code="P1")
        self._create_product("Plus vieux", default_code="P1").active = False
        partners = self.env["res.partner"]
        partners.create({"name": "Ancienne", "ref": "Ali", "active": False})
        client = partners.create({"name": "Actuelle", "ref": "Ali"})
        partners.create({"name": "Autre", "ref": "Ali", "active": False})
        order = self._orders(self._load([self._line("A1", "P1")]))
        self.assertEqual((order.order_line.product_id, order.partner_id), (active, client))
