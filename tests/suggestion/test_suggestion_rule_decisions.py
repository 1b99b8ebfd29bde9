"""What managers decide on rules outlives training: rules of their own, and those switched off."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..core.common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestRuleDecisions(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()

    def _generate(self):
        return self.rules.with_user(self.manager).action_generate_rules()

    def _manual_rule(self, antecedent, consequent):
        return self.rules.with_user(self.manager).create(
            {
                "antecedent_ids": [Command.set(antecedent.ids)],
                "consequent_id": consequent.id,
                "company_id": self.company.id,
            }
        )

    def test_a_switched_off_rule_stays_off_with_fresh_figures(self):
        self._generate()
        rule = self._rule(self.fountain, self.bottle)
        rule.with_user(self.manager).active = False
        self._create_order([self.fountain, self.bottle])
        self._generate()
        again = self._rule(self.fountain, self.bottle)
        self.assertEqual(again, rule)
        self.assertFalse(again.active)
        self.assertEqual((again.support_count, again.order_count), (9, 21))

    def test_a_switched_off_rule_stays_off_even_when_it_was_not_found_for_a_while(self):
        self._generate()
        self._rule(self.fountain, self.bottle).active = False
        self.company.ai_min_confidence = 0.95
        self._generate()
        self.company.ai_min_confidence = 0.2
        self._generate()
        self.assertFalse(self._rule(self.fountain, self.bottle).active)

    def test_a_manual_rule_is_kept_and_counted(self):
        rule = self.rules.with_user(self.manager).create(
            {
                "antecedent_ids": [Command.set(self.fountain.ids)],
                "consequent_id": self.filter.id,
                "note": "Chaque fontaine a besoin d'un filtre",
            }
        )
        self.assertEqual((rule.source, rule.company_id), ("manual", self.company))
        self._generate()
        self.assertTrue(rule.exists())
        self.assertEqual((rule.antecedent_count, rule.support_count), (10, 0))
        self.assertIn("Fontaine", rule.explanation)

    def test_a_manager_switches_rules_off_but_writes_no_figures(self):
        self._generate()
        rule = self._rule(self.fountain, self.bottle).with_user(self.manager)
        for vals in ({"lift": 99.0}, {"active": False, "confidence_low": 1.0}):
            with self.assertRaisesRegex(AccessError, "Training writes the figures"):
                rule.write(vals)
            with self.assertRaisesRegex(AccessError, "Training writes the figures"):
                rule.create(
                    {
                        "antecedent_ids": [Command.set(self.soap.ids)],
                        "consequent_id": self.filter.id,
                        **vals,
                    }
                )
        self.assertTrue(rule.active)

    def test_a_manual_rule_that_training_finds_too_stays_one_manual_rule(self):
        rule = self.rules.create(
            {
                "antecedent_ids": [Command.set(self.fountain.ids)],
                "consequent_id": self.bottle.id,
            }
        )
        self._generate()
        self.assertEqual(self._rule(self.fountain, self.bottle), rule)
        self.assertEqual((rule.source, rule.support_count), ("manual", 8))

    def test_a_manual_rule_says_nothing_of_orders_that_nobody_counted(self):
        rule = self._manual_rule(self.fountain, self.bottle)
        self.assertIn("Not counted yet", rule.explanation)
        self._generate()
        self.assertIn("Of 10 orders with Fontaine", rule.explanation)

    def test_a_product_in_no_order_is_said_to_be_in_none_of_those_counted(self):
        rule = self._manual_rule(self._create_product("Neuf"), self.filter)
        self._generate()
        self.assertIn("None of the 20 orders", rule.explanation)

    def test_a_rule_of_other_products_keeps_no_figures(self):
        rule = self._manual_rule(self.fountain, self.bottle)
        self._generate()
        self.assertEqual((rule.support_count, rule.strength > 1), (8, True))
        rule.note = "Toujours"
        self.assertEqual(rule.support_count, 8)
        for vals in (
            {"antecedent_ids": [Command.set(self.soap.ids)]},
            {"consequent_id": self.cups.id},
        ):
            rule.write(vals)
            self.assertEqual((rule.support_count, rule.order_count, rule.strength), (0, 0, 1.0))
            self.assertFalse(rule.run_id)
            self.assertIn("Not counted yet", rule.explanation)
            self._generate()
            self.assertEqual(rule.order_count, 20)

    @mute_logger("odoo.sql_db")
    def test_the_same_rule_twice_is_refused(self):
        vals = {
            "antecedent_ids": [Command.set((self.fountain | self.cups).ids)],
            "consequent_id": self.bottle.id,
        }
        self.rules.create(vals)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.rules.create(vals)

    def test_a_rule_needs_products_before_the_arrow(self):
        with self.assertRaisesRegex(ValidationError, "at least one product"):
            self.rules.create({"antecedent_ids": False, "consequent_id": self.bottle.id})

    def test_a_rule_cannot_suggest_what_it_starts_from(self):
        with self.assertRaisesRegex(ValidationError, "Bonbonne"):
            self.rules.create(
                {
                    "antecedent_ids": [Command.set(self.bottle.ids)],
                    "consequent_id": self.bottle.id,
                }
            )
