"""Who pays late: the score, when open invoices are paid, and who hears of it."""

from dataclasses import replace
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestTreasuryCreditModel(CreditCommon):
    def test_without_invoices_the_run_is_done_and_says_what_is_missing(self):
        run = self._train_credit().with_context(lang="en_US")
        self.assertEqual(run.state, "done")
        self.assertFalse(run._result().method)
        self.assertIn("too few invoices", run.verdict)
        self.assertIn("AUC: not tested", run.result_text)
        self.assertFalse(self._row())

    def test_with_many_invoices_the_better_of_model_and_past_mean_scores(self):
        clients, table = self._many_invoices()
        result = self._train_on(table)._result()
        self.assertIn(result.method, ("model", "mean"))
        self.assertEqual(result.method == "model", result.gain > 0)
        self.assertLessEqual(result.gain_low, result.gain_high)
        self.assertGreater(result.simple_auc, 0.8)
        self.assertLess(result.calibration_error, 0.15)
        self.assertLess(result.brier, result.base_brier)
        self.assertEqual(result.client_count, 25)
        bad, good = self._row(clients[0]), self._row(clients[1])
        self.assertGreater(bad.chance, 0.5)
        self.assertLess(good.chance, 0.2)
        self.assertEqual(bad.method, result.method)
        self.assertTrue(bad.reasons)
        self.assertLessEqual(len(bad.reasons), 3)
        run = result.run_id.with_context(lang="en_US")
        self.assertEqual(run.is_beaten, result.method == "mean")
        self.assertRegex(run.verdict, r"AUC .*0\.\d{3}")

    def test_training_twice_gives_the_same(self):
        _clients, table = self._many_invoices()
        first = self._train_on(table)._result()
        second = self._train_on(table)._result()
        self.assertEqual((first.auc, first.brier), (second.auc, second.brier))
        self.assertEqual(self.credits.search([]).run_id, second.run_id)

    def test_the_score_before_stays_where_the_new_one_is_worse_on_newer_invoices(self):
        from ...algorithms.core.gain import Gain
        from ...algorithms.treasury import credit_duel, credit_score

        _clients, table = self._many_invoices()
        store = self.env["ai.model.store"]
        gain = Gain("auc", 0.9, 0.85, 0.05, 0.01, 0.09, 200)
        worse = credit_duel.CreditDuel(60, 0.1, 0.2, True)
        with patch.object(credit_score, "_auc_gain", lambda *_args: gain):
            first = self._train_on(table)._result()
            kept = store._last(self.company, "credit")
            with patch.object(credit_duel, "duel", lambda *_args: worse):
                second = self._train_on(table).with_context(lang="en_US")
            third = self._train_on(table)._result()
        self.assertEqual((first.method, first.replaced), ("model", True))
        self.assertFalse(second._result().replaced)
        self.assertIn(
            "on 60 invoices that it could not know its Brier score is 0.100, that of the new one "
            "0.200",
            second.verdict,
        )
        self.assertEqual(kept.model.platt, store._last(self.company, "credit").model.platt)
        # With nothing new to tell by, what is learned anew is used.
        self.assertTrue(third.replaced)
        # The simple rule takes the place of a model that no longer beats it.
        beaten = replace(gain, gain=-0.01)
        with (
            patch.object(credit_score, "_auc_gain", lambda *_args: beaten),
            patch.object(credit_duel, "duel", lambda *_args: worse),
        ):
            fourth = self._train_on(table)._result()
        self.assertEqual((fourth.method, fourth.replaced), ("mean", True))

    def test_a_client_without_invoices_any_more_loses_its_row(self):
        clients, table = self._many_invoices()
        self._train_on(table)
        self.assertTrue(self._row(clients[3]))
        keep = table["client"] != clients[3].id
        self._train_on({name: values[keep] for name, values in table.items()})
        self.assertFalse(self._row(clients[3]))


