"""Who sees forecasts: managers and who sees all documents, each company its own."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ForecastCommon


@tagged("post_install", "-at_install")
class TestForecastSecurity(ForecastCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._steady_sales(40)
        cls.other = cls._create_company("Autre")
        cls._sell({ago: [(cls.fountain, 50.0)] for ago in range(1, 40)}, company=cls.other)
        cls._train_forecast()
        cls._train_forecast(cls.other)
        cls.leader = cls._create_user("sr_leader", "sales_team.group_sale_salesman_all_leads")
        cls.both = cls._create_user("sr_both", "smart_recommender.group_manager")
        cls.orderers = cls._create_user("sr_storekeeper", "stock.group_stock_manager")
        cls.orderers |= cls._create_user("sr_buyer", "purchase.group_purchase_user")
        cls.both.company_ids = [Command.link(cls.other.id)]

    def test_managers_and_who_sees_all_documents_read_forecasts(self):
        for user in (self.manager, self.leader):
            forecasts = self.forecasts.with_user(user).search([])
            self.assertIn(self.soap, forecasts.product_id)
            self.assertTrue(forecasts[:1].chart["daily"])

    def test_who_orders_reads_forecasts_on_menu_and_product(self):
        menus = ("menu_demand_forecasts", "menu_stock_forecasts", "menu_purchase_forecasts")
        menus = [self.env.ref(f"smart_recommender.{menu}").id for menu in menus]
        for user in self.orderers:
            with self.subTest(user=user.login):
                forecast = self.forecasts.with_user(user).search(
                    [("product_id", "=", self.soap.id)]
                )
                self.assertTrue(forecast.chart["daily"])
                self.env["ai.forecast.accuracy"].with_user(user).search([])
                self.assertTrue(
                    self.env["ir.ui.menu"].with_user(user).search([("id", "in", menus)])
                )
                for record in (self.soap, self.soap.product_tmpl_id):
                    record = record.with_user(user)
                    self.assertEqual(record.ai_forecast["status"], "ok")
                    self.assertIn('name="ai_forecast"', record.get_view(view_type="form")["arch"])

    def test_who_sees_own_documents_only_sees_no_totals_of_all(self):
        with self.assertRaises(AccessError):
            self.forecasts.with_user(self.salesperson).search([])
        fields = self.soap.with_user(self.salesperson).fields_get()
        self.assertNotIn("ai_forecast", fields)

    def test_nobody_writes_forecasts_by_hand(self):
        row = self._forecast(self.soap)
        for user in (self.manager, self.leader, *self.orderers):
            with self.assertRaises(AccessError):
                row.with_user(user).write({"total_30": 1.0})
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()

    def test_each_company_sees_its_own(self):
        for companies, products in (
            (self.company, {self.soap}),
            (self.other, {self.fountain}),
            (self.company | self.other, {self.soap, self.fountain}),
        ):
            forecasts = self.forecasts.with_user(self.both).with_context(
                allowed_company_ids=companies.ids
            )
            seen = set(forecasts.search([]).product_id)
            self.assertEqual(seen & {self.soap, self.fountain}, products)

    def test_a_row_of_another_company_cannot_be_read_by_its_id(self):
        row = self._forecast(self.fountain, self.other)
        with self.assertRaises(AccessError):
            row.with_user(self.leader).read(["chart"])

    def test_the_tab_shows_the_current_company(self):
        for company, status in ((self.company, "no_sales"), (self.other, "ok")):
            product = self.fountain.with_user(self.both).with_context(
                allowed_company_ids=[company.id]
            )
            self.assertEqual(product.ai_forecast["status"], status)

    def test_portal_users_have_nothing(self):
        portal = new_test_user(self.env, "sr_portal_fc", groups="base.group_portal")
        for model in ("ai.forecast", "ai.forecast.accuracy"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
        self.assertNotIn("ai_forecast", self.soap.with_user(portal).fields_get())

    def test_a_manager_cannot_smuggle_in_a_signature(self):
        run = self.runs.search([("kind", "=", "forecast")], limit=1).with_user(self.manager)
        with self.assertRaises(AccessError):
            run.model_signature = "0" * 64
