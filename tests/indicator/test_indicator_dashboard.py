"""The dashboard: who sees what of it, and how it is arranged."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.indicator.ai_dashboard_layout import ALL_CATEGORIES, ROLES
from .dashboard_common import DAYS, DashboardCommon


@tagged("post_install", "-at_install")
class TestDashboardLayout(DashboardCommon):
    def test_the_active_companies_come_first(self):
        other = self._create_company("Autre")
        self.everything.company_ids |= other
        for active in (self.company, other):
            dashboard = self.env["ai.dashboard"].with_user(self.everything)
            layout = dashboard.with_context(allowed_company_ids=active.ids).get_layout()
            self.assertEqual(layout["companies"][0]["id"], active.id)
            self.assertEqual(len(layout["companies"]), 2)

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
