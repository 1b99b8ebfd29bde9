import math
import random
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..core.common import RecommenderCommon
from ..core.history import write_orders

METRICS = ["support", "confidence", "lift", "leverage", "conviction"]


@tagged("post_install", "-at_install")
class TestAssociationRule(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()

    def _generate(self):
        return self.rules.with_user(self.manager).action_generate_rules()

    def test_figures_are_those_counted_by_hand(self):
        self._generate()
        rule = self._rule(self.fountain, self.bottle)
        self.assertEqual(
            (rule.antecedent_count, rule.consequent_count, rule.support_count, rule.order_count),
            (10, 10, 8, 20),
        )
        self.assertAlmostEqual(rule.support, 0.4)
        self.assertAlmostEqual(rule.confidence, 0.8)
        self.assertAlmostEqual(rule.lift, 1.6)
        self.assertAlmostEqual(rule.leverage, 0.4 - 0.25)
        self.assertAlmostEqual(rule.conviction, 0.5 / 0.2)
        self.assertEqual(rule.customer_count, 6)
        self.assertEqual(rule.source, "trained")
        self.assertEqual(rule.run_id._result().rule_count, self.rules.search_count([]))

    def test_a_rule_that_never_failed_has_conviction_zero_for_infinite(self):
        self._generate()
        rule = self._rule(self.cups, self.bottle)
        self.assertEqual((rule.confidence, rule.conviction), (1.0, 0.0))

    def test_two_products_before_the_arrow(self):
        self._generate()
        rule = self._rule(self.fountain | self.bottle, self.cups)
        self.assertEqual((rule.antecedent_count, rule.support_count), (8, 4))
        self.company.ai_max_antecedent = 1
        self._generate()
        self.assertFalse(self._rule(self.fountain | self.bottle, self.cups))

    def test_typical_quantity_is_the_median_of_the_orders_with_both(self):
        for quantity in (12, 12, 24, 6, 6, 6, 6, 6, 6):
            self._create_order([self.filter, (self.soap, quantity)])
        self._generate()
        self.assertEqual(self._rule(self.filter, self.soap).typical_quantity, 6.0)

    def test_training_replaces_its_own_rules_only(self):
        other = self._create_company("Autre")
        self._create_history(other)
        self._train(other)
        theirs = self.rules.with_company(other).search([("company_id", "=", other.id)])
        self._generate()
        before = self.rules.search([("company_id", "=", self.company.id)])
        self._generate()
        after = self.rules.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(before), len(after))
        self.assertFalse(before.exists())
        self.assertEqual(theirs.exists(), theirs)

    def test_explanation_tells_the_counts(self):
        self._generate()
        text = self._rule(self.fountain, self.bottle).explanation
        for figure in ("10", "8", "80%", "20", "50.0%", "1.6"):
            self.assertIn(figure, text)

    def test_too_few_orders_are_named_with_the_remedy_and_old_rules_stay(self):
        self._generate()
        count = self.rules.search_count([])
        self.company.ai_min_orders = 50
        with self.assertRaisesRegex(UserError, r"20 confirmed orders, 8 of them.*50") as caught:
            self._generate()
        self.assertIn("Settings", str(caught.exception))
        self.assertEqual(self.rules.search_count([]), count)

    def test_no_rule_found_says_what_to_lower(self):
        self.company.ai_min_lift = 100
        message = self._generate()["params"]["message"]
        self.assertIn("3 below the Minimum Lift of 100", message)
        self.assertIn("Expert Settings can lower these limits", message)
        self.assertFalse(self.rules.search([("company_id", "=", self.company.id)]))

    def test_an_enormous_order_is_left_out_and_counted(self):
        products = self.env["product.product"].create(
            [{"name": f"Article {number}"} for number in range(4)]
        )
        self.company.ai_max_basket = 3
        self._create_order(products)
        self._generate()
        run = self.runs.search([], limit=1)
        self.assertEqual((run.order_count, run.skipped_order_count), (20, 1))

    def test_only_managers_generate_rules(self):
        with self.assertRaises(AccessError):
            self.rules.with_user(self.salesperson).action_generate_rules()

    def test_writing_the_rules_takes_no_query_for_each_rule(self):
        self._generate()
        run = self.runs.search([], limit=1)
        few = self._count_queries_of_replacing(run, 10)
        many = self._count_queries_of_replacing(run, 200)
        self.assertLess(many, few + 5)
        self.assertEqual(self.rules.search_count([("company_id", "=", self.company.id)]), 200)

    def _count_queries_of_replacing(self, run, number):
        from ...algorithms.suggestion.rule_evidence import count_rules

        products = self.env["product.product"].create(
            [{"name": f"Article {index}"} for index in range(number + 1)]
        )
        pairs = [
            ((left,), right) for left, right in zip(products.ids, products.ids[1:], strict=False)
        ]
        mined = count_rules(self._baskets(pairs), pairs)
        kept = count_rules(self._baskets(pairs), [])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.rules._replace_rules(run, mined, kept)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _baskets(self, pairs):
        """One basket with each pair."""
        import numpy as np

        from ...algorithms.core.baskets import Baskets

        content = [sorted((*antecedent, consequent)) for antecedent, consequent in pairs]
        return Baskets(
            np.repeat(np.arange(len(content)), 2),
            np.array(content).ravel(),
            np.ones(2 * len(content)),
            np.arange(len(content)),
        )

    def test_rows_written_in_bulk_are_what_the_orm_would_store(self):
        self._generate()
        rule = self._rule(self.fountain | self.bottle, self.cups)
        stored = ["antecedent_key", "antecedent_id", "antecedent_size", "strength"]
        stored.append("consequent_categ_id")
        before = rule.read(stored)
        for name in stored:
            self.env.add_to_compute(rule._fields[name], rule)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(rule.read(stored), before)
        self.assertEqual(rule.antecedent_ids, self.fountain | self.bottle)
        self.assertEqual(rule.create_uid, self.manager)

    def test_what_chance_could_explain_is_left_out(self):
        self._generate()
        rule = self._rule(self.fountain, self.bottle)
        # P(X >= 8) of 10 draws out of 20 with 10 bottles.
        self.assertAlmostEqual(rule.p_value, (2025 + 100 + 1) / 184756)
        self.company.ai_max_false_rate = 0.05
        self._generate()
        self.assertFalse(self._rule(self.fountain, self.bottle))
        for _number in range(4):
            self._create_history()
        self._generate()
        self.assertTrue(self._rule(self.fountain, self.bottle))

    def test_a_longer_rule_that_says_no_more_is_left_out(self):
        self._generate()
        self.assertTrue(self._rule(self.fountain | self.cups, self.bottle))
        self.company.ai_prune_rules = True
        self._generate()
        self.assertFalse(self._rule(self.fountain | self.cups, self.bottle))
        self.assertTrue(self._rule(self.cups, self.bottle))

    def test_few_orders_do_not_look_better_than_many(self):
        for _number in range(3):
            self._create_order([self.filter, self.soap])
        self._generate()
        few, many = self._rule(self.filter, self.soap), self._rule(self.fountain, self.bottle)
        self.assertEqual((few.confidence, many.confidence), (1.0, 0.8))
        self.assertLess(few.strength, many.strength)
        self.assertAlmostEqual(few.confidence_low, 0.4385, places=4)
        self.assertIn("between 44% and 100%", few.explanation)

    def test_a_window_that_moved_by_a_day_equals_a_run_from_scratch(self):
        def figures():
            names = ["antecedent_key", "consequent_id", "support_count", "order_count", "lift"]
            rules = self.rules.search(
                [("company_id", "=", self.company.id)], order="antecedent_key, consequent_id"
            )
            return [tuple(rule[name] for name in names) for rule in rules]

        self.company.ai_history_days = 15
        self._generate()
        yesterday = figures()
        self.company.ai_history_days = 14
        self._generate()
        moved = figures()
        self.rules.search([("company_id", "=", self.company.id)]).unlink()
        self._generate()
        self.assertEqual(figures(), moved)
        self.assertNotEqual(moved, yesterday)

    def test_without_filters_the_rows_are_those_of_mlxtend(self):
        from mlxtend.frequent_patterns import association_rules, fpgrowth
        from pandas import DataFrame

        rng = random.Random(7)
        products = self._create_products("Article", 7)
        company = self._create_company(
            "Référence", ai_min_orders=1, ai_min_lift=0.0, ai_min_confidence=0.3,
            ai_min_support=0.1, ai_max_antecedent=5,
        )  # fmt: skip
        orders = [rng.sample(range(7), rng.randint(2, 7)) for _number in range(30)]
        yesterday = fields.Datetime.now() - timedelta(days=1)
        write_orders(
            self.env,
            company,
            [
                (self.shared_partner, yesterday, [(products[number], 1.0) for number in order])
                for order in orders
            ],
        )
        self._train(company)
        found = {
            (rule.antecedent_key, rule.consequent_id.id): [rule[name] for name in METRICS]
            for rule in self.rules.sudo().search([("company_id", "=", company.id)])
        }
        ids = [product.id for product in products]
        frame = DataFrame([[n in order for n in range(7)] for order in orders], columns=ids)
        table = association_rules(
            fpgrowth(frame, min_support=0.1, use_colnames=True), min_threshold=0.3
        )
        expected = {
            (",".join(map(str, sorted(left))), next(iter(right))): metrics
            for left, right, *metrics in table[["antecedents", "consequents", *METRICS]].itertuples(
                index=False
            )
            if len(right) == 1
        }
        self.assertEqual(found.keys(), expected.keys())
        self.assertEqual(max(key[0].count(",") for key in found), 4)
        for key, metrics in expected.items():
            for name, ours, theirs in zip(METRICS, found[key], metrics, strict=True):
                # Infinite conviction is stored as 0.
                wanted = 0.0 if math.isinf(theirs) else theirs
                self.assertAlmostEqual(ours, wanted, 12, f"{name} of {key}")
