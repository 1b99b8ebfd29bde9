"""A shop with few orders is told why it sees few rules, and may choose weaker limits by a click."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..core.common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestSmallShop(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"ai_max_false_rate": 0.05, "ai_min_orders": 5, "ai_prune_rules": True})
        # Fountain and bottle in 8 of 20 orders; each with cups in 4 of them.
        cls._create_history()

    def _learn(self):
        return self._train().with_user(self.manager).with_context(lang="en_US")

    def test_a_run_with_few_rules_says_which_limits_left_how_many_pairs_out(self):
        self.company.ai_max_false_rate = 0.001
        run = self._learn()
        self.assertIn("Pairs of products bought together: 3.", run.outcome)
        self.assertIn("Left out: 2 in fewer than 5 orders; 1 that chance may explain.", run.outcome)

    def test_each_limit_is_named_with_its_value(self):
        self.company.write({"ai_min_orders": 3, "ai_min_confidence": 0.9})
        self.assertIn("below the Minimum Confidence of 90%", self._learn().outcome)
        self.company.write({"ai_min_confidence": 0.2, "ai_min_lift": 5})
        self.assertIn("3 below the Minimum Lift of 5", self._learn().outcome)

    def test_orders_of_one_product_each_are_told_so(self):
        run = self._learn()
        run.sudo().metrics = {**run.metrics, "pair_limits": {"together": 0}}
        self.assertIn("No order of the history window holds two products.", run.outcome)

    def test_one_click_lowers_the_limits_and_learns_again(self):
        run = self._learn()
        self.assertTrue(run.is_small_shop_offered)
        action = run.action_use_small_shop_settings()
        self.assertEqual(action["params"]["next"]["res_model"], "ai.training")
        self.assertEqual((self.company.ai_min_orders, self.company.ai_min_support), (2, 0.0))
        self.runs._cron_process_queue()
        again = self.runs.search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual((again.kind, again.state), ("rules", "done"))
        self.assertGreater(again._result().rule_count, 0)
        self.assertTrue(again.is_small_shop)
        self.assertFalse(again.is_small_shop_offered)

    def test_the_usual_settings_are_one_click_away(self):
        run = self._learn()
        run.action_use_small_shop_settings()
        run.action_use_usual_settings()
        self.assertEqual((self.company.ai_min_orders, self.company.ai_min_support), (3, 0.01))
        self.assertAlmostEqual(self.company.ai_max_false_rate, 0.05)

    def test_only_managers_change_the_limits(self):
        run = self._train()
        with self.assertRaises(AccessError):
            run.with_user(self.salesperson).action_use_small_shop_settings()

    def test_a_shop_with_many_rules_or_orders_is_not_asked(self):
        run = self._train()
        run._result().rule_count = 10
        self.assertFalse(run.is_small_shop_offered)
        run._result().rule_count = 1
        run.invalidate_recordset()
        run.order_count = 301
        self.assertFalse(run.is_small_shop_offered)

    def test_what_chance_may_explain_is_marked_in_the_tab(self):
        self.company.ai_max_false_rate = 1.0
        self._train()
        order = self._create_order([self.fountain], state="draft")
        (item,) = [one for one in order.ai_suggestions["items"] if one["name"] == "Bonbonne 19 L"]
        # 8 of 10 orders of the fountain hold bottles: chance gives that hardly ever.
        self.assertEqual((item["kind"], item["is_weak"]), ("rule", False))
        self._rule(self.fountain, self.bottle).sudo().p_value = 0.051
        order.invalidate_recordset()
        (item,) = [one for one in order.ai_suggestions["items"] if one["name"] == "Bonbonne 19 L"]
        self.assertTrue(item["is_weak"])

    def test_a_rule_of_a_manager_is_never_weak(self):
        rule = self.rules.create(
            {
                "company_id": self.company.id,
                "antecedent_ids": [Command.set(self.soap.ids)],
                "consequent_id": self.filter.id,
            }
        )
        self.assertFalse(rule.is_weak)
