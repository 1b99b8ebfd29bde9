"""Chances of quotations: what they are learned from, what is told, who sees it, what CRM says."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .quotations_common import QuotationsCommon

OPEN = 2**31 - 1


@tagged("post_install", "-at_install")
class TestWinTraining(QuotationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._history()
        cls.generous, cls.strict, cls.newest, cls.old = cls._quote(
            [
                (cls.clients[0], cls.bottle, 10.0, 2, None, "sent"),
                (cls.clients[1], cls.bottle, 10.0, 2, None, "draft"),
                (cls.clients[2], cls.bottle, 10.0, 0, None, "draft"),
                (cls.clients[2], cls.bottle, 10.0, 200, None, "sent"),
            ]
        )

    def _chance(self, order):
        return self.chances.search([("order_id", "=", order.id)]).chance

    # ------------------------------------------------------------------
    # What is learned
    # ------------------------------------------------------------------

    def test_clients_habits_tell_who_wins(self):
        run = self._learn()
        result = run._result()
        self.assertEqual((result.method, result.replaced), ("model", True))
        self.assertLess(result.brier, result.base_brier)
        self.assertGreater(result.low, 0)
        self.assertLess(result.calibration_error, 0.15)
        self.assertTrue(0.3 < result.rate < 0.6)
        self.assertTrue(7 <= result.lapse <= 20)
        self.assertGreater(self._chance(self.generous), 0.6)
        self.assertLess(self._chance(self.strict), 0.3)
        self.assertGreater(self._chance(self.newest), 0.6)
        self.assertFalse(self._chance(self.old))
        self.assertEqual(result.chance_count, 3)
        self.assertFalse(run.is_beaten)
        run = run.with_context(lang="en_US")
        self.assertRegex(run.verdict, r"Brier score of 0\.\d{3}, the share of all .* better by")
        self.assertRegex(run.outcome, r"^\d+% of \d+ quotations were won, nearly all within \d+ ")
        self.assertIn("Brier Score of CRM: not tested", run.result_text)

    def test_a_gain_that_may_be_chance_is_told_as_such(self):
        run = self._learn().with_context(lang="en_US")
        self.assertNotIn("chance.", run.verdict)
        run._result().sudo().low = -0.001
        run.invalidate_recordset()
        self.assertIn("This may be chance.", run._verdict_wins())

    def test_rows_hold_what_is_expected(self):
        self._learn()
        row = self.chances.search([("order_id", "=", self.generous.id)])
        self.assertAlmostEqual(row.amount, 350.0)
        self.assertAlmostEqual(row.expected, 350.0 * row.chance, 4)
        self.assertEqual(row.partner_id, self.clients[0])
        self.assertEqual(row.user_id, self.generous.user_id)
        self.assertEqual(row.currency_id, self.company.currency_id)
        self.assertEqual(row.sent_on, self._ago(2).date())

    def test_training_twice_gives_the_same_and_one_model(self):
        first = self._learn()
        chance = self._chance(self.generous)
        second = self._learn()
        self.assertAlmostEqual(self._chance(self.generous), chance)
        self.assertAlmostEqual(first._result().brier, second._result().brier)
        store = self.env["ai.model.store"]
        self.assertEqual(store._attachments(self.company, "wins").res_id, second.id)

    def test_worse_models_do_not_replace_the_old_ones(self):
        self._learn()
        from ...algorithms.treasury import win_landmarks

        lost = win_landmarks.WinDuel(40, 0.1, 0.2, True)
        with patch.object(win_landmarks, "duel", lambda *_args: lost):
            run = self._learn()
        self.assertFalse(run._result().replaced)
        self.assertIn("The models before stay in use", run.with_context(lang="en_US").verdict)
        self.assertTrue(self._learn()._result().replaced)

    def test_a_company_with_few_quotations_is_told_so(self):
        other = self._create_company("Quotations other")
        run = self._learn(other)
        self.assertEqual(run.state, "done")
        self.assertFalse(run._result().method)
        self.assertRegex(
            run.with_context(lang="en_US").outcome, "too few quotations .* 0 were found.*200"
        )
        self.assertFalse(run.verdict)
        self.assertFalse(self.chances.search([("company_id", "=", other.id)]))

    def test_chances_go_where_quotations_become_too_few(self):
        self._learn()
        self.env.cr.execute(
            "DELETE FROM sale_order WHERE company_id = %s AND state = 'cancel'", [self.company.id]
        )
        self._learn()
        self.assertFalse(self.chances.search([("company_id", "=", self.company.id)]))
        self.assertFalse(self.env["ai.model.store"]._attachments(self.company, "wins"))

    def test_companies_have_chances_of_their_own(self):
        other = self._create_company("Quotations other")
        self._history(company=other)
        [order] = self._quote([(self.clients[0], self.bottle, 10.0, 2, None, "sent")], other)
        self._learn()
        self._learn(other)
        self._learn()
        self.assertEqual(self.chances.search([("company_id", "=", other.id)]).order_id, order)
        self.assertEqual(len(self.chances.search([("company_id", "=", self.company.id)])), 3)

    # ------------------------------------------------------------------
    # On the quotation
    # ------------------------------------------------------------------

    def test_the_quotation_tells_its_chance_until_it_is_decided(self):
        self._learn()
        order = self.generous.with_user(self.manager)
        self.assertAlmostEqual(order.ai_win_chance, self._chance(self.generous))
        self.assertAlmostEqual(order.ai_expected_amount, 350.0 * order.ai_win_chance, 2)
        self.assertEqual(self.old.with_user(self.manager).ai_win_chance, 0)
        order.action_confirm()
        self.assertEqual(order.ai_win_chance, 0)

    def test_salespeople_see_those_of_their_own_quotations(self):
        self.strict.user_id = self.manager
        self.generous.user_id = self.salesperson
        self._learn()
        domain = [("company_id", "=", self.company.id)]
        seen = self.chances.with_user(self.salesperson).search(domain).order_id
        self.assertIn(self.generous, seen)
        self.assertNotIn(self.strict, seen)
        everything = self.chances.with_user(self.manager).search(domain).order_id
        self.assertLessEqual(self.generous | self.strict, everything)
        with self.assertRaises(AccessError):
            self.strict.with_user(self.salesperson).read(["ai_win_chance"])
        # The row follows its quotation.
        self.strict.user_id = self.salesperson
        self.env.flush_all()
        self.assertIn(self.strict, self.chances.with_user(self.salesperson).search(domain).order_id)

    def test_others_and_the_portal_see_no_chance(self):
        self._learn()
        portal = self._create_user("win_portal", "base.group_portal")
        stock = self._create_user("win_stock", "stock.group_stock_manager")
        for user in (portal, stock):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.chances.with_user(user).search([])
        names = self.env["sale.order"].with_user(portal).fields_get()
        self.assertNotIn("ai_win_chance", names)
        self.assertNotIn("ai_expected_amount", names)

    def test_nobody_writes_chances(self):
        self._learn()
        row = self.chances.search([], limit=1).with_user(self.manager)
        for work in (
            lambda: row.write({"chance": 1}),
            row.unlink,
            lambda: row.create({"order_id": self.old.id}),
        ):
            with self.assertRaises(AccessError):
                work()

    def test_managers_open_what_the_run_made_and_others_nothing(self):
        run = self._learn()
        for method in ("action_open_win_results", "action_open_win_chances"):
            action = getattr(run.with_user(self.manager), method)()
            self.assertTrue(self.env[action["res_model"]].search(action["domain"]))
            with self.assertRaises(AccessError):
                getattr(run.with_user(self.salesperson), method)()
        with self.assertRaises(AccessError):
            self.runs.with_user(self.salesperson).action_run_wins()
        self.assertTrue(self.runs.with_user(self.manager).action_run_wins())

    # ------------------------------------------------------------------
    # Pipeline
    # ------------------------------------------------------------------

    def _pipeline(self, user, company=None):
        pipeline = self.env["ai.quotation.pipeline"].with_user(user)
        return pipeline.with_company(company or self.company).get_pipeline()

    def test_the_pipeline_adds_up_what_is_expected(self):
        self._learn()
        found = self._pipeline(self.manager)
        rows = self.chances.search([("company_id", "=", self.company.id)])
        quotations = found["quotations"]
        self.assertEqual(quotations["count"], 3)
        self.assertAlmostEqual(quotations["expected"], sum(rows.mapped("expected")), 2)
        self.assertLessEqual(quotations["low"], quotations["expected"])
        self.assertLessEqual(quotations["expected"], quotations["high"])
        self.assertEqual(found["given_up"], {"count": 1, "amount": 350.0})
        self.assertEqual(found["unknown"]["count"], 0)
        self.assertTrue(found["model"]["is_told"])
        self.assertGreater(sum(each[2] for each in found["model"]["bins"]), 50)
        self.assertFalse(found["crm"]["is_told"])

    def test_everybody_adds_up_what_he_sees(self):
        (self.strict | self.newest | self.old).user_id = self.manager
        self.generous.user_id = self.salesperson
        self._learn()
        found = self._pipeline(self.salesperson)
        self.assertEqual(found["quotations"]["count"], 1)
        self.assertEqual(found["given_up"]["count"], 0)

    def test_a_quotation_of_today_has_no_chance_yet(self):
        self._learn()
        self._quote([(self.clients[0], self.bottle, 2.0, 0, None, "draft")])
        self.assertEqual(self._pipeline(self.manager)["unknown"], {"count": 1, "amount": 70.0})

    def test_without_a_training_the_page_says_so(self):
        found = self._pipeline(self.manager)
        self.assertEqual(found["quotations"]["count"], 0)
        self.assertEqual((found["model"]["is_told"], found["model"]["message"]), (False, ""))

    def test_who_does_not_sell_sees_no_pipeline(self):
        stock = self._create_user("win_stock", "stock.group_stock_manager")
        with self.assertRaises(AccessError):
            self._pipeline(stock)
