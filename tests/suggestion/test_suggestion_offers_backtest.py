from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..core.history import write_orders
from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestCustomerBacktest(OffersCommon):
    """The back-test of client offers, and what quotations make of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.env["res.partner"].create(
            [{"name": f"Abonné {number}"} for number in range(40)]
        )
        # Each client buys two products every twenty days, and two others ten days later.
        cls.own = cls._create_products("Abonnement", 40)
        now = fields.Datetime.now()
        # The last order is nine to twelve days old.
        write_orders(
            cls.env,
            cls.company,
            [
                (
                    client,
                    now - timedelta(days=(7 - turn) * 10 + 9 + number % 4),
                    [
                        (product, 3.0)
                        for product in cls.own[number % 10 + 20 * (turn % 2) :: 10][:2]
                    ],
                )
                for turn in range(8)
                for number, client in enumerate(cls.clients)
            ],
        )
        cls.rules_run = cls._train()
        cls.training = cls._train_offers()

    def _quotation(self, *products, partner=None, user=None):
        user = user or self.operator
        order = self._create_order(
            products, state="draft", days_ago=0, partner=partner or self.clients[3], user_id=user.id
        )
        return order.with_user(user)

    def _items(self, order):
        order.invalidate_recordset(["ai_suggestions"])
        return {item["name"]: item for item in order.ai_suggestions["items"]}

    # The back-test

    def test_it_is_stored_beside_popularity_in_two_situations(self):
        results = {(r.situation, r.method): r for r in self.training.backtest_ids}
        self.assertEqual(len(results), 8)
        chosen, popular = results["any", "chosen"], results["any", "popular"]
        self.assertGreater(chosen.mrr, popular.mrr)
        self.assertGreater(results["any", "reorder"].hit_rate, 0.9)
        result = self.training._result()
        self.assertEqual((result.hit_rate, result.is_beaten), (chosen.hit_rate, False))
        self.assertIn("40 clients", self.training.verdict)

    def test_a_beaten_run_says_so(self):
        self.training._keep_result(is_beaten=True)
        self.assertIn("Popular products alone find more", self.training.verdict)

    def test_too_few_clients_for_a_backtest_are_said(self):
        other = self._create_company("Petite")
        self._create_history(other)
        run = self._train_offers(other)
        self.assertFalse(run.backtest_ids)
        self.assertIn("too few clients", run.verdict)

    def test_popular_products_come_first_where_they_found_more(self):
        client = self.clients[3]
        self.offers.search([("partner_id", "=", client.id)]).unlink()
        self.env.cr.execute(
            """
            INSERT INTO ai_customer_recommendation
                        (company_id, run_id, partner_id, product_id, kind, rank, score, because)
                 VALUES (%s, %s, %s, %s, 'similar', 1, 1, '{}')
            """,
            [self.company.id, self.training.id, client.id, self.cups.id],
        )
        self.training._keep_result(similar_first=True)
        kinds = [item["kind"] for item in self._offers_of(client)["items"]]
        self.assertEqual((kinds[0], len(set(kinds))), ("similar", 2))
        self.training._keep_result(similar_first=False)
        kinds = [item["kind"] for item in self._offers_of(client, limit=99)["items"]]
        self.assertEqual((kinds[0], kinds[-1]), ("popular", "similar"))

    # The tab of a quotation

    def test_rules_weigh_what_is_due_and_measure_the_empty_quotation(self):
        self.assertGreater(self.rules_run._result().reorder_weight, 0)
        results = {(r.situation, r.method): r for r in self.rules_run.backtest_ids}
        self.assertGreater(results["empty", "chosen"].mrr, results["empty", "popular"].mrr)

    def test_an_empty_quotation_shows_what_is_due_for_its_client(self):
        order = self._quotation()
        items = self._items(order)
        item = items["Abonnement 3"]
        self.assertEqual(
            (item["kind"], item["purchase_count"], item["quantity"]), ("reorder", 4, 3.0)
        )
        self.assertEqual(item["interval_days"], 20.0)
        self.assertEqual(list(items)[:2], ["Abonnement 3", "Abonnement 13"])
        line = self.env["sale.order.line"].browse(order.action_add_to_cart(item["product_id"]))
        self.assertEqual(line.product_uom_qty, 3.0)

    def test_a_basket_is_blended_with_what_is_due(self):
        item = self._items(self._quotation(self.own[5]))["Abonnement 3"]
        self.assertEqual(item["kind"], "reorder")

    def test_the_database_adds_what_the_algorithm_adds(self):
        self.company.ai_min_customers = 1
        self.company.ai_suggestion_limit = 50
        client = self.clients[3]
        self.env.cr.execute(
            """
            INSERT INTO ai_customer_recommendation
                        (company_id, run_id, partner_id, product_id, kind, rank, score, because)
                 VALUES (%s, %s, %s, %s, 'similar', 1, 0.5, %s)
            """,
            [self.company.id, self.training.id, client.id, self.cups.id, [self.own[3].id]],
        )
        self.rules_run._keep_result(reorder_weight=0.7, factor_weight=0.4)
        model = self._model()
        stored = self.offers.search([("partner_id", "=", client.id)])
        self.assertGreater(len(stored), 2)
        terms = {"reorder": {}, "similar": {}}
        for row in stored:
            terms[row.kind][row.product_id.id] = row.score
        history = {product.id: count for product, count in self._history(client).items()}
        for basket in ([], self.own[5:6], [self.own[0], self.own[27]]):
            expected = model.recommend(
                [product.id for product in basket],
                history if model.blend.history_weight else None,
                count=50,
                reorder=terms["reorder"],
                factors=terms["similar"],
            )
            expected = [product for product, _score in expected]
            order = self._quotation(*basket, user=self.manager)
            found = [
                item["product_id"]
                for item in self._items(order).values()
                if item["product_id"] in set(model.products.tolist())
            ]
            self.assertEqual(found[: len(expected)], expected)

    def _model(self):
        from dataclasses import replace

        from ...algorithms.core import baskets
        from ...algorithms.suggestion import association_rules, next_item

        extract = self.env["ai.sales.extract"]
        lines = extract._order_items(self.company, *extract._window(self.company))
        model = next_item.train_recommender(
            baskets.build_baskets(lines),
            association_rules.RuleThresholds(**self.rules_run._rule_thresholds()),
            least_customers=3,
        )
        self.assertEqual(model.blend.method, self.rules_run._result().method)
        return replace(model, blend=replace(model.blend, reorder_weight=0.7, factor_weight=0.4))

    def _history(self, client):
        lines = self.env["sale.order.line"].search(
            [("order_partner_id", "=", client.id), ("state", "=", "sale")]
        )
        orders = lines.grouped("product_id")
        return {product: len(mine.order_id) for product, mine in orders.items()}

    def test_similar_clients_explain_what_nothing_else_does(self):
        client = self.env["res.partner"].create({"name": "Seul"})
        self._create_purchases(client, [self.soap], [5], user_id=self.operator.id)
        self.env.cr.execute(
            """
            INSERT INTO ai_customer_recommendation
                        (company_id, run_id, partner_id, product_id, kind, rank, score, because)
                 VALUES (%s, %s, %s, %s, 'similar', 1, 1, %s)
            """,
            [self.company.id, self.training.id, client.id, self.cups.id, [self.soap.id]],
        )
        self.rules_run._keep_result(factor_weight=10.0)
        item = self._items(self._quotation(partner=client))["Gobelets"]
        self.assertEqual((item["kind"], item["antecedents"]), ("similar", ["Savon"]))
        self.rules_run._keep_result(factor_weight=0.0)
        self.assertNotIn("Gobelets", self._items(self._quotation(partner=client)))

    def test_what_was_dismissed_for_the_client_is_not_called_due(self):
        order = self._quotation()
        product = self.own[3]
        self.clients[3].with_user(self.operator).action_dismiss_offer(product.id)
        kinds = {name: item["kind"] for name, item in self._items(order).items()}
        self.assertNotEqual(kinds.get("Abonnement 3"), "reorder")

    def test_a_salesperson_with_own_documents_only_sees_what_is_due_for_the_client(self):
        orders = self.env["sale.order"].search([("partner_id", "=", self.clients[3].id)])
        orders.user_id = self.salesperson
        kinds = {i["kind"] for i in self._items(self._quotation(user=self.salesperson)).values()}
        self.assertIn("reorder", kinds)
        orders.user_id = self.manager
        items = self._items(self._quotation(user=self.salesperson))
        self.assertIn("reorder", {item["kind"] for item in items.values()})
        # The orders themselves stay colleagues'.
        self.assertFalse(orders.with_user(self.salesperson).search([("id", "in", orders.ids)]))

    def test_ranking_stays_one_query(self):
        order = self._quotation()
        suggestion = self.env["ai.suggestion"].with_user(self.operator)
        suggestion._rank(order, order._ai_basket(), 8)
        self.env.flush_all()
        with self.assertQueryCount(1):
            suggestion._rank(order, order._ai_basket(), 8)
