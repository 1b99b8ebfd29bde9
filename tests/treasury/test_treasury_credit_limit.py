"""Proposed credit limits, and who may see, accept and dismiss them."""

import math

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestTreasuryCreditLimit(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._pay_history()
        cls._train_credit()
        cls.row = cls.credits._of(cls.company, cls.client)

    def _limit(self, company=None):
        return self.client.with_company(company or self.company).credit_limit

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_only_accounting_groups_read_scores_and_expected_payments(self):
        for name, user in {**self.roles, "portal": self.portal}.items():
            for model in (self.credits, self.outlooks):
                with self.subTest(role=name, model=model._name):
                    rows = model.with_user(user)
                    if name in ("accountant", "auditor", "controller"):
                        self.assertEqual(len(rows.search([])), 2)
                        continue
                    with self.assertRaises(AccessError):
                        rows.search([]).read(["partner_id"])

    def test_nobody_writes_rows(self):
        for name, user in self.roles.items():
            with self.subTest(role=name):
                row = self.row.with_user(user)
                with self.assertRaises(AccessError):
                    row.write({"proposed_limit": 1e6})
                with self.assertRaises(AccessError):
                    row.unlink()
                with self.assertRaises(AccessError):
                    row.copy()

    def test_only_accounting_managers_decide(self):
        for name, user in {**self.roles, "portal": self.portal}.items():
            if name == "controller":
                continue
            for method in ("action_accept", "action_dismiss"):
                with self.subTest(role=name, method=method), self.assertRaises(AccessError):
                    getattr(self.row.with_user(user), method)()
        self.assertFalse(self._limit())

    def test_managers_of_another_company_decide_nothing(self):
        abroad = self._create_user("sr_abroad_limit", "account.group_account_manager", self.other)
        row = self.row.with_user(abroad).with_context(allowed_company_ids=self.other.ids)
        with self.assertRaises(AccessError):
            row.action_accept()
        self.assertEqual(self.row.state, "proposed")

    def test_results_are_for_managers(self):
        results = self.env["ai.training.result.credit"]
        self.assertTrue(results.with_user(self.roles["trainer"]).search([]))
        with self.assertRaises(AccessError):
            results.with_user(self.roles["accountant"]).search([]).read(["auc"])
        run = self.row.run_id.with_user(self.roles["trainer"])
        self.assertEqual(
            run.action_open_credit_results()["domain"], [("company_id", "=", self.company.id)]
        )

    # ------------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------------

    def test_what_is_proposed_follows_what_is_invoiced_and_the_grade(self):
        # 1,500 a month, held for two and a half, twice: and the grade's factor.
        self.assertEqual(self.row.state, "proposed")
        self.assertTrue(3000 < self.row.proposed_limit < 6000, self.row.proposed_limit)
        self.assertFalse(self._limit(), "nothing is applied by itself")

    def test_accepting_writes_the_limit_of_this_company_alone(self):
        row = self.row.with_user(self.roles["controller"])
        row.action_accept()
        self.assertEqual(self._limit(), row.proposed_limit)
        self.assertEqual(row.current_limit, row.proposed_limit)
        self.assertFalse(self._limit(self.other))
        self.assertEqual((row.state, row.decided_by_id), ("accepted", self.roles["controller"]))
        self.assertIn("accepted", self.client.message_ids[:1].body)
        self.assertEqual(self.client.message_ids[:1].author_id, self.roles["controller"].partner_id)

    def test_a_decision_stands_until_the_proposal_changes(self):
        self.row.with_user(self.roles["controller"]).action_dismiss()
        self._train_credit()
        self.assertEqual(self.row.state, "dismissed")
        self.assertEqual(self.row.decided_by_id, self.roles["controller"])
        self.assertFalse(self._limit())
        self._pay(self._move(30000.0, issued=60, due=30), 5)
        self._train_credit()
        self.assertEqual((self.row.state, self.row.decided_by_id.id), ("proposed", False))

    def test_a_limit_that_is_near_already_is_not_proposed(self):
        self.client.with_company(self.company).credit_limit = 0.9 * self.row.proposed_limit
        self._train_credit()
        self.assertEqual(self.row.state, "none")
        with self.assertRaisesRegex(UserError, "No credit limit is proposed for Hôtel Zagora"):
            self.row.with_context(lang="en_US").with_user(self.roles["controller"]).action_accept()

    # ------------------------------------------------------------------
    # Where it is shown
    # ------------------------------------------------------------------

    def test_the_sheet_tells_operators_the_habit_and_accounting_the_score(self):
        partner = self.client.with_company(self.company).with_context(lang="en_US")
        paying = partner.with_user(self.roles["operator"]).get_client_sheet()["paying"]
        self.assertEqual(paying, {"habit": "45 days late", "score": False})
        both = self._create_user(
            "sr_both", "smart_recommender.group_call_operator,account.group_account_invoice"
        )
        paying = partner.with_user(both).get_client_sheet()["paying"]
        self.assertEqual(paying["score"]["grade"], self.row.grade)
        self.assertRegex(
            paying["score"]["words"], "^Grade [DE]: .*chance to pay more than 30 days late"
        )
        self.assertEqual(
            [one["name"] for one in paying["score"]["invoices"]], [self.late_move.name]
        )

    def test_a_client_without_a_score_has_an_empty_section(self):
        partner = self.partners[2].with_company(self.company).with_user(self.roles["operator"])
        self.assertEqual(partner.get_client_sheet()["paying"], {"habit": "", "score": False})

    def test_the_quotation_tells_accounting_and_nobody_else(self):
        order = self._create_order([self.fountain], state="draft", partner=self.client)
        both = self._create_user(
            "sr_both_sales", "sales_team.group_sale_manager,account.group_account_invoice"
        )
        words = order.with_user(both).with_context(lang="en_US").ai_credit_words
        self.assertRegex(words, "^Grade [DE]: .*late. ↑ paid")
        sellers = self._create_user("sr_sales_manager", "sales_team.group_sale_manager")
        with self.assertRaises(AccessError):
            order.with_user(sellers).read(["ai_credit_words"])
        self.assertIn("ai_credit_words", self._arch(both))
        self.assertNotIn("ai_credit_words", self._arch(sellers))

    def test_the_quotation_is_scored_for_its_own_amount(self):
        order = self._create_order([(self.fountain, 50)], state="draft", partner=self.client)
        self.row.write({"chance": 0.4, "amount_effect": 0.8})
        self.row.amount_log = math.log(order.amount_total / 20)
        both = self._create_user(
            "sr_both_amount", "sales_team.group_sale_manager,account.group_account_invoice"
        )
        order = order.with_user(both).with_context(lang="en_US")
        large = self.row._chance_for(order.amount_total)
        self.assertGreater(large, 0.7)
        self.assertIn(
            f"For this amount: {100 * large:.0f}% (20.0 times the usual one).",
            order.ai_credit_words,
        )
        self.assertLess(self.row._chance_for(order.amount_total / 40), 0.4)
        # About the usual amount says nothing more.
        order.sudo().order_line.product_uom_qty = 2.5
        self.assertNotIn("For this amount", order.ai_credit_words)

    def _arch(self, user):
        view = self.env.ref("sale.view_order_form")
        return self.env["sale.order"].with_user(user).get_view(view.id, "form")["arch"]

    def test_reasons_are_counted_as_people_do(self):
        row = self.row.with_context(lang="en_US")
        for days, words in ((1, "1 day later"), (2, "2 days later"), (-1, "1 day sooner")):
            self.assertEqual(row._reason_trend(days), f"lately {words}")
        self.assertEqual(row._reason_age(10), "new client")
        self.assertEqual(row._reason_age(31), "client for 1 month")
        self.assertEqual(row._reason_age(62), "client for 2 months")

    def test_from_the_lists_one_opens_the_invoice_and_the_invoices(self):
        accountant = self.roles["accountant"]
        outlook = self.outlooks.with_user(accountant).search([("move_id", "=", self.late_move.id)])
        self.assertEqual(outlook.action_open_invoice()["res_id"], self.late_move.id)
        action = self.row.with_user(accountant).action_open_invoices()
        self.assertEqual(self.outlooks.search(action["domain"]).move_id, self.late_move)
        with self.assertRaises(AccessError):
            outlook.with_user(self.roles["seller"]).action_open_sheet()