@tagged("post_install", "-at_install")
class TestTreasuryCredit(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._pay_history()

    def test_few_invoices_are_scored_by_the_share_of_late_ones(self):
        run = self._train_credit().with_context(lang="en_US")
        result = run._result()
        self.assertEqual((result.method, result.late_after, result.client_count), ("share", 30, 2))
        self.assertIn("share of invoices paid more than 30 days late", run.verdict)
        late, punctual = self._row(), self._row(self.punctual)
        self.assertGreater(late.chance, 0.8)
        self.assertLess(punctual.chance, 0.2)
        self.assertIn(late.grade, "DE")
        self.assertIn(punctual.grade, "AB")
        self.assertEqual(late.with_context(lang="en_US").habit, "45 days late")
        self.assertEqual(punctual.with_context(lang="en_US").habit, "on the due day")
        self.assertRegex(
            late.with_context(lang="en_US").reasons_text, "^↑ paid 4. days late so far$"
        )

    def test_open_invoices_are_expected_by_the_habit_of_their_client(self):
        self._train_credit()
        rows = {row.move_id: row for row in self.outlooks.search([])}
        self.assertEqual(set(rows), {self.late_move, self.open_move})
        late, punctual = rows[self.late_move], rows[self.open_move]
        self.assertEqual((late.amount, late.due_date), (500.0, self._day(-3)))
        self.assertGreater(late.chance_30, 0.5)
        self.assertGreater(late.expected_date, self._day(-20))
        self.assertLess(late.chance_60, late.chance_30)
        self.assertLess(punctual.chance_30, 0.5)
        self.assertGreater(punctual.expected_date, self.today)
        self.assertAlmostEqual(late.weight, late.amount * late.lateness, places=2)
        self.assertEqual(self.outlooks.search([])[:1], late)

    def test_what_was_paid_since_leaves_the_collections(self):
        self._train_credit()
        action = self.env.ref("smart_recommender.ai_invoice_outlook_action")
        self.assertEqual(self.outlooks.search_count(safe_eval(action.domain)), 2)
        self._pay(self.late_move, 0)
        found = self.outlooks.search(safe_eval(action.domain))
        self.assertEqual(found.move_id, self.open_move)
        self._train_credit()
        self.assertEqual(self.outlooks.search([]).move_id, self.open_move)

    def test_a_partly_paid_invoice_counts_by_what_is_left(self):
        self._pay(self.late_move, 1, 200.0)
        self._train_credit()
        row = self.outlooks.search([("move_id", "=", self.late_move.id)])
        self.assertEqual(row.amount, 300.0)

    def test_another_company_sees_and_loses_nothing(self):
        self._train_credit()
        before = self.credits.search([])
        self._train_credit(self.other)
        self.assertEqual(self.credits.search([]), before)
        abroad = self._create_user("sr_abroad", "account.group_account_manager", self.other)
        for model in (self.credits, self.outlooks):
            rows = model.with_user(abroad).with_context(allowed_company_ids=self.other.ids)
            self.assertFalse(rows.search([]))

    def test_who_is_likely_late_is_called_before_the_due_day(self):
        self._move(100.0, issued=20, due=-40, partner=self.partners[1])
        clients = self.env["ai.client"].with_company(self.company)
        clients._refresh(self.company)
        self._train_credit()
        found = clients.search([("call_reasons", "=", "pays_late")])
        self.assertEqual(found.partner_id, self.client)
        words = found.with_user(self.roles["operator"]).with_context(lang="en_US").call_reasons
        self.assertRegex(words, "owes .*500.*, usually pays 45 days late")
        self._pay(self.late_move, 0)
        self._train_credit()
        self.env.invalidate_all()
        self.assertFalse(clients.search([("call_reasons", "=", "pays_late")]))

    def test_the_figures_of_the_day_keep_who_is_likely_late(self):
        clients = self.env["ai.client"].with_company(self.company)
        clients._refresh(self.company)
        self._train_credit()
        clients._refresh(self.company)
        self.env.invalidate_all()
        self.assertTrue(clients._of(self.company, self.client).pays_late)
