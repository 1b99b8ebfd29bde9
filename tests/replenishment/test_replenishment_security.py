"""Who sees and decides what, in two companies with disjoint data."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestReplenishmentSecurity(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Kinshasa")
        cls.env.user.company_ids |= cls.other
        cls.theirs = cls._create_stored("Manioc", company_id=cls.other.id)
        cls.soap.product_tmpl_id.company_id = cls.company
        cls._sell_daily(cls.soap, 4.0, days=30)
        cls._supply(cls.soap)
        cls._sell({ago: [(cls.theirs, 3.0)] for ago in range(1, 31)}, company=cls.other)
        cls._supply(cls.theirs, company_id=cls.other.id)
        cls._train_stock()
        cls._train_stock(cls.other)
        cls.keeper = cls._create_user("sr_keeper", "stock.group_stock_manager", cls.other)
        cls.both = cls._create_user("sr_both", "stock.group_stock_manager")
        cls.both.company_ids |= cls.other
        cls.buyer = cls._create_user(
            "sr_buyer", "purchase.group_purchase_user,base.group_allow_export"
        )

    def _rows_as(self, user, companies):
        rows = self.rows.with_user(user).with_context(allowed_company_ids=companies.ids)
        return rows.search([])

    def _decide(self, user, company):
        rows = self._rows_as(user, company).filtered(lambda row: row.action == "order_now")
        decisions = self.decisions.with_user(user).with_context(allowed_company_ids=company.ids)
        return decisions.browse(rows.action_order()["res_id"])

    def test_rows_are_those_of_the_active_companies(self):
        mine, theirs = (
            self._rows_as(self.storekeeper, self.company),
            self._rows_as(self.keeper, self.other),
        )
        self.assertIn(self.soap, mine.product_id)
        self.assertNotIn(self.theirs, mine.product_id)
        self.assertEqual(theirs.company_id, self.other)
        self.assertEqual(theirs.product_id & self.theirs, self.theirs)
        self.assertEqual(self._rows_as(self.both, self.company), mine)
        all_rows = self._rows_as(self.both, self.company | self.other)
        self.assertEqual(all_rows.company_id, self.company | self.other)

    def test_rows_of_another_company_cannot_be_read_searched_or_exported(self):
        theirs = self.rows.search([("company_id", "=", self.other.id)])[:1]
        keeper = self._create_user("sr_export", "stock.group_stock_manager,base.group_allow_export")
        rows = self.rows.with_user(keeper)
        with self.assertRaises(AccessError):
            rows.browse(theirs.id).read(["rop"])
        with self.assertRaises(AccessError):
            rows.browse(theirs.id).export_data(["product_id/name", "rop"])
        found = rows.search([("product_id.name", "=", "Manioc")])
        self.assertFalse(found)
        [(count,)] = rows._read_group([("company_id", "=", self.other.id)], [], ["__count"])
        self.assertEqual(count, 0)

    def test_a_decision_on_rows_from_outside_is_refused(self):
        theirs = self.rows.search([("company_id", "=", self.other.id)])[:1]
        with self.assertRaises(AccessError):
            self.rows.with_user(self.storekeeper).browse(theirs.id).action_order()
        with self.assertRaises(UserError):
            self.rows.with_user(self.storekeeper).browse(2**30).action_order()

    def test_another_company_s_decision_cannot_be_read_applied_or_undone(self):
        decision = self._decide(self.keeper, self.other)
        mine = self.decisions.with_user(self.storekeeper).browse(decision.id)
        self.assertNotIn(mine, self.decisions.with_user(self.storekeeper).search([]))
        for method in ("action_apply", "action_open_orders"):
            with self.assertRaises(AccessError):
                getattr(mine, method)()
        decision.action_apply()
        with self.assertRaises(AccessError):
            mine.action_undo()
        with self.assertRaises(AccessError):
            mine.line_ids.browse(decision.line_ids.ids).read(["quantity"])
        orders = self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)])
        self.assertEqual(orders.company_id, self.other)
        decision.action_undo()
        self.assertFalse(orders.exists())

    def test_a_decision_with_both_companies_active_is_made_for_its_own(self):
        companies = self.company | self.other
        rows = self._rows_as(self.both, companies).filtered(
            lambda row: row.product_id == self.theirs
        )
        decision = (
            self.decisions.with_user(self.both)
            .with_context(allowed_company_ids=companies.ids)
            .browse(rows.action_order()["res_id"])
        )
        decision.action_apply()
        self.assertEqual(decision.line_ids.orderpoint_id.company_id, self.other)
        orders = self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)])
        self.assertEqual(orders.company_id, self.other)
        decision.action_undo()
        self.assertFalse(orders.exists())

    def test_nobody_makes_or_rewrites_a_decision_by_hand(self):
        decision = self._decide(self.storekeeper, self.company)
        mine = self.decisions.with_user(self.storekeeper)
        forged = {"documents": {"purchase.order": {"1": {"before": None, "after": {}}}}}
        for vals in (
            {"company_id": self.company.id, "kind": "order", "trace": forged},
            {"company_id": self.company.id, "kind": "order"},
        ):
            with self.assertRaises(AccessError):
                mine.create(vals)
        with self.assertRaises(AccessError):
            mine.with_context(default_trace=forged).create(
                {"company_id": self.company.id, "kind": "order", "state": "applied"}
            )
        with self.assertRaises(AccessError):
            decision.copy()
        for vals in ({"trace": forged}, {"state": "applied"}, {"company_id": self.other.id}):
            with self.assertRaises(AccessError):
                decision.write(vals)
        line = decision.line_ids[0]
        for vals in ({"old_min": 9.0}, {"had_rule": True}, {"product_id": self.cups.id}):
            with self.assertRaises(AccessError):
                line.write(vals)
            with self.assertRaises(AccessError):
                decision.write({"line_ids": [Command.update(line.id, vals)]})
        with self.assertRaises(AccessError):
            decision.write({"line_ids": [Command.create({"product_id": self.cups.id})]})
        decision.write({"line_ids": [Command.update(line.id, {"quantity": 7.0})]})
        self.assertEqual(line.quantity, 7.0)

    def test_what_was_applied_is_not_edited_or_deleted(self):
        decision = self._decide(self.storekeeper, self.company)
        decision.action_apply()
        with self.assertRaises(UserError):
            decision.trigger = "auto"
        with self.assertRaises(UserError):
            decision.line_ids[0].unlink()
        with self.assertRaises(UserError):
            decision.unlink()
        with self.assertRaises(AccessError):
            decision.read(["trace"])

    def test_a_buyer_reads_the_board_and_decides_nothing(self):
        decision = self._decide(self.storekeeper, self.company)
        rows = self._rows_as(self.buyer, self.company)
        self.assertIn(self.soap, rows.product_id)
        row = rows.filtered(lambda row: row.product_id == self.soap)
        self.assertIn("Reorder point", row.explanation)
        row.read(["orderpoint_min", "order_value", "vendor_id", "uom_id", "ai_class"])
        row.export_data(["product_id/name", "vendor_id/name", "rop", "action"])
        self.rows.with_user(self.buyer).action_open_board()
        with self.assertRaises(AccessError):
            row.action_order()
        with self.assertRaises(AccessError):
            row.write({"rop": 1.0})
        theirs = self.decisions.with_user(self.buyer).browse(decision.id)
        for method in ("action_apply", "action_undo", "action_open_orders"):
            with self.assertRaises(AccessError):
                getattr(theirs, method)()
        with self.assertRaises(AccessError):
            theirs.search([])

    def test_portal_salespeople_and_public_users_see_nothing(self):
        portal = self._create_user("sr_portal", "base.group_portal")
        for user in (portal, self.salesperson, self.env.ref("base.public_user")):
            for model in (
                "ai.replenishment",
                "ai.replenishment.decision",
                "ai.replenishment.decision.line",
                "ai.policy.replay",
            ):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
            with self.assertRaises(AccessError):
                self.rows.with_user(user).action_open_board()
            with self.assertRaises(AccessError):
                self.rows.with_user(user).action_order()

    def test_replays_are_those_of_the_company(self):
        replays = self.env["ai.policy.replay"].with_user(self.storekeeper).search([])
        self.assertEqual(replays.sudo().run_id.company_id, self.company)

    def test_opening_the_board_plans_the_active_companies_alone(self):
        # Rows whose advice stays are not written again.
        self.env.cr.execute("UPDATE ai_replenishment SET quantity = -1")
        self.env.invalidate_all()
        self.rows.with_user(self.both).with_context(
            allowed_company_ids=self.other.ids
        ).action_open_board()
        planned = self.rows.search([("quantity", ">=", 0)])
        self.assertEqual(planned.company_id, self.other)

    def test_a_branch_has_rows_of_its_own(self):
        branch = self._create_company("Oran", parent_id=self.company.id)
        self.env.user.company_ids |= branch
        self._sell({ago: [(self.soap, 2.0)] for ago in range(1, 31)}, company=branch)
        self._train_stock(branch)
        rows = self.rows.search([("company_id", "=", branch.id)])
        mine = rows.filtered(lambda row: row.product_id == self.soap)
        self.assertAlmostEqual(mine.mean_demand, 2.0)
        self.assertEqual(mine.warehouse_id.company_id, branch)
        self.assertNotIn(self.theirs, rows.product_id)
