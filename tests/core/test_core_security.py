"""Who sees and does what: each role, two companies, portal over HTTP."""

import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestSecurity(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Autre")
        cls._create_history()
        cls._create_history(cls.other)
        cls._train()
        cls._train(cls.other)
        cls.both = cls._create_user(
            "sr_both", "sales_team.group_sale_salesman_all_leads,smart_recommender.group_manager"
        )
        cls.both.company_ids = cls.company | cls.other
        cls.portal = new_test_user(cls.env, login="sr_portal", groups="base.group_portal")

    def _companies_seen(self, user, companies):
        rules = self.rules.with_user(user).with_context(allowed_company_ids=companies.ids)
        return rules.search([]).company_id

    def test_each_role_sees_the_rules_of_its_own_companies(self):
        for user in (self.salesperson, self.manager):
            self.assertEqual(self._companies_seen(user, self.company), self.company)
            rule = self.rules.sudo().search([("company_id", "=", self.other.id)], limit=1)
            with self.assertRaises(AccessError):
                rule.with_user(user).with_context(allowed_company_ids=self.company.ids).read(
                    ["confidence"]
                )

    def test_two_companies_active_show_both_and_one_shows_one(self):
        both = self.company | self.other
        self.assertEqual(self._companies_seen(self.both, both), both)
        self.assertEqual(self._companies_seen(self.both, self.other), self.other)

    def test_suggestions_come_from_the_rules_of_the_order_company(self):
        self.rules.sudo().search(
            [("company_id", "=", self.other.id), ("consequent_id", "=", self.bottle.id)]
        ).active = False
        both = (self.company | self.other).ids
        names = {}
        for company in (self.company, self.other):
            order = self._create_order(
                [self.fountain], state="draft", company=company, partner=self.shared_partner
            )
            order = order.with_user(self.both).with_context(allowed_company_ids=both)
            names[company] = [item["name"] for item in order.ai_suggestions["items"]]
        self.assertIn("Bonbonne 19 L", names[self.company])
        self.assertNotIn("Bonbonne 19 L", names[self.other])

    def test_training_reads_and_writes_one_company(self):
        before = self.rules.sudo().search([("company_id", "=", self.other.id)])
        self.runs.with_user(self.both)._train_now(self.company, "rules")
        self.assertEqual(self.rules.sudo().search([("company_id", "=", self.other.id)]), before)

    def test_training_sees_orders_of_every_salesperson(self):
        run = self.runs.with_user(self.manager)._train_now(self.company, "rules")
        self.assertEqual(run.order_count, 20)

    def test_salespeople_cannot_change_rules_or_see_runs(self):
        rule = self.rules.search([], limit=1).with_user(self.salesperson)
        with self.assertRaises(AccessError):
            rule.active = False
        with self.assertRaises(AccessError):
            rule.unlink()
        with self.assertRaises(AccessError):
            self.runs.with_user(self.salesperson).search([])

    def test_rules_of_very_few_customers_are_hidden_from_who_sees_own_documents_only(self):
        for _number in range(4):
            self._create_order([self.filter, self.soap], partner=self.partner)
        self._train()
        rule = self._rule(self.filter, self.soap)
        self.assertEqual((rule.customer_count, rule.is_confidential), (1, True))
        self.assertNotIn(rule, self.rules.with_user(self.salesperson).search([]))
        self.assertIn(rule, self.rules.with_user(self.manager).search([]))
        leader = self._create_user("sr_leader", "sales_team.group_sale_salesman_all_leads")
        self.assertIn(rule, self.rules.with_user(leader).search([]))
        order = self._create_order([self.filter], state="draft", user_id=self.salesperson.id)
        kinds = {item["kind"] for item in order.with_user(self.salesperson).ai_suggestions["items"]}
        self.assertEqual(kinds, {"popular"})
        (item, *_others) = order.with_user(leader).ai_suggestions["items"]
        self.assertEqual((item["name"], item["kind"]), ("Savon", "rule"))

    def test_a_manual_rule_of_very_few_customers_is_shown_without_its_figures(self):
        for _number in range(4):
            self._create_order([self.filter, self.soap], partner=self.partner)
        rule = self.rules.create(
            {
                "antecedent_ids": [Command.set(self.filter.ids)],
                "consequent_id": self.soap.id,
            }
        )
        self._train()
        self.assertEqual((rule.antecedent_count, rule.support_count, rule.lift), (4, 0, 0.0))
        self.assertIn("Too few customers", rule.explanation)
        order = self._create_order([self.filter], state="draft", user_id=self.salesperson.id)
        (item, *_others) = order.with_user(self.salesperson).ai_suggestions["items"]
        self.assertEqual((item["name"], item["confidence"]), ("Savon", 0.0))

    def test_a_salesperson_gets_suggestions_without_anyone_granting_a_right(self):
        self.assertTrue(self.salesperson.has_group("smart_recommender.group_user"))
        self.assertFalse(self.salesperson.has_group("smart_recommender.group_manager"))

    def test_an_employee_without_the_group_has_no_suggestions(self):
        employee = self._create_user("sr_employee", "base.group_user")
        self.assertNotIn("ai_suggestions", self.env["sale.order"].with_user(employee).fields_get())
        with self.assertRaises(AccessError):
            self.rules.with_user(employee).search([])

    def test_portal_users_have_nothing(self):
        self.assertFalse(
            {"ai_suggestions", "ai_dismissed_product_ids"}
            & set(self.env["sale.order"].with_user(self.portal).fields_get())
        )
        for model in (self.rules, self.runs):
            with self.assertRaises(AccessError):
                model.with_user(self.portal).search([])
        with self.assertRaises(AccessError):
            self.rules.with_user(self.portal).action_generate_rules()


@tagged("post_install", "-at_install")
class TestPortalOverHttp(RecommenderCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(
            cls.env, login="sr_portal_http", password="sr_portal_http", groups="base.group_portal"
        )
        cls._create_history()
        cls._train()
        cls.order = cls._create_order(
            [cls.fountain], state="sent", partner=cls.portal.partner_id, company=cls.company
        )
        cls.order.message_subscribe(cls.portal.partner_id.ids)
        cls.portal.write(
            {"company_ids": [Command.set(cls.company.ids)], "company_id": cls.company.id}
        )

    def _call(self, method, *args, model="sale.order", **kwargs):
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}
            ),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_portal_users_cannot_read_sort_group_or_call(self):
        self.authenticate("sr_portal_http", "sr_portal_http")
        ids = self.order.ids
        # The order itself is theirs: what follows is refused for our fields, not for the order.
        self.assertEqual(self._call("read", ids, ["name"])["result"][0]["name"], self.order.name)
        self.assertNotIn("ai_suggestions", self._call("fields_get")["result"])
        for refused in (
            self._call("read", ids, ["ai_suggestions"]),
            self._call("read", ids, ["ai_dismissed_product_ids"]),
            self._call("search_read", [("ai_dismissed_product_ids", "!=", False)], ["name"]),
            self._call("read_group", [], ["name"], ["ai_dismissed_product_ids"]),
            self._call("action_add_to_cart", ids, self.bottle.id),
            self._call("action_dismiss_suggestion", ids, self.bottle.id),
            self._call("action_generate_rules", model="ai.recommendation.rule"),
            self._call("action_run_training", model="ai.training"),
            self._call("search_read", [], ["confidence"], model="ai.recommendation.rule"),
        ):
            self.assertIn("error", refused)
        self.assertEqual(len(self.order.order_line), 1)
