"""Figures of the statistics: they are those of plain SQL, of one company or of several."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .statistics_common import DAYS, StatisticsCommon


@tagged("post_install", "-at_install")
class TestCallStatistics(StatisticsCommon):
    def test_calls_of_operators_equal_plain_sql(self):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT operator.id, count(*)::int,
                   count(*) FILTER (WHERE result IN ('answered', 'order', 'refused'))::int,
                   sum(duration)::float, sum(revenue)::float
              FROM ai_call call
              JOIN res_users operator ON operator.id = call.user_id
             WHERE call.company_id = %s AND start > now() AT TIME ZONE 'UTC' - interval '30 day'
          GROUP BY operator.id
            """,
            (self.company.id,),
        )
        expected = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        self.assertEqual(expected[self.operator.id][:3], (3, 2, 4.5))
        calls, revenue = self._figures("operators"), self._figures("operators_revenue")
        for user in self.operator | self.colleague:
            with self.subTest(user=user.name):
                found = [calls[label][user.name] for label in calls]
                self.assertEqual(tuple(found), expected[user.id][:3])
                of_calls = revenue["Revenue of Calls"][user.name]
                self.assertAlmostEqual(of_calls, expected[user.id][3])

    def test_revenue_is_told_twice_and_an_order_of_two_calls_counts_once(self):
        revenue = self._figures("operators_revenue")
        self.assertEqual(
            revenue["Revenue of Calls"],
            {self.colleague.name: self.shared.amount_untaxed, self.operator.name: 0.0},
        )
        made = self.shared.amount_untaxed + self.own.amount_untaxed
        self.assertEqual(revenue["Orders Made"], {self.colleague.name: 0, self.operator.name: 2})
        self.assertAlmostEqual(revenue["Revenue of Orders Made"][self.operator.name], made)
        summary = self._block("summary")
        self.assertIn("do not add them", summary["note"])
        values = dict(
            zip((s["label"] for s in summary["series"]), summary["rows"][0]["values"], strict=True)
        )
        self.assertEqual((values["Calls"], values["Clients Reached (%)"]), (4, 75.0))
        self.assertAlmostEqual(values["Average Call"], 9.5 / 3)
        self.assertAlmostEqual(values["Revenue of Calls"], self.shared.amount_untaxed)
        self.assertAlmostEqual(values["Revenue of Orders Made"], made)

    def test_an_operator_can_be_chosen(self):
        found = self._figures("results", user_id=self.operator.id)["Calls"]
        self.assertEqual(found, {"Answered": 1, "Order Taken": 1, "No Answer": 1})
        with self.assertRaises(AccessError):
            self._block("results", user_id=self.salesperson.id)

    def test_a_period_can_be_chosen(self):
        today = fields.Date.context_today(self.env.user)
        days = [today - timedelta(days=number) for number in (60, 40)]
        period = dict(zip(("date_from", "date_to"), map(str, days), strict=True))
        self.assertEqual(self._figures("results", period)["Calls"], {"Answered": 1})
        self.assertEqual(sum(self._figures("days", period)["Calls"].values()), 1)
        backwards = {"date_from": str(today), "date_to": str(days[0])}
        for wrong in ({"weeks": 3}, {"days": "x"}, backwards):
            with self.subTest(period=wrong), self.assertRaises(UserError):
                self._block("results", wrong)

    def test_many_days_are_told_by_week(self):
        block = self._block("days", {"days": 90})
        self.assertLess(len(block["rows"]), 15)
        self.assertEqual(sum(row["values"][0] for row in block["rows"]), 5)

    def test_hours_and_weekdays_are_those_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        self.env["ai.call"].search([]).unlink()
        # Sunday evening in London is Monday morning in Tokyo.
        self._create_call(start=datetime(2026, 3, 1, 23, 30))
        period = {"date_from": "2026-03-02", "date_to": "2026-03-02"}
        self.assertEqual(self._figures("hours", period)["Calls"], {"08:00": 1})
        weekdays = self._figures("weekdays", period)["Calls"]
        self.assertEqual({day for day, count in weekdays.items() if count}, {"Monday"})

    def test_best_clients_open_their_sheet(self):
        best = self._block("clients_revenue")["rows"]
        self.assertEqual([row["label"] for row in best], [self.hotel.display_name])
        self.assertEqual(best[0]["action"]["context"]["active_id"], self.hotel.id)
        most = self._figures("clients_calls")["Calls"]
        self.assertEqual(most, {self.hotel.display_name: 3, self.partner.display_name: 1})

    def test_nothing_says_what_to_do(self):
        self.env["ai.call"].search([]).unlink()
        self.env["sale.order"].search([("company_id", "=", self.company.id)]).user_id = False
        for code in self._statistics().get_page()["blocks"]:
            block = self._block(code)
            with self.subTest(code=code):
                self.assertTrue(block["empty"] and not block["rows"] or code == "summary")

    def test_the_rows_behind_open_their_call_or_order(self):
        action = self._statistics().get_rows_action(DAYS, self.operator.id)
        rows = self.env["ai.call.report"].with_user(self.supervisor).search(action["domain"])
        self.assertEqual(rows.mapped("kind").count("call"), 3)
        order = rows.filtered(lambda row: row.kind == "order" and row.order_id == self.own)
        opened = order.action_open()
        self.assertEqual((opened["res_model"], opened["res_id"]), ("sale.order", self.own.id))


