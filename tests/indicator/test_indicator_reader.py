"""Who may read which figure, of which days and companies."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestReader(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("sr_colleague", "sales_team.group_sale_salesman")
        cls.lead = cls._create_user("sr_lead", "sales_team.group_sale_salesman_all_leads")
        cls.mine = cls._order(
            [cls._line(cls.bottle, 2, 35)], cls._at(2), user_id=cls.salesperson.id
        )
        cls._order([cls._line(cls.soap, 1, 8)], cls._at(3), user_id=cls.colleague.id)
        cls._restate()

    def _reader(self, user, companies=None):
        reader = self.env["ai.kpi.reader"].with_user(user)
        return reader.with_context(allowed_company_ids=(companies or self.company).ids)

    def _records(self, user):
        records = self.env["ai.kpi.records"].with_user(user)
        return records.with_context(allowed_company_ids=self.company.ids)

    def test_sellers_see_their_own_figures_live(self):
        own = self._figures(user=self.salesperson)
        self.assertEqual(own["revenue"]["value"], 70)
        self.assertEqual(own["orders"]["value"], 1)
        self.assertTrue(own["revenue"]["is_live"])
        self.mine.order_line.product_uom_qty = 3
        self.assertEqual(self._value("revenue", user=self.salesperson), 105)
        self.assertEqual(self._value("revenue", user=self.colleague), 8)
        self.assertNotIn("gross_margin", own)
        self.assertNotIn("active_clients", own)

    def test_who_sees_all_documents_sees_stored_totals(self):
        figures = self._figures(user=self.lead)
        self.assertEqual(figures["revenue"]["value"], 78)
        self.assertFalse(figures["revenue"]["is_live"])
        self.mine.order_line.product_uom_qty = 3
        self.assertEqual(self._value("revenue", user=self.lead), 78)

    def test_stored_figures_are_kept_until_they_are_computed_again(self):
        computed = []
        figures = type(self.env["ai.kpi.reader"])._figures

        def compute(reader, *question):
            computed.append(question)
            return figures(reader, *question)

        self.patch(type(self.env["ai.kpi.reader"]), "_figures", compute)
        reader = self._reader(self.lead)
        first = reader.get_figures({"days": 7}, ["revenue"])
        first["figures"][0]["value"] = "spoilt"
        second = reader.get_figures({"days": 7}, ["revenue"])
        self.assertEqual((second["figures"][0]["value"], len(computed)), (78, 1))
        # Others, other questions and what is computed again are asked for anew.
        reader.get_figures({"days": 30}, ["revenue"])
        reader.with_user(self.everything).get_figures({"days": 7}, ["revenue"])
        self.mine.order_line.product_uom_qty = 3
        self._restate()
        third = reader.get_figures({"days": 7}, ["revenue"])
        self.assertEqual((third["figures"][0]["value"], len(computed)), (113, 4))
        # What is live is never kept.
        for _time in range(2):
            self._reader(self.salesperson).get_figures({"days": 7}, ["revenue"])
        self.assertEqual(len(computed), 6)

    def test_stored_rows_are_for_who_may_see_their_totals(self):
        rows = self.env["ai.kpi.value"]
        for user in (self.salesperson, self.colleague):
            with self.assertRaises(AccessError):
                rows.with_user(user).search([])
        seen = rows.with_user(self.lead).search([]).kpi_id.mapped("audience")
        self.assertEqual(set(seen), {"own", "documents"})
        manager = rows.with_user(self.manager).search([]).kpi_id.mapped("code")
        self.assertIn("gross_margin", manager)
        self.assertNotIn("stock_value", manager)
        self.assertFalse(rows.with_user(self.lead).search([("company_id", "!=", self.company.id)]))

    def test_portal_users_and_others_see_nothing(self):
        for login, groups in (("sr_portal", "base.group_portal"), ("sr_none", "base.group_user")):
            user = self._create_user(login, groups)
            with self.assertRaises(AccessError):
                self._records(user).get_open_action("revenue", {"days": 7})
            with self.assertRaises(AccessError):
                self.env["ai.kpi.value"].with_user(user).search([])

    def test_who_sees_no_indicator_reads_none(self):
        reader = self._reader(self._create_user("sr_nothing", "base.group_user"))
        self.assertEqual(reader.get_catalog(), [])
        self.assertEqual(reader.get_figures({"days": 7})["figures"], [])
        self.assertIsNone(reader.get_today()["revenue"])

    def test_portal_users_read_not_even_the_day(self):
        reader = self._reader(self._create_user("sr_outside", "base.group_portal"))
        for ask in (reader.get_catalog, reader.get_today):
            with self.assertRaises(AccessError):
                ask()

    def test_companies_are_among_the_active_ones(self):
        other = self._create_company("Autre")
        with self.assertRaisesRegex(AccessError, self.company.name):
            self._reader(self.lead).get_figures({"days": 7}, company_ids=other.ids)
        with self.assertRaises(AccessError):
            self._reader(self.lead).get_figures({"days": 7}, company_ids=[])

    def test_a_wrong_period_says_what_would_be_right(self):
        today = str(self.today)
        for period, words in (
            ({}, "first and last day"),
            ({"days": "many"}, "first and last day"),
            ({"days": 0}, "must not come after"),
            ({"date_from": "2026-13-01", "date_to": today}, "YYYY-MM-DD"),
            ({"date_from": str(self._day(1)), "date_to": str(self._day(2))}, "must not come after"),
            ({"date_from": str(self._day(1)), "date_to": today}, str(self._day(1))),
            ({"days": 401}, "400"),
            ({"days": 10**12}, "first and last day"),
        ):
            with self.subTest(period=period), self.assertRaisesRegex(UserError, words):
                self._reader(self.lead).get_figures(period)

    def test_a_period_of_the_past_has_its_own_values(self):
        period = {"date_from": str(self._day(3)), "date_to": str(self._day(3))}
        figures = self._figures(period)
        self.assertEqual(figures["revenue"]["value"], 8)
        self.assertEqual(figures["active_clients"]["value"], 1)
        self.assertEqual(figures["active_products"]["value"], 1)

    def test_records_behind_a_figure_are_those_it_counts(self):
        action = self._records(self.lead).get_open_action("orders", {"days": 7})
        orders = self.env[action["res_model"]].with_user(self.lead).search(action["domain"])
        self.assertEqual(len(orders), 2)
        self.assertIn(self.mine, orders)
        own = self._records(self.salesperson).get_open_action("revenue", {"days": 7})
        seen = self.env[own["res_model"]].with_user(self.salesperson).search(own["domain"])
        self.assertEqual(seen, self.mine)

    def test_every_indicator_can_be_opened_by_who_has_all_rights(self):
        reader = self._reader(self.everything)
        for figure in reader.get_figures({"days": 7})["figures"]:
            with self.subTest(code=figure["code"]):
                action = self._records(self.everything).get_open_action(figure["code"], {"days": 7})
                self.assertEqual(bool(action), figure["is_openable"])
                if action:
                    self.env[action["res_model"]].with_user(self.everything).search(
                        action["domain"]
                    )

    def test_every_row_of_the_catalogue_has_a_reader_and_the_other_way_round(self):
        codes = set(self.env["ai.kpi"].search([]).mapped("code"))
        self.assertEqual(codes, set(self.env["ai.indicator.source"]._indicators()))
        self.assertEqual(len(codes), 36)
        self.assertLessEqual(set(self.env["ai.indicator.source"]._records()), codes)
        self.assertLessEqual(set(self.env["ai.indicator.source"]._notes()), codes)

    def test_only_managers_compute_at_once(self):
        restatements = self.env["ai.kpi.restatement"].with_context(
            allowed_company_ids=self.company.ids
        )
        with self.assertRaises(AccessError):
            restatements.with_user(self.lead).action_restate()
        self.mine.order_line.product_uom_qty = 3
        restatements.with_user(self.manager).action_restate()
        self.assertEqual(self._value("revenue", user=self.lead), 113)

    def test_a_failing_company_leaves_the_others_alone(self):
        other = self._create_company("Autre")
        self.env["ai.kpi.value"].search([]).unlink()
        restate = type(self.restatements)._restate

        def fail(restatements, company, days):
            if company == other:
                raise ValueError("broken")
            return restate(restatements, company, days)

        self.patch(type(self.restatements), "_restate", fail)
        with self.assertLogs("odoo.addons.smart_recommender.models.core.ai_company_job", "ERROR"):
            self.restatements._cron_restate()
        self.assertEqual(self._value("revenue", user=self.lead), 78)

    def test_names_are_in_the_language_of_the_user(self):
        self._activate_french()
        self.lead.lang = "fr_FR"
        names = [
            row["name"] for row in self._reader(self.lead).with_context(lang="fr_FR").get_catalog()
        ]
        self.assertNotIn("Revenue", names)

    def test_units_of_companies_are_not_mixed_up(self):
        other = self._create_company("Autre", currency_id=self.env.ref("base.EUR").id)
        self.lead.company_ids = [Command.link(other.id)]
        both = self._reader(self.lead, self.company | other).get_figures({"days": 7}, ["orders"])
        self.assertEqual(both["currency"], self.company.currency_id.name)
        self.assertEqual(len(both["companies"]), 2)
        self.assertEqual(both["companies"][0]["rate"], 1.0)
