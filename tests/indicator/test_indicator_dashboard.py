"""The dashboard: who sees what of it, how it is arranged, and what its parts say."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...models.indicator.ai_dashboard_layout import ALL_CATEGORIES, ROLES
from .common import IndicatorCommon

DAYS = {"days": 7}
SELLS, SEES_ALL = "sales_team.group_sale_salesman", "sales_team.group_sale_salesman_all_leads"


class DashboardCommon(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("sr_keeper", "stock.group_stock_manager")
        cls.accountant = cls._create_user("sr_accountant", "account.group_account_invoice")
        cls.colleague = cls._create_user("sr_colleague", SELLS)
        cls.employee = cls._create_user("sr_employee", "base.group_user")
        cls.portal = new_test_user(cls.env, login="sr_portal", groups="base.group_portal")

    def _as(self, user, model="ai.dashboard", companies=None):
        companies = companies or self.company
        return self.env[model].with_user(user).with_context(allowed_company_ids=companies.ids)

    def _codes(self, user, **marks):
        cards = self._as(user).get_layout()["cards"]
        return [
            card["code"]
            for card in cards
            if all(card[name] == mark for name, mark in marks.items())
        ]


@tagged("post_install", "-at_install")
class TestDashboardLayout(DashboardCommon):
    def test_each_role_sees_its_own_cards_and_those_of_no_other(self):
        seller, keeper = (set(self._codes(user)) for user in (self.salesperson, self.keeper))
        self.assertEqual(
            seller,
            {"revenue", "revenue_growth", "average_order_value", "orders", "order_growth"}
            | {"win_rate"},
        )
        self.assertIn("stock_value", keeper)
        self.assertIn("stock_outs", keeper)
        self.assertFalse(seller & keeper)
        self.assertEqual(self._codes(self.accountant), ["order_cycle"])
        self.assertIn("gross_margin", self._codes(self.manager))
        self.assertNotIn("stock_value", self._codes(self.manager))

    def test_what_a_role_has_pinned_comes_first_and_in_its_order(self):
        for user, place in ((self.manager, 0), (self.keeper, 1), (self.salesperson, 3)):
            _groups, pinned, categories = ROLES[place]
            with self.subTest(user=user.name):
                codes = self._codes(user)
                mine = [code for code in pinned if code in codes]
                self.assertGreaterEqual(len(mine), 4)
                self.assertEqual(self._codes(user, is_pinned=True), mine)
                self.assertEqual(codes[: len(mine)], mine)
                layout = self._as(user).get_layout()
                self.assertEqual([c["code"] for c in layout["categories"]], list(categories))
                self.assertTrue(layout["is_default"])

    def test_roles_name_indicators_and_categories_that_there_are(self):
        codes = set(self.env["ai.kpi"].search([]).mapped("code"))
        names = {code for code, _name in self.env["ai.kpi"]._fields["category"].selection}
        for _groups, pinned, categories in ROLES:
            self.assertLessEqual(set(pinned), codes)
            self.assertEqual(set(categories), names)
        self.assertEqual(set(ALL_CATEGORIES), names)

    def test_parts_follow_the_rights(self):
        self.assertEqual(self._as(self.salesperson).get_layout()["strips"], [])
        self.assertEqual(self._as(self.keeper).get_layout()["strips"], ["stock", "forecast"])
        strips = self._as(self.manager).get_layout()["strips"]
        self.assertEqual(strips, ["stock", "forecast", "anomaly"])
        self.assertTrue(self._as(self.salesperson).get_layout()["sees_sales"])
        self.assertFalse(self._as(self.keeper).get_layout()["sees_sales"])
        with self.assertRaises(AccessError):
            self._as(self.salesperson).get_strip("stock")

    def test_who_works_with_none_of_it_is_refused_everywhere(self):
        calls = [
            ("get_layout", ()),
            ("get_strip", ("stock",)),
            ("get_trends", (DAYS,)),
            ("get_top_products", (DAYS,)),
            ("get_product_comparison", (DAYS, [1, 2])),
            ("save_cards", ([],)),
            ("reset_cards", ()),
        ]
        for user in (self.employee, self.portal):
            for name, arguments in calls:
                with self.subTest(user=user.name, method=name), self.assertRaises(AccessError):
                    getattr(self._as(user), name)(*arguments)

    def test_sales_are_for_sellers(self):
        for user in (self.keeper, self.accountant):
            with self.assertRaises(AccessError):
                self._as(user).get_trends(DAYS)
            with self.assertRaises(AccessError):
                self._as(user).get_top_products(DAYS)

    def test_a_seller_finds_the_dashboard_alone_in_the_app(self):
        def names(user):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            root = self.env.ref("smart_recommender.menu_root").id
            if root not in menus:
                return None
            return [menus[child]["xmlid"] for child in menus[root]["children"]]

        for user in (self.salesperson, self.accountant, self.colleague):
            self.assertEqual(names(user), ["smart_recommender.menu_dashboard"])
        self.assertIsNone(names(self.employee))
        first, *others = names(self.keeper)
        self.assertEqual(first, "smart_recommender.menu_dashboard")
        self.assertEqual(others, ["smart_recommender.menu_forecasts"])
        self.assertIn("smart_recommender.menu_results", names(self.manager))


@tagged("post_install", "-at_install")
class TestDashboardPreferences(DashboardCommon):
    def _save(self, user, *cards):
        return self._as(user).save_cards(
            [
                {"code": code, "is_pinned": "pin" in marks, "is_hidden": "hide" in marks}
                for code, *marks in cards
            ]
        )

    def test_a_user_keeps_order_pins_and_what_is_hidden(self):
        cards = self._save(self.salesperson, ("orders", "pin"), ("win_rate",), ("revenue", "hide"))
        self.assertEqual([card["code"] for card in cards][:3], ["orders", "win_rate", "revenue"])
        self.assertEqual(self._codes(self.salesperson, is_pinned=True), ["orders"])
        self.assertEqual(self._codes(self.salesperson, is_hidden=True), ["revenue"])
        self.assertFalse(self._as(self.salesperson).get_layout()["is_default"])
        # What was not named stays visible, behind.
        self.assertIn("order_growth", self._codes(self.salesperson)[3:])

    def test_saving_again_moves_and_does_not_double(self):
        self._save(self.salesperson, ("orders",), ("revenue",))
        self._save(self.salesperson, ("revenue",), ("orders",))
        self.assertEqual(self._codes(self.salesperson)[:2], ["revenue", "orders"])
        self.assertEqual(self.env["ai.kpi.preference"].search_count([]), 2)

    def test_others_keep_theirs_and_nobody_reads_or_writes_them(self):
        self._save(self.salesperson, ("orders", "pin"))
        before = self._codes(self.manager)
        self.assertTrue(self._as(self.colleague).get_layout()["is_default"])
        self.assertEqual(self._codes(self.manager), before)
        row = self.env["ai.kpi.preference"].search([])
        self.assertEqual(row.user_id, self.salesperson)
        theirs = row.with_user(self.colleague)
        self.assertFalse(theirs.search([]))
        for attempt in (
            lambda: theirs.read(["is_pinned"]),
            lambda: theirs.write({"is_pinned": False}),
            theirs.unlink,
            lambda: theirs.create({"kpi_id": row.kpi_id.id, "user_id": self.salesperson.id}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_reset_gives_back_what_the_role_has(self):
        before = self._as(self.salesperson).get_layout()["cards"]
        self._save(self.salesperson, ("win_rate", "pin"), ("revenue", "hide"))
        self._save(self.colleague, ("orders", "pin"))
        self.assertEqual(self._as(self.salesperson).reset_cards(), before)
        self.assertTrue(self._as(self.salesperson).get_layout()["is_default"])
        self.assertEqual(self._codes(self.colleague, is_pinned=True), ["orders"])

    def test_what_one_may_not_see_is_not_kept(self):
        self._save(self.salesperson, ("gross_margin", "pin"), ("nonsense",), ("orders",))
        self.assertEqual(self.env["ai.kpi.preference"].search([]).kpi_id.code, "orders")
        with self.assertRaises(UserError):
            self._as(self.salesperson).save_cards([{"code": "orders"}])


@tagged("post_install", "-at_install")
class TestDashboardSales(DashboardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Kivu Test", currency_id=cls.env.ref("base.EUR").id)
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.env.ref("base.EUR").id,
                "company_id": cls.company.id,
                "name": "2020-01-01",
                "rate": 0.5,
            }
        )
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


@tagged("post_install", "-at_install")
class TestDashboardStrips(DashboardCommon):
    def _strip(self, code, user=None):
        return self._as(user or self.everything).get_strip(code)

    def test_without_a_training_each_says_what_it_needs(self):
        for code in ("stock", "forecast", "anomaly"):
            strip = self._strip(code)
            self.assertIn("training", strip["empty"])
            self.assertEqual(
                strip["remedy"]["action"], "smart_recommender.action_run_training", code
            )
        self.assertIn("manager", self._strip("stock", self.keeper)["empty"])
        self.assertIsNone(self._strip("stock", self.keeper)["remedy"])

    def test_every_tile_opens_as_many_rows_as_it_counts(self):
        self._steady_sales()
        self._put(self.bottle, 100000)
        self._put(self.cups, 1)
        for kind in ("forecast", "anomalies", "replenishment"):
            self.runs.with_company(self.company)._train_now(self.company, kind)
        counted = 0
        for code in self._as(self.everything).get_layout()["strips"]:
            strip = self._strip(code)
            for tile in strip["tiles"]:
                with self.subTest(strip=code, tile=tile["code"]):
                    model = self._as(self.everything, tile["action"]["res_model"])
                    found = model.search_count(tile["action"]["domain"])
                    self.assertEqual(found, tile["value"])
                    counted += found
        self.assertGreater(counted, 4)
        self.assertTrue(self._strip("forecast")["rows"])

    def test_the_state_of_stock_is_one_of_five(self):
        self._steady_sales()
        self._put(self.bottle, 100000)
        self._put(self.cups, 1)
        self.runs.with_company(self.company)._train_now(self.company, "replenishment")
        rows = self.env["ai.replenishment"].search([("company_id", "=", self.company.id)])
        states = {row.product_id: row.stock_state for row in rows}
        self.assertEqual(states[self.bottle], "much")
        self.assertEqual(states[self.cups], "low")
        self.assertEqual(states[self.soap], "out")
        for state in ("out", "low", "enough", "much", "unknown"):
            found = rows.search([("id", "in", rows.ids), ("stock_state", "=", state)])
            self.assertEqual(found, rows.filtered(lambda row, s=state: row.stock_state == s))
        others = rows.search([("id", "in", rows.ids), ("stock_state", "not in", ["out", "low"])])
        self.assertFalse({"out", "low"} & set(others.mapped("stock_state")))

    def test_unusual_sales_wait_for_a_decision(self):
        anomaly = self.env["ai.anomaly"].create(
            {
                "company_id": self.company.id,
                "level": "product",
                "step": "day",
                "product_id": self.bottle.id,
                "date": fields.Date.today(),
                "date_end": fields.Date.today(),
                "measure": "quantity",
                "quantity": 90.0,
                "expected": 10.0,
                "method": "zscore",
                "type": "spike",
                "severity": "high",
            }
        )
        strip = self._strip("anomaly", self.manager)
        self.assertEqual({tile["code"]: tile["value"] for tile in strip["tiles"]}["high"], 1)
        self.assertIn(self.bottle.name, strip["rows"][0]["label"])
        self.assertEqual(strip["rows"][0]["action"]["res_id"], anomaly.id)
        anomaly.state = "ignored"
        strip = self._strip("anomaly", self.manager)
        self.assertEqual({tile["value"] for tile in strip["tiles"]}, {0})
        self.assertFalse(strip["rows"])
