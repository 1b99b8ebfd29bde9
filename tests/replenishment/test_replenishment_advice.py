"""Advice: reorder points, available stock, quantities, actions, and bad input."""

import math

from odoo.tests import tagged

from ...tools import locks
from .common import StockCommon


@tagged("post_install", "-at_install")
class TestReplenishment(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_daily(cls.soap, 4.0)
        cls._supply(cls.soap, delay=5)
        cls._put(cls.soap, 400.0, days_ago=100)

    def _advice(self, product=None):
        self._train_stock()
        return self._row(product or self.soap)

    def test_the_reorder_point_is_demand_times_lead_time_and_safety_days(self):
        row = self._advice()
        lead = 5 + self._company_lead()
        self.assertAlmostEqual(row.daily_demand, 4.0)
        self.assertAlmostEqual(row.lead_time, lead)
        self.assertAlmostEqual(row.rop, 4.0 * (lead + 3))
        self.assertAlmostEqual(row.safety_stock, 12.0)
        self.assertEqual((row.action, row.quantity), ("ok", 0.0))
        self.assertAlmostEqual(row.cover, 100.0)

    def _company_lead(self):
        company = self.company
        return company.days_to_purchase + (company.po_lead if "po_lead" in company else 0)

    def test_what_is_below_its_reorder_point_is_ordered_now(self):
        self._put(self.soap, -390.0)
        row = self._advice()
        self.assertEqual(row.action, "order_now")
        self.assertAlmostEqual(row.available, 10.0)
        self.assertAlmostEqual(row.quantity, row.rop - 10.0)
        self.assertGreater(row.urgency, 50)
        self.assertEqual(row.vendor_id, self.vendor)
        self.assertAlmostEqual(row.order_value, 2.0 * row.quantity)
        self.assertIn("order", row.explanation)

    def test_cover_of_less_than_two_weeks_is_watched(self):
        self._put(self.soap, -350.0)
        row = self._advice()
        self.assertEqual((row.action, row.quantity), ("watch", 0.0))
        self.assertAlmostEqual(row.cover, 12.5)
        self.assertTrue(row.order_before)
        self.assertTrue(0 < row.urgency < 50)

    def test_the_purchase_lead_of_the_company_counts(self):
        name = "po_lead" if "po_lead" in self.company else "days_to_purchase"
        self.company[name] = 4.0
        self.assertAlmostEqual(self._advice().lead_time, 9.0)

    def test_minimum_and_packages_of_the_vendor_round_up(self):
        self._put(self.soap, -390.0)
        self.soap.seller_ids.min_qty = 50.0
        self.assertAlmostEqual(self._advice().quantity, 50.0)

    def test_pieces_are_ordered_whole_and_what_is_measured_is_not(self):
        self._put(self.soap, -390.0)
        self.company.ai_safety_days = 3.1
        row = self._advice()
        self.assertAlmostEqual(row.quantity, math.ceil(row.rop - 10.0))
        flour = self._create_stored("Farine", self.env.ref("uom.product_uom_kgm"))
        self._sell_daily(flour, 1.5)
        self._put(flour, 0.25)
        row = self._advice(flour)
        self.assertAlmostEqual(row.quantity, row.rop - 0.25, places=2)

    def test_a_product_without_vendor_has_the_lead_time_of_the_settings(self):
        self.soap.seller_ids.unlink()
        row = self._advice()
        self.assertEqual((row.supply, row.is_default_lead_time), ("none", True))
        self.assertAlmostEqual(row.rop, 4.0 * (7 + 3))

    def test_a_lead_time_of_zero_is_one(self):
        self.soap.seller_ids.delay = 0
        row = self._advice()
        self.assertFalse(row.is_default_lead_time)
        self.assertAlmostEqual(row.lead_time, self._company_lead())

    def test_negative_stock_is_ordered_and_said(self):
        self._put(self.soap, -405.0)
        row = self._advice()
        self.assertTrue(row.is_negative)
        self.assertAlmostEqual(row.quantity, row.rop + 5.0)
        self.assertIn("negative", row.explanation)

    def test_days_without_stock_are_unknown_and_not_zero(self):
        self._sell_daily(self.cups, 6.0, skip=range(11, 31))
        self._put(self.cups, 100.0, days_ago=100)
        self._put(self.cups, -100.0, days_ago=31)
        self._put(self.cups, 100.0, days_ago=10)
        row = self._advice(self.cups)
        self.assertGreaterEqual(row.days_out, 19)
        self.assertAlmostEqual(row.mean_demand, 6.0, delta=0.2)

    def test_what_sells_without_any_stock_keeps_its_zeros(self):
        self._sell_daily(self.cups, 6.0, skip=range(1, 61, 2))
        row = self._advice(self.cups)
        self.assertEqual(row.days_out, 0)
        self.assertAlmostEqual(row.mean_demand, 3.0, delta=0.1)

    def test_a_request_for_quotation_counts_as_incoming(self):
        self._put(self.soap, -390.0)
        self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "order_line": [(0, 0, {"product_id": self.soap.id, "product_qty": 30.0})],
            }
        )
        row = self._advice()
        self.assertAlmostEqual(row.incoming, 30.0)
        self.assertAlmostEqual(row.available, 40.0)

    def test_on_hand_only_is_a_choice(self):
        self.test_a_request_for_quotation_counts_as_incoming()
        self.company.ai_available_stock = "on_hand"
        self.rows._refresh(self.company)
        self.assertAlmostEqual(self._row(self.soap).available, 10.0)

    def test_a_confirmed_delivery_is_reserved(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "order_line": [(0, 0, {"product_id": self.soap.id, "product_uom_qty": 25.0})],
            }
        )
        order.action_confirm()
        row = self._advice()
        self.assertAlmostEqual(row.reserved, 25.0)
        self.assertAlmostEqual(row.available, 375.0)

    def test_a_product_sold_for_a_few_days_is_unknown(self):
        self._sell_daily(self.filter, 2.0, days=6)
        row = self._advice(self.filter)
        self.assertEqual((row.demand_state, row.action, row.quantity), ("short", "unknown", 0.0))
        self.assertIn("14", row.explanation)

    def test_what_was_never_sold_needs_nothing(self):
        row = self._advice(self.fountain)
        self.assertEqual((row.demand_state, row.action, row.rop), ("never", "ok", 0.0))
        self.assertEqual(row.cover, 999.0)

    def test_services_consumables_and_archived_products_are_not_planned(self):
        service = self._create_product("Pose", detailed_type="service")
        consumable = self._create_product("Ficelle")
        archived = self._create_product("Vieux")
        archived.detailed_type = "product"
        archived.active = False
        self._train_stock()
        planned = self.rows.search([]).product_id
        self.assertFalse(planned & (service | consumable | archived))

    def test_the_price_of_a_vendor_abroad_is_in_the_company_currency(self):
        euro = self._use_currency("EUR")
        self.soap.seller_ids.currency_id = euro
        self.assertAlmostEqual(self._advice().unit_cost, 4.0)

    def test_a_vendor_without_a_price_is_said(self):
        self.soap.seller_ids.price = 0.0
        self.soap.with_company(self.company).standard_price = 1.5
        row = self._advice()
        self.assertTrue(row.is_without_price)
        self.assertAlmostEqual(row.unit_cost, 1.5)

    def test_the_main_vendor_is_the_first_that_is_valid_today(self):
        second = self.env["res.partner"].create({"name": "Ancien"})
        self._supply(self.soap, delay=1, vendor=second, sequence=0, date_end="2020-01-01")
        self.assertEqual(self._advice().vendor_id, self.vendor)
        self.soap.seller_ids.date_end = False
        self.rows._refresh(self.company)
        self.assertEqual(self._row(self.soap).vendor_id, second)

    def test_dead_stock_is_marked(self):
        self._put(self.fountain, 10.0)
        self.env.cr.execute(
            "UPDATE product_product SET create_date = now() - interval '100 days' WHERE id = %s",
            [self.fountain.id],
        )
        self.assertTrue(self._advice(self.fountain).is_dead)
        self.assertFalse(self._row(self.soap).is_dead)

    def test_a_service_level_follows_the_forecast(self):
        self._sell_daily(self.soap, 4.0, days=120)
        self._train_forecast()
        self.company.ai_rop_method = "service"
        row = self._advice()
        self.assertTrue(row.has_forecast)
        self.assertGreater(row.rop, row.daily_demand * row.lead_time)
        self.company.ai_service_level = 0.99
        self.rows._refresh(self.company)
        self.assertGreater(self._row(self.soap).rop, row.rop - 1e-9)

    def test_the_board_leaves_the_plan_alone_while_a_training_is_under_way(self):
        row = self._advice()
        self._put(self.soap, -390.0)
        with locks.training(self.company, "replenishment") as acquired:
            self.assertTrue(acquired)
            self.rows.with_user(self.storekeeper).action_open_board()
            self.assertEqual(row.on_hand, 400.0)
        self.rows.with_user(self.storekeeper).action_open_board()
        self.assertEqual(row.on_hand, 10.0)

    def test_training_twice_keeps_the_rows(self):
        first = self._advice()
        self.assertEqual(self._advice(), first)

    def test_a_company_that_stocks_nothing_is_told(self):
        self.env["product.template"].search([]).filtered(
            lambda template: template.company_id.id in (False, self.company.id)
        ).active = False
        run = self._train_stock()
        self.assertEqual(run.state, "done")
        self.assertIn("keeps nothing in stock", run.message_ids[:1].body)
        self.assertFalse(self.rows.search([("company_id", "=", self.company.id)]))

    def test_the_run_tells_what_both_reorder_points_would_have_served(self):
        run = self._train_stock()
        self.assertEqual(set(run.replay_ids.mapped("policy")), {"days", "service"})
        self.assertTrue(all(0 < replay.fill_rate <= 1 for replay in run.replay_ids))
        self.assertIn("last year", run.replay_text)
        settings = self.env["res.config.settings"].create({"company_id": self.company.id})
        self.assertEqual(settings.ai_replay_text, run.replay_text)
        self.assertTrue(self._row(self.soap).is_replayed)
        self.assertGreater(run._result().row_count, 0)
