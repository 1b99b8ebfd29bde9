"""Sales on the dashboard: over time, by product, and products side by side."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .dashboard_common import DAYS, SELLS, DashboardCommon


@tagged("post_install", "-at_install")
class TestDashboardSales(DashboardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Kivu Test", currency_id=cls._use_currency("EUR").id)
        for user in cls.manager | cls.everything:
            user.company_ids = [Command.link(cls.other.id)]
        mine = {"user_id": cls.salesperson.id}
        theirs = {"user_id": cls.colleague.id}
        cls._order([cls._line(cls.bottle, 2, 30)], cls._at(1), **mine)
        cls._order([cls._line(cls.cups, 10, 4)], cls._at(3), **mine)
        cls._order([cls._line(cls.fountain, 1, 900)], cls._at(3), **theirs)
        cls._order([cls._line(cls.soap, 5, 1)], cls._at(60), **mine)
        cls._order(
            [cls._line(cls.bottle, 3, 10)],
            cls._at(2),
            company=cls.other,
            partner=cls.shared_partner,
            user_id=False,
        )

    def _sum(self, user, name="revenue", companies=None, **vals):
        rows = self._as(user, companies=companies).get_trends(DAYS, **vals)["rows"]
        return sum(row[name] for row in rows)

    def test_a_seller_sees_trends_of_own_documents_alone(self):
        found = self._as(self.salesperson).get_trends(DAYS)
        self.assertTrue(found["is_own"])
        self.assertEqual(len(found["rows"]), 7)
        self.assertEqual(sum(row["revenue"] for row in found["rows"]), 100)
        self.assertEqual(self._sum(self.colleague), 900)
        self.assertEqual(self._sum(self.manager), 1000)
        self.assertFalse(self._as(self.manager).get_trends(DAYS)["is_own"])

    def test_days_weeks_and_months_hold_the_same_sums(self):
        for step in ("day", "week", "month"):
            self.assertEqual(self._sum(self.salesperson, step=step), 100)
            self.assertEqual(self._sum(self.salesperson, "quantity", step=step), 12)
            self.assertEqual(self._sum(self.salesperson, "orders", step=step), 2)
        with self.assertRaises(UserError):
            self._sum(self.salesperson, step="second")

    def test_two_companies_are_added_up_in_the_currency_of_the_first(self):
        both = self.company | self.other
        # 30 euros at two dollars a euro.
        self.assertAlmostEqual(self._sum(self.manager, companies=both), 1060)
        self.assertAlmostEqual(self._sum(self.manager, companies=self.other), 30)
        best = self._as(self.manager, companies=both).get_top_products(DAYS)
        self.assertEqual(best["rows"][0]["product_id"], self.fountain.id)
        self.assertAlmostEqual(best["rows"][1]["revenue"], 120)
        self.assertAlmostEqual(best["rows"][1]["quantity"], 5)
        self.assertAlmostEqual(best["total"]["revenue"], 1060)
        with self.assertRaises(AccessError):
            self._sum(self.salesperson, companies=both)

    def test_best_products_by_revenue_and_by_quantity_and_the_rest(self):
        mine = self._as(self.salesperson)
        by_revenue = mine.get_top_products(DAYS)
        by_quantity = mine.get_top_products(DAYS, "quantity")
        self.assertEqual(
            [row["product_id"] for row in by_revenue["rows"]], [self.bottle.id, self.cups.id]
        )
        self.assertEqual(
            [row["product_id"] for row in by_quantity["rows"]], [self.cups.id, self.bottle.id]
        )
        self.assertAlmostEqual(by_revenue["rows"][0]["share"], 0.6)
        self.assertEqual(by_revenue["rest"]["count"], 0)
        self.assertAlmostEqual(by_revenue["rest"]["revenue"], 0)

    def test_products_side_by_side(self):
        products = [self.bottle.id, self.cups.id, self.bottle.id]
        found = self._as(self.salesperson).get_product_comparison(DAYS, products, "day")
        self.assertEqual([row["product_id"] for row in found["products"]], products[:2])
        self.assertEqual(len(found["dates"]), 7)
        bottle = found["products"][0]
        self.assertEqual((bottle["quantity"], bottle["revenue"]), (2, 60))
        self.assertEqual(sum(bottle["revenues"]), 60)

    def test_from_two_to_ten_products_that_there_are(self):
        mine = self._as(self.salesperson)
        many = self._create_products("Stylo", 11).ids
        for ids in ([self.bottle.id], many, "1,2", [self.bottle.id, "2"]):
            with self.assertRaises(UserError):
                mine.get_product_comparison(DAYS, ids)
        hidden = self._create_product("Caché", company_id=self.other.id)
        with self.assertRaises(AccessError):
            mine.get_product_comparison(DAYS, [self.bottle.id, hidden.id])

    def test_nothing_sold_and_nothing_in_the_period_are_told_apart(self):
        self.assertTrue(self._as(self.salesperson).get_trends(DAYS)["has_sales"])
        fresh = self._create_user("sr_fresh", SELLS)
        found = self._as(fresh).get_trends(DAYS)
        self.assertFalse(found["has_sales"])
        self.assertEqual({row["revenue"] for row in found["rows"]}, {0})

    def test_a_bad_period_is_told_in_words(self):
        with self.assertRaises(UserError):
            self._as(self.salesperson).get_trends(
                {"date_from": "2026-01-10", "date_to": "2026-01-01"}
            )

    def test_the_history_has_a_row_a_day_and_what_one_may_see(self):
        self._restate()
        headers, rows = self._as(self.salesperson)._history_table()
        self.assertEqual(headers[0], "Day")
        self.assertIn("Revenue (USD)", headers)
        self.assertFalse([header for header in headers if "Margin" in header])
        by_day = {row[0]: row[headers.index("Revenue (USD)")] for row in rows}
        self.assertEqual(by_day[self._day(1)], 60)
        self.assertEqual(by_day[self._day(3)], 40)
        headers, rows = self._as(self.manager)._history_table()
        self.assertTrue([header for header in headers if "Margin" in header])
        by_day = {row[0]: row for row in rows}
        self.assertEqual(by_day[self._day(3)][headers.index("Revenue (USD)")], 940)
        clients = headers.index("Active Clients (30 days)")
        self.assertEqual(by_day[self._day(1)][clients], 1)

    def test_the_history_of_two_companies_names_them_and_their_currency(self):
        both = self.company | self.other
        for company in both:
            self._restate(company=company)
        headers, rows = self._as(self.manager, companies=both)._history_table()
        self.assertEqual(headers[:3], ["Day", "Company", "Currency"])
        revenue = headers.index("Revenue")
        theirs = [row for row in rows if row[1] == self.other.name and row[0] == self._day(2)]
        self.assertEqual([(row[2], row[revenue]) for row in theirs], [("EUR", 30)])

    def test_values_of_several_days_are_ratios_of_sums(self):
        kpi = self.env["ai.kpi"].search([("code", "=", "refund_rate")])
        values = self.env["ai.kpi.value"]
        values.create(
            [
                {
                    "kpi_id": kpi.id,
                    "company_id": self.company.id,
                    "date": self._day(ago),
                    "numerator": above,
                    "denominator": below,
                    "value": 100 * above / below,
                }
                for ago, above, below in ((1, 10.0, 100.0), (2, 90.0, 100.0), (3, 0.0, 800.0))
            ]
        )
        ((value,),) = values._read_group([("kpi_id", "=", kpi.id)], [], ["value:avg"])
        self.assertAlmostEqual(value, 10.0)
