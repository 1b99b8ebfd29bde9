from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.suggestion import ai_sales_extract_history
from ..core.common import RecommenderCommon
from ..core.history import write_orders


@tagged("post_install", "-at_install")
class TestRanking(RecommenderCommon):
    """What ranks the tab: affinities, the customer's history, popularity, and the back-test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # 200 orders: the bundles fountain + bottle + cups and filter + soap, each with some alone.
        cls.paper = cls._create_product("Papier")
        patterns = [
            [cls.fountain, cls.bottle, cls.cups],
            [cls.filter, cls.soap],
            [cls.fountain, cls.bottle],
            [cls.filter, cls.soap, cls.paper],
            [cls.cups],
        ]
        now = fields.Datetime.now()
        write_orders(
            cls.env,
            cls.company,
            [
                (
                    cls.partners[number % 6],
                    now - timedelta(days=200 - number),
                    [(product, 1.0) for product in patterns[number % 5]],
                )
                for number in range(200)
            ],
        )
        cls.training = cls._train()

    def _quotation(self, *products, partner=None, user=None):
        user = user or self.salesperson
        order = self._create_order(
            products, state="draft", days_ago=0, partner=partner, user_id=user.id
        )
        return order.with_user(user)

    def _items(self, order):
        order.invalidate_recordset(["ai_suggestions"])
        return order.ai_suggestions["items"]

    def _spoken_for(self, order):
        """Names of what something but its popularity speaks for."""
        return [item["name"] for item in self._items(order) if item["kind"] != "popular"]

    def _model(self, **vals):
        """Change the stored model, as another back-test might have."""
        self.training._keep_result(**vals)

    # The look-up

    def test_what_speaks_for_a_product_is_read_once(self):
        """PostgreSQL takes it for a few rows: joined, it compares each of thousands with each."""
        order = self._quotation(self.fountain)
        query = order.env["ai.suggestion"]._rank_query(self.company, order, order._ai_basket(), 5)
        self.env.flush_all()
        self.env.cr.execute(SQL("EXPLAIN %s", query))
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertNotIn("CTE Scan on affinity", plan)

    def test_rules_are_found_by_the_index_on_active_rules(self):
        """However a series of Odoo writes that a rule is active: else all rules would be read."""
        order = self._quotation(self.fountain)
        basket, suggestion = order._ai_basket(), order.env["ai.suggestion"]
        query = suggestion._rank_query(self.company, order, basket, 5)
        self.env.flush_all()
        # Of few rules PostgreSQL would read all anyway; the index has them in their order already.
        for way in ("seqscan", "bitmapscan", "sort"):
            self.env.cr.execute(SQL("SET LOCAL %s = off", SQL.identifier(f"enable_{way}")))
        self.env.cr.execute(SQL("EXPLAIN %s", query))
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("ai_recommendation_rule_fired_idx", plan)

    # The back-test

    def test_the_backtest_is_stored_beside_popularity(self):
        results = {(r.situation, r.method): r for r in self.training.backtest_ids}
        self.assertEqual(len(results), 15)
        chosen, popular = results["full", "chosen"], results["full", "popular"]
        self.assertGreater(chosen.hit_rate, 0.9)
        self.assertGreaterEqual(chosen.mrr, popular.mrr)
        result = self.training._result()
        self.assertEqual((result.hit_rate, result.is_beaten), (chosen.hit_rate, False))
        self.assertIn("newest orders", self.training.verdict)

    def test_too_few_orders_for_a_backtest_is_said(self):
        other = self._create_company("Petite")
        self._create_history(other)
        run = self._train(other)
        self.assertFalse(run.backtest_ids)
        self.assertIn("too few orders for a back-test", run.verdict)
        self.assertEqual(run._result().method, "rules")

    def test_what_loses_against_popularity_is_not_shown_unless_the_manager_insists(self):
        order = self._quotation(self.fountain)
        self.assertEqual(self._items(order)[0]["name"], "Bonbonne 19 L")
        self._model(is_beaten=True)
        items = self._items(order)
        self.assertEqual({item["kind"] for item in items}, {"popular"})
        self.assertEqual(len(items), 5)
        self.assertIn("does not help", self.training.verdict)
        with self.assertRaises(AccessError):
            self.training.with_user(self.salesperson).action_show_anyway()
        self.training.with_user(self.manager).action_show_anyway()
        self.assertEqual(self._items(order)[0]["kind"], "rule")
        self.training.with_user(self.manager).action_show_anyway()
        self.assertEqual(self._items(order)[0]["kind"], "popular")

    def test_manual_rules_are_shown_even_if_the_model_is_beaten(self):
        self._model(is_beaten=True)
        self.rules.create(
            {
                "antecedent_ids": [Command.set(self.fountain.ids)],
                "consequent_id": self.paper.id,
            }
        )
        first, second, *_others = self._items(self._quotation(self.fountain))
        self.assertEqual((first["name"], first["manual"]), ("Papier", True))
        self.assertEqual(second["kind"], "popular")

    # The ranking

    def test_the_database_ranks_as_the_algorithm_does(self):
        from ...algorithms.core import baskets
        from ...algorithms.suggestion import association_rules, next_item

        extract = self.env["ai.sales.extract"]
        lines = extract._order_items(self.company, *extract._window(self.company))
        model = next_item.train_recommender(
            baskets.build_baskets(lines),
            association_rules.RuleThresholds(**self.training._rule_thresholds()),
        )
        self.company.ai_min_customers = 1
        history = {
            product: len(set(group))
            for product, group in lines[lines["customer_id"] == self.partner.id].groupby(
                "product_id"
            )["order_id"]
        }
        for basket in ([self.fountain], [self.fountain, self.soap], [self.cups, self.paper]):
            order = self._quotation(*basket, user=self.manager)
            expected = model.recommend(
                [product.id for product in basket], history if model.blend.history_weight else None
            )
            found = [item["product_id"] for item in self._items(order) if item["kind"] != "popular"]
            self.assertEqual(found[: len(expected)], [product for product, _score in expected])

    def test_a_pair_without_a_rule_is_explained_by_what_it_goes_with(self):
        self.rules.search([("company_id", "=", self.company.id)]).unlink()
        item = self._items(self._quotation(self.fountain))[0]
        self.assertEqual(
            (item["name"], item["kind"], item["antecedents"]),
            ("Bonbonne 19 L", "affinity", ["Fontaine à eau"]),
        )

    def test_affinity_that_chance_explains_counts_only_if_the_backtest_says_so(self):
        self.rules.search([("company_id", "=", self.company.id)]).unlink()
        self.env.cr.execute(
            "UPDATE ai_product_affinity SET proven = array_fill(false, ARRAY[cardinality(proven)])"
            " WHERE company_id = %s AND cardinality(proven) > 0",
            [self.company.id],
        )
        newcomer = self.env["res.partner"].create({"name": "Nouveau"})
        order = self._quotation(self.filter, partner=newcomer)
        self._model(proven_only=False, popularity_weight=0.0)
        first = self._items(order)[0]
        # Ranked by what it goes with, but that is not claimed.
        self.assertEqual((first["name"], first["kind"]), ("Savon", "popular"))
        self._model(proven_only=True)
        self.assertNotEqual(self._items(order)[0]["name"], "Savon")

    def test_a_pair_that_was_switched_off_comes_by_no_other_way(self):
        self._rule(self.fountain, self.bottle).active = False
        names = [item["name"] for item in self._items(self._quotation(self.fountain))]
        self.assertNotIn("Bonbonne 19 L", names)
        self._train()
        names = [item["name"] for item in self._items(self._quotation(self.fountain))]
        self.assertNotIn("Bonbonne 19 L", names)

    def test_what_the_customer_buys_is_suggested_and_said(self):
        newcomer = self.env["res.partner"].create({"name": "Nouveau"})
        self._model(history_weight=2.0, popularity_weight=0.0)
        order = self._quotation(self.fountain, partner=newcomer)
        self.assertNotIn("Papier", self._spoken_for(order))
        for _number in range(2):
            self._create_order([self.paper], partner=newcomer, user_id=self.salesperson.id)
        item = next(i for i in self._items(order) if i["name"] == "Papier")
        self.assertEqual((item["kind"], item["order_count"]), ("history", 2))

    def test_a_service_on_every_order_is_no_suggestion(self):
        delivery = self._create_product("Livraison", detailed_type="service")
        self._model(history_weight=2.0)
        for _number in range(3):
            self._create_order([self.paper, delivery], user_id=self.salesperson.id)
        order = self._quotation(self.fountain, partner=self.partner)
        names = self._spoken_for(order)
        self.assertIn("Papier", names)
        self.assertNotIn("Livraison", names)
        self.company.ai_include_services = True
        self.assertIn("Livraison", self._spoken_for(order))

    def test_orders_of_colleagues_tell_nothing_about_a_customer(self):
        newcomer = self.env["res.partner"].create({"name": "Nouveau"})
        self._model(history_weight=2.0, popularity_weight=0.0)
        self._create_order([self.paper], partner=newcomer, user_id=self.manager.id)
        order = self._quotation(self.fountain, partner=newcomer)
        self.assertNotIn("Papier", self._spoken_for(order))
        leader = self._create_user("sr_leader", "sales_team.group_sale_salesman_all_leads")
        self.assertIn("Papier", self._spoken_for(order.with_user(leader)))

    def test_history_is_that_of_the_whole_commercial_entity(self):
        parent = self.env["res.partner"].create({"name": "Groupe", "is_company": True})
        one, other = self.env["res.partner"].create(
            [{"name": name, "parent_id": parent.id} for name in ("Achats", "Atelier")]
        )
        self._model(history_weight=2.0)
        self._create_order([self.paper], partner=one, user_id=self.salesperson.id)
        self.assertIn("Papier", self._spoken_for(self._quotation(self.fountain, partner=other)))

    def test_a_shop_counter_has_no_history(self):
        counter = self.env["res.partner"].create({"name": "Client comptoir"})
        self._model(history_weight=2.0)
        self._create_order([self.paper], partner=counter, user_id=self.salesperson.id)
        order = self._quotation(self.fountain, partner=counter)
        self.assertIn("Papier", self._spoken_for(order))
        with patch.object(ai_sales_extract_history, "MOST_HISTORY_ORDERS", 0):
            self.assertNotIn("Papier", self._spoken_for(order))

    def test_affinity_of_very_few_customers_is_kept_from_who_sees_own_documents_only(self):
        rare = self._create_product("Rare")
        for _number in range(4):
            self._create_order([self.paper, rare], partner=self.partner)
        self._train()
        order = self._quotation(rare, partner=self.partners[1])
        self.assertEqual({item["kind"] for item in self._items(order)}, {"popular"})
        leader = self._create_user("sr_leader", "sales_team.group_sale_salesman_all_leads")
        self.assertIn("Papier", self._spoken_for(order.with_user(leader)))

    def test_a_product_that_goes_with_nothing_gets_what_is_popular_in_its_category(self):
        category = self.env["product.category"].create({"name": "Machines"})
        (self.fountain | self.filter).categ_id = category
        new = self._create_product("Machine neuve", categ_id=category.id)
        newcomer = self.env["res.partner"].create({"name": "Atelier"})
        items = self._items(self._quotation(new, partner=newcomer))
        self.assertEqual({item["name"] for item in items}, {"Fontaine à eau", "Filtre"})
        self.assertEqual({item["kind"] for item in items}, {"popular"})
        self.assertEqual(items[0]["category"], "Machines")

    def _sell_paint(self):
        """Five paints, each more popular than anything that goes with a fountain."""
        category = self.env["product.category"].create({"name": "Peinture"})
        paints = self.env["product.product"]
        for number in range(5):
            paints |= self._create_product(f"Peinture {number}", categ_id=category.id)
        yesterday = fields.Datetime.now() - timedelta(days=1)
        order = (self.partner, yesterday, [(paint, 1.0) for paint in paints])
        write_orders(self.env, self.company, [order] * 60)
        self._train()
        self._model(is_beaten=False, proven_only=True)
        return paints

    def test_popular_products_of_other_categories_are_not_offered_with_the_basket(self):
        paints = self._sell_paint()
        newcomer = self.env["res.partner"].create({"name": "Café du Port"})
        items = self._items(self._quotation(self.fountain, partner=newcomer))
        self.assertEqual(items[0]["name"], "Bonbonne 19 L")
        self.assertFalse({item["name"] for item in items} & set(paints.mapped("name")))

    def test_popular_products_come_last_and_are_few(self):
        category = self._sell_paint().categ_id
        self.fountain.categ_id = category
        newcomer = self.env["res.partner"].create({"name": "Quincaillerie"})
        kinds = [i["kind"] for i in self._items(self._quotation(self.fountain, partner=newcomer))]
        popular = kinds.count("popular")
        self.assertEqual(popular, 3)
        self.assertEqual(kinds[-popular:], ["popular"] * popular)
        self.assertNotIn("popular", kinds[:-popular])

    def test_popular_products_of_what_the_client_buys_are_offered(self):
        paints = self._sell_paint()
        painter = self.env["res.partner"].create({"name": "Peintre"})
        self._create_order([paints[0]], partner=painter, user_id=self.salesperson.id)
        self._model(history_weight=0.1)
        items = self._items(self._quotation(self.fountain, partner=painter))
        offered = {item["name"] for item in items if item["kind"] == "popular"}
        self.assertTrue(offered)
        self.assertLessEqual(offered, set(paints.mapped("name")) | {"Fontaine à eau"})

    def test_affinities_of_another_company_are_not_used(self):
        other = self._create_company("Autre")
        self._create_history(other)
        self._train(other)
        order = self._create_order(
            [self.filter], state="draft", company=other, partner=self.shared_partner
        )
        self.assertNotIn(
            "Savon", [i["name"] for i in order.ai_suggestions["items"] if i["kind"] != "popular"]
        )

    # Speed

    def test_ranking_is_one_query_and_the_rest_does_not_grow(self):
        order = self._quotation(self.fountain, self.soap)
        suggestion = self.env["ai.suggestion"].with_user(self.salesperson)
        basket = order._ai_basket()
        suggestion._rank(order, basket, 8)
        self.env.flush_all()
        with self.assertQueryCount(1):
            suggestion._rank(order, basket, 8)

    def test_old_orders_outside_the_window_are_no_history(self):
        newcomer = self.env["res.partner"].create({"name": "Ancien"})
        self._model(history_weight=2.0)
        order = self._create_order([self.paper], partner=newcomer, user_id=self.salesperson.id)
        order.date_order = fields.Datetime.now() - timedelta(days=500)
        order = self._quotation(self.fountain, partner=newcomer)
        self.assertNotIn("Papier", self._spoken_for(order))
