"""Training of ABC/XYZ classes: known figures, bad data, what is stored."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools import bulk_rows
from .common import ClassCommon


@tagged("post_install", "-at_install")
class TestClasses(ClassCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._weekly_sales()

    def test_known_figures_by_the_designs_limits(self):
        run = self._train_classes()
        self.assertEqual(
            self._names(),
            {
                self.fountain: "AX",
                self.bottle: "CZ",
                self.cups: "CZ",
                self.filter: "N",
                self.soap: "N",
            },
        )
        row = self._class(self.bottle)
        self.assertEqual((row.abc, row.xyz, row.revenue, row.units), ("C", "Z", 840.0, 24.0))
        self.assertAlmostEqual(row.share, 840 / 73320, 5)
        self.assertAlmostEqual(row.cumulative, 72840 / 73320, 5)
        # Four weeks of 1 and four of 5: mean 3, deviation √(32 / 7).
        self.assertAlmostEqual(row.cv, (32 / 7) ** 0.5 / 3, 3)
        self.assertEqual(row.buckets, 8)
        self.assertEqual(row.categ_id, self.bottle.categ_id)
        self.assertEqual(row.currency_id, self.company.currency_id)
        self.assertEqual((run.state, run.product_count), ("done", 5))
        self.assertEqual(run._result().change_count, 0)
        self.assertEqual(run.metrics["classes"], {"A": 1, "B": 0, "C": 2, "N": 2})
        self.assertIn("5 products classified: 1 A, 0 B, 2 C, 2 without sales", self._said(run))

    def _said(self, run):
        return run.message_ids[:1].body

    def _even_revenue(self):
        """Ten more products of 10 % of the revenue each would hide the limits: 50, 30, 15, 5 %."""
        self.env["sale.order"].search([("company_id", "=", self.company.id)]).state = "cancel"
        prices = {self.fountain: 50.0, self.bottle: 30.0, self.cups: 15.0, self.soap: 5.0}
        for product, price in prices.items():
            product.list_price = price
        self._sell({7 * week + 2: [(product, 1.0) for product in prices] for week in range(8)})

    def test_known_figures_by_the_classic_limits(self):
        self._even_revenue()
        self.company.ai_abc_preset = "classic"
        run = self._train_classes()
        names = self._names()
        del names[self.filter]
        # Before them lie 0, 50, 80 and 95 %.
        self.assertEqual(
            names, {self.fountain: "AX", self.bottle: "AX", self.cups: "BX", self.soap: "CX"}
        )
        self.assertEqual((run.parameters["abc_a"], run.parameters["abc_b"]), (0.8, 0.95))

    def test_own_limits_count_only_where_they_are_chosen(self):
        self._even_revenue()
        self.company.write({"ai_abc_a": 0.6, "ai_abc_b": 0.9})
        self._train_classes()
        self.assertEqual(self._class(self.bottle).abc, "C")
        self.company.ai_abc_preset = "own"
        self._train_classes()
        self.assertEqual(
            [self._class(p).abc for p in (self.fountain, self.bottle, self.cups, self.soap)],
            ["A", "A", "B", "C"],
        )

    def test_the_limits_of_steadiness_are_settings(self):
        self.company.write({"ai_xyz_x": 0.5, "ai_xyz_y": 0.8})
        self._train_classes()
        self.assertEqual(self._class(self.bottle).xyz, "Y")
        self.company.write({"ai_xyz_x": 0.75})
        self._train_classes()
        self.assertEqual(self._class(self.bottle).xyz, "X")

    def test_by_days_a_sale_a_week_is_irregular(self):
        self.company.ai_class_bucket = "day"
        self._train_classes()
        self.assertEqual(self._class(self.fountain).name, "AZ")

    def test_two_months_are_too_few_to_tell(self):
        self.company.ai_class_bucket = "month"
        self._train_classes()
        row = self._class(self.fountain)
        self.assertEqual((row.name, row.xyz, row.is_cv_known, row.buckets), ("A?", "U", False, 2))
        self.company.ai_class_days = 14
        self._train_classes()
        self.assertEqual(self._class(self.fountain).buckets, 0)

    def test_the_period_is_a_setting(self):
        self._sell({90: [(self.soap, 1000.0)]})
        self._train_classes()
        self.assertEqual(self._class(self.soap).name, "N")
        self.company.ai_class_days = 120
        self._train_classes()
        self.assertEqual(self._class(self.soap).revenue, 8000.0)

    def test_today_is_not_over_and_the_future_has_no_effect(self):
        self._sell({0: [(self.soap, 1000.0)], -5: [(self.soap, 1000.0)]})
        self._train_classes()
        self.assertEqual(self._class(self.soap).name, "N")

    def test_quotations_and_cancelled_orders_count_nothing(self):
        orders = self._sell({4: [(self.soap, 1000.0)], 5: [(self.soap, 1000.0)]})
        orders[0].state = "draft"
        orders[1].state = "cancel"
        self._train_classes()
        self.assertEqual(self._class(self.soap).name, "N")

    def test_discounts_and_included_taxes_are_no_revenue(self):
        tax = self._create_tax("TVA 20 % incluse", 20, included=True)
        order = self._sell({4: [(self.soap, 100.0)]})
        order.order_line.tax_id = tax
        order.order_line.write({"price_unit": 12.0, "discount": 50.0})
        self._train_classes()
        self.assertEqual(self._class(self.soap).revenue, 500.0)

    def test_a_foreign_currency_counts_at_the_rate_of_the_order(self):
        currency = self.env["res.currency"].create({"name": "ZZY", "symbol": "z", "rounding": 0.01})
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": currency.id,
                    "company_id": self.company.id,
                    "name": fields.Date.today() - timedelta(days=ago),
                    "rate": rate,
                }
                for ago, rate in ((100, 10.0), (1, 2.0))
            ]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "ZZY", "currency_id": currency.id, "company_id": self.company.id}
        )
        order = self._create_order(
            [(self.soap, 10.0)],
            days_ago=5,
            pricelist_id=pricelist.id,
            date_order=fields.Datetime.now() - timedelta(days=5),
        )
        order.order_line.price_unit = 80.0
        self.assertEqual((order.currency_id, order.currency_rate), (currency, 10.0))
        self._train_classes()
        # 10 × 80 in that currency are 80 of ours, and not 400 as of today.
        self.assertEqual(self._class(self.soap).revenue, 80.0)

    def test_units_are_those_of_the_product(self):
        order = self._sell({4: [(self.soap, 2.0)]})
        order.order_line.write(
            {"product_uom": self.env.ref("uom.product_uom_dozen").id, "price_unit": 90.0}
        )
        self._train_classes()
        row = self._class(self.soap)
        self.assertEqual((row.units, row.revenue), (24.0, 180.0))

    def test_archived_excluded_and_unsaleable_products_take_no_part(self):
        self._train_classes()
        self.bottle.active = False
        self.company.ai_excluded_product_ids = self.cups
        self.soap.sale_ok = False
        self._train_classes()
        self.assertEqual(self._names(), {self.fountain: "AX", self.filter: "N"})

    def test_an_excluded_category_takes_no_part_with_those_below(self):
        parent = self.env["product.category"].create({"name": "Matériel"})
        child = self.env["product.category"].create({"name": "Verre", "parent_id": parent.id})
        self.bottle.categ_id = child
        self.company.ai_excluded_categ_ids = parent
        self._train_classes()
        self.assertNotIn(self.bottle, self._names())

    def test_services_take_part_by_the_companys_setting(self):
        self.soap.detailed_type = "service"
        self._train_classes()
        self.assertNotIn(self.soap, self._names())
        self.company.ai_include_services = True
        self._train_classes()
        self.assertEqual(self._class(self.soap).name, "N")

    def test_zero_price_is_sold_without_revenue(self):
        order = self._sell({7 * week + 1: [(self.soap, 3.0)] for week in range(8)})
        order.order_line.price_unit = 0.0
        self._train_classes()
        row = self._class(self.soap)
        self.assertEqual((row.name, row.revenue, row.share, row.units), ("CX", 0.0, 0.0, 24.0))
        self.company.ai_exclude_free = True
        self._train_classes()
        self.assertEqual(self._class(self.soap).name, "N")

    def test_where_nothing_has_a_price_all_that_sells_is_c(self):
        self.env["sale.order.line"].search([("company_id", "=", self.company.id)]).price_unit = 0.0
        self._train_classes()
        self.assertEqual(self._class(self.fountain).name, "CX")

    def test_a_refund_order_without_a_sale_is_below_zero(self):
        self._sell({4: [(self.soap, -5.0)]})
        self._train_classes()
        row = self._class(self.soap)
        self.assertEqual((row.name, row.revenue, row.share), ("N", -40.0, 0.0))

    def test_without_any_sale_all_are_without_sales(self):
        other = self._create_company("Vide")
        run = self._train_classes(other)
        self.assertEqual(set(self._names(other).values()), {"N"})
        self.assertEqual(run.metrics["classes"]["N"], len(self._names(other)))

    def test_a_company_without_products_is_told_what_is_missing(self):
        self.env["product.template"].search([]).sale_ok = False
        with self.assertRaisesRegex(UserError, "Atlas Test has nothing to classify"):
            self._train_classes()

    def test_an_amount_that_is_no_number_is_named_and_the_old_classes_stay(self):
        self._train_classes()
        before = self._names()
        order = self._sell({4: [(self.soap, 1.0)]})
        self.env.cr.execute(
            "UPDATE sale_order_line SET price_subtotal = 'NaN' WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        run = self.runs._enqueue(self.company, "classes")
        self.runs._cron_process_queue()
        self.assertEqual(run.state, "failed")
        self.assertIn(
            "Savon has an order line in the period whose amount is not a number", run.error
        )
        self.assertEqual(self._names(), before)
        self.env.cr.execute(
            "UPDATE sale_order_line SET product_uom_qty = 'NaN' WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(
            UserError, r"Savon has an order line on \d{4}-\d\d-\d\d whose quantity"
        ):
            self._train_classes()

    def test_rows_keep_their_ids_where_a_product_keeps_its_row(self):
        self._train_classes()
        before = {row.product_id: row.id for row in self.classes.search([])}
        self.cups.active = False
        new = self._create_product("Nouveau")
        run = self._train_classes()
        after = {row.product_id: row.id for row in self.classes.search([])}
        del before[self.cups]
        self.assertEqual(after.pop(new) > max(before.values()), True)
        self.assertEqual(after, before)
        self.assertEqual(self.classes.search([]).run_id, run)

    def test_a_new_category_moves_the_row_at_once(self):
        self._train_classes()
        category = self.env["product.category"].create({"name": "Entretien"})
        self.soap.categ_id = category
        self.assertEqual(
            self.classes.search([("categ_id", "=", category.id)]).product_id, self.soap
        )

    def test_companies_have_classes_of_their_own(self):
        other = self._create_company("Autre", currency_id=self.env.ref("base.CDF").id)
        self._sell({7 * week + 1: [(self.soap, 5.0)] for week in range(8)}, company=other)
        self._train_classes()
        self._train_classes(other)
        self.assertEqual(self._class(self.soap).name, "N")
        self.assertEqual(self._class(self.soap, other).name, "AX")
        self.assertEqual(self._class(self.soap, other).currency_id.name, "CDF")
        self.assertEqual(self._class(self.fountain, other).name, "N")

    def test_the_number_of_queries_does_not_grow_with_the_products(self):
        def count(products):
            new = self.env["product.product"].create(
                [
                    {"name": f"Article {number}", "detailed_type": "consu", "list_price": 10.0}
                    for number in range(products)
                ]
            )
            self._sell({4: [(product, 2.0) for product in new]})
            self._train_classes()
            run = self.runs.create({"company_id": self.company.id, "kind": "classes"})
            run._start()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run._train()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(5), count(60))

    def test_a_failure_while_rows_are_written_leaves_the_old_ones(self):
        self._train_classes()
        before = self._names()
        self._sell({4: [(self.soap, 5000.0)]})
        run = self.runs._enqueue(self.company, "classes")
        with (
            mute_logger("odoo.addons.smart_recommender.models.core.ai_training_run_queue"),
            patch.object(bulk_rows, "merge", side_effect=ZeroDivisionError("boom")),
        ):
            self.runs._cron_process_queue()
        self.assertEqual((run.state, self._names()), ("failed", before))
        self.assertFalse(self.changes.search([]))
