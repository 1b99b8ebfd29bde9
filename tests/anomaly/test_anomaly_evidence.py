"""What is said to stand behind an anomaly: orders, customers, causes."""

import re

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..core.stock_common import ShelfCommon


@tagged("post_install", "-at_install")
class TestAnomalyEvidence(ShelfCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anomalies = cls.env["ai.anomaly"]
        cls.big, cls.regular = cls.partners[1:3]

    @classmethod
    def _daily(cls, quantity=5.0, days=120, without=(), partner=None):
        """Soap on each day but some; half of it for a regular customer."""
        sales = {ago: [(cls.soap, quantity)] for ago in range(1, days + 1) if ago not in without}
        orders = cls._sell(sales)
        if partner:
            orders.partner_id = partner
        return orders

    def _anomaly(self):
        self.runs._train_now(self.company, "anomalies")
        found = self.anomalies.search([("product_id", "=", self.soap.id)])
        self.assertEqual(len(found), 1)
        return found.with_user(self.manager)

    def _kinds(self, anomaly):
        return {cause["kind"]: cause for cause in anomaly.evidence["causes"]}

    def test_facts_have_the_keys_that_their_docstring_names(self):
        self._daily()
        self._create_order([(self.soap, 80.0)], days_ago=4, partner=self.big)
        anomaly = self._anomaly()
        named = re.findall(r"^ +(\w+) : ", type(anomaly)._facts.__doc__, re.MULTILINE)
        self.assertEqual(sorted(anomaly._facts()[anomaly.id]), sorted(named))

    def test_one_customer_and_one_order_are_named(self):
        self._daily()
        order = self._create_order([(self.soap, 80.0)], days_ago=4, partner=self.big)
        anomaly = self._anomaly()
        kinds = self._kinds(anomaly)
        self.assertIn("Client 1 alone bought 80 Units", kinds["customer"]["text"])
        self.assertIn(order.name, kinds["order"]["text"])
        evidence = anomaly.evidence
        self.assertEqual(evidence["customers"][0]["name"], "Client 1")
        self.assertEqual(evidence["customers"][0]["usual"], 0)
        self.assertEqual(
            (evidence["orders"][0]["id"], evidence["orders"][0]["quantity"]), (order.id, 80)
        )
        self.assertEqual((evidence["order_count"], evidence["hidden_orders"]), (2, 0))
        self.assertEqual(evidence["orders"][0]["date"], str(anomaly.date))
        self.assertEqual(anomaly.cause_text, evidence["causes"][0]["text"])

    def test_customers_of_a_spike_have_bought(self):
        self._daily(partner=self.regular, without=(4,))
        self._create_order([(self.soap, 80.0)], days_ago=4, partner=self.big)
        bought = {row["name"]: row["quantity"] for row in self._anomaly().evidence["customers"]}
        self.assertEqual(bought, {"Client 1": 80.0})

    def test_customers_of_a_drop_are_those_who_are_missing(self):
        self._daily(without=range(3, 9), partner=self.regular)
        rows = self._anomaly().evidence["customers"]
        self.assertEqual([(row["name"], row["quantity"]) for row in rows], [("Client 2", 0.0)])

    def test_an_empty_shelf_is_a_cause_of_a_drop(self):
        self._daily(without=range(3, 11))
        self._put(self.soap, 500.0, days_ago=130)
        self._put(self.soap, -500.0, days_ago=11)
        self._put(self.soap, 500.0, days_ago=2)
        kinds = self._kinds(self._anomaly())
        self.assertIn("No stock on 8 of 8 days", kinds["stock_out"]["text"])

    def test_customers_who_waited_are_a_cause_of_a_spike(self):
        self._daily()
        self._sell({4: [(self.soap, 60.0)]})
        self._put(self.soap, 500.0, days_ago=130)
        self._put(self.soap, -500.0, days_ago=12)
        self._put(self.soap, 500.0, days_ago=5)
        kinds = self._kinds(self._anomaly())
        self.assertIn("of the 7 days before", kinds["stock_out"]["text"])

    def test_a_regular_customer_who_is_missing_is_named(self):
        self._daily(without=range(3, 9), partner=self.regular)
        kinds = self._kinds(self._anomaly())
        self.assertIn("Client 2 bought 0 Units, usually", kinds["missing"]["text"])

    def test_a_lower_price_and_a_campaign_are_causes(self):
        self._daily()
        orders = self._sell({4: [(self.soap, 40.0)]}) | self._sell({4: [(self.soap, 40.0)]})
        orders.order_line.price_unit = 4.0
        orders.campaign_id = self.env["utm.campaign"].create({"name": "Ramadan"})
        kinds = self._kinds(self._anomaly())
        self.assertIn("lower than in the eight weeks before", kinds["price"]["text"])
        self.assertIn("in the campaign Ramadan", kinds["campaign"]["text"])

    def test_quantities_are_in_the_unit_of_the_product(self):
        self._daily()
        order = self._create_order([(self.soap, 10.0)], days_ago=4, partner=self.big)
        order.order_line.product_uom = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(self._anomaly().evidence["orders"][0]["quantity"], 120)

    def test_the_last_unit_of_evidence_belongs_to_its_company(self):
        self._daily()
        self._create_order([(self.soap, 80.0)], days_ago=4, partner=self.big)
        other = self._create_company("Kivu Test")
        self.env.user.company_ids |= other
        foreign = self._create_order(
            [(self.soap, 800.0)], days_ago=4, partner=self.shared_partner, company=other
        )
        ids = [row["id"] for row in self._anomaly().evidence["orders"]]
        self.assertNotIn(foreign.id, ids)

    def test_orders_that_the_user_may_not_see_are_counted_and_not_named(self):
        self._daily()
        order = self._create_order([(self.soap, 80.0)], days_ago=4, partner=self.big)
        anomaly = self._anomaly()
        seller = self._create_user(
            "sr_own", "sales_team.group_sale_salesman,smart_recommender.group_manager"
        )
        order.user_id = self.manager
        evidence = anomaly.with_user(seller).evidence
        self.assertNotIn(order.id, [row["id"] for row in evidence["orders"]])
        self.assertGreaterEqual(evidence["hidden_orders"], 1)
        self.assertNotIn("order", [cause["kind"] for cause in evidence["causes"]])

    def test_a_drop_of_everything_says_so(self):
        products = self._create_products("Article", 9)
        self._sell(
            {
                ago: [(product, 6.0 + ago % 3) for product in [*products, self.soap]]
                for ago in range(1, 121)
                if ago not in (4, 5, 6)
            }
        )
        self.runs._train_now(self.company, "anomalies")
        total = self.anomalies.search([("level", "=", "company")])
        self.assertNotIn("company", self._kinds(total.with_user(self.manager)))
        row = total.copy({"level": "product", "product_id": self.soap.id})
        self.assertIn("company", self._kinds(row))

    def test_a_list_asks_a_fixed_number_of_questions(self):
        self._daily()
        self._create_order([(self.soap, 80.0)], days_ago=4, partner=self.big)
        first = self._anomaly().sudo()
        rows = first.copy() | first
        for product in self._create_products("Article", 10):
            rows |= first.copy({"product_id": product.id})

        def statements(records):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            records.mapped("cause_text")
            return self.env.cr.sql_log_count - start

        statements(first)
        self.assertLessEqual(statements(rows), statements(first) + 2)

    def test_portal_users_and_salespeople_get_nothing(self):
        self._daily()
        self._create_order([(self.soap, 80.0)], days_ago=4, partner=self.big)
        anomaly = self._anomaly()
        portal = self.env["res.users"].create(
            {
                "name": "Portail",
                "login": "sr_portal",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "groups_id": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        for user in portal | self.salesperson:
            with self.assertRaises(AccessError):
                anomaly.with_user(user).read(["evidence"])