@tagged("post_install", "-at_install")
class TestCallStatisticsOfCompanies(StatisticsCommon):
    def setUp(self):
        super().setUp()
        self.other = self._second_company()
        self.theirs = self._create_order(
            [(self.bottle, 4.0)], partner=self.hotel, company=self.other, user_id=self.operator.id
        )
        self._call_of(self.other, self.theirs)

    def _revenue(self, companies):
        block = self._block("operators_revenue", companies=companies)
        return block, sum(row["values"][0] for row in block["rows"])

    def test_each_company_has_its_own_figures_in_its_own_currency(self):
        block, revenue = self._revenue(self.other)
        self.assertEqual(block["currency_id"], self.other.currency_id.id)
        self.assertAlmostEqual(revenue, self.theirs.amount_untaxed)
        block, revenue = self._revenue(self.company)
        self.assertEqual((block["currency_id"], block["conversion"]), (
            self.company.currency_id.id, "",
        ))  # fmt: skip
        self.assertAlmostEqual(revenue, self.shared.amount_untaxed)

    def test_several_companies_are_converted_and_this_is_said(self):
        block, revenue = self._revenue(self.company | self.other)
        self.assertEqual(block["currency_id"], self.company.currency_id.id)
        self.assertIn(self.company.currency_id.name, block["conversion"])
        expected = self.shared.amount_untaxed + self.theirs.amount_untaxed / 4
        self.assertAlmostEqual(revenue, expected, places=2)

    def test_a_company_that_is_not_active_does_not_count(self):
        calls = sum(self._figures("operators")["Calls"].values())
        both = self._figures("operators", companies=self.company | self.other)["Calls"]
        self.assertEqual((calls, sum(both.values())), (4, 5))


@tagged("post_install", "-at_install")
class TestCallStatisticsRights(StatisticsCommon):
    def test_supervisors_and_managers_see_them_and_nobody_else(self):
        for user in (self.supervisor, self.call_manager):
            with self.subTest(user=user.name):
                self.assertTrue(self._statistics(user).get_page()["blocks"])
                self.assertTrue(self.env["ai.call.report"].with_user(user).search_count([]))
        for user in (self.operator, self.salesperson):
            statistics = self._statistics(user)
            refused = (
                statistics.get_page,
                lambda s=statistics: s.get_block("summary", DAYS),
                lambda s=statistics: s.get_rows_action(DAYS),
                lambda s=statistics: s.get_report_action(DAYS),
                lambda u=user: self.env["ai.call.report"].with_user(u).search([]),
            )
            for number, ask in enumerate(refused):
                with self.subTest(user=user.name, ask=number), self.assertRaises(AccessError):
                    ask()

    def test_what_is_no_block_is_refused(self):
        with self.assertRaises(AccessError):
            self._block("_check")
