"""What users are told of a client's orders, and of which orders nobody tells them."""

from odoo.tests import tagged

from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestClientHistory(OffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_tastes()
        cls.leader = cls._create_user("sr_leader", "sales_team.group_sale_salesman_all_leads")
        cls.env["sale.order"].search([]).user_id = cls.manager
        # Soap: eight orders of the manager, six of the salesperson. Paper: two, of one each.
        for user, days in ((cls.manager, range(30, 38)), (cls.salesperson, range(40, 46))):
            cls._create_purchases(cls.regular, [cls.soap], days, user_id=user.id)
        for user, day in ((cls.manager, 50), (cls.salesperson, 60)):
            cls._create_purchases(cls.regular, [(cls.paper, day)], [day], user_id=user.id)
        cls._train_offers()

    def _history(self, user, partner=None):
        extract = self.env["ai.sales.extract"].with_user(user)
        self.env.flush_all()
        self.env.cr.execute(extract._customer_history_query(self.company, partner or self.regular))
        return {row["product_id"]: row for row in self.env.cr.dictfetchall()}

    def test_who_sees_own_documents_hears_how_often_the_client_bought_it_and_not_only_from_them(
        self,
    ):
        for user in (self.salesperson, self.leader, self.operator, self.manager):
            soap = self._history(user)[self.soap.id]
            self.assertEqual((soap["order_count"], soap["is_partial"]), (14, False), user.login)

    def test_a_count_that_could_tell_of_one_order_is_that_of_own_orders_and_says_so(self):
        paper = self._history(self.salesperson)[self.paper.id]
        self.assertEqual((paper["order_count"], paper["is_partial"]), (1, True))
        self.assertEqual(paper["usual_quantity"], 60.0)
        paper = self._history(self.leader)[self.paper.id]
        self.assertEqual((paper["order_count"], paper["is_partial"]), (2, False))
        self.assertEqual(paper["usual_quantity"], 55.0)

    def test_a_product_of_colleagues_few_orders_is_not_told_of(self):
        self.assertIn(self.fountain.id, self._history(self.leader))
        self.assertNotIn(self.fountain.id, self._history(self.salesperson))

    def test_nobody_hears_of_another_companys_orders(self):
        other = self._create_company("Autre")
        self.regular.company_id = False
        self._create_purchases(self.regular, [self.filter], range(1, 6), company=other)
        for user in (self.salesperson, self.leader, self.operator):
            self.assertNotIn(self.filter.id, self._history(user))

    def test_a_seller_of_own_documents_is_offered_what_the_client_is_due_for(self):
        """The orders of bottles are the manager's: the seller hears of the rhythm, not of them."""
        orders = self.env["sale.order"].search(
            [("partner_id", "=", self.regular.id), ("order_line.product_id", "=", self.bottle.id)]
        )
        self.assertEqual(orders.user_id, self.manager)
        self.assertFalse(
            self.env["sale.order"].with_user(self.salesperson).search([("id", "in", orders.ids)])
        )
        items = self._by_name(self.regular, self.salesperson)
        bottle = items["Bonbonne 19 L"]
        self.assertEqual((bottle["kind"], bottle["purchase_count"]), ("reorder", 5))
        self.assertEqual((bottle["interval_days"], bottle["quantity"]), (10.0, 4.0))
        told = repr(items)
        for name in (*orders.mapped("name"), self.manager.name):
            self.assertNotIn(name, told)

    def test_a_rhythm_of_fewer_than_three_purchases_is_told_to_who_sees_them(self):
        self.company.ai_reorder_min_purchases = 2
        self._create_purchases(self.regular, [self.filter], [12, 24], user_id=self.manager.id)
        self._train_offers()
        self.assertIn("Filtre", self._by_name(self.regular))
        self.assertNotIn("Filtre", self._by_name(self.regular, self.salesperson))

    def test_what_similar_clients_buy_names_no_product_of_colleagues_few_orders(self):
        def kind(user, because):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE ai_customer_recommendation SET because = %s WHERE kind = 'similar'"
                " AND product_id = %s AND partner_id = %s",
                [because.ids, self.cups.id, self.regular.id],
            )
            self.assertEqual(self.env.cr.rowcount, 1)
            return self._by_name(self.regular, user).get("Gobelets", {}).get("kind")

        # The client's one order of a fountain is a colleague's; popular with all it may still be.
        self.assertEqual(kind(self.operator, self.fountain), "similar")
        self.assertNotEqual(kind(self.salesperson, self.fountain), "similar")
        self.assertEqual(kind(self.salesperson, self.bottle), "similar")

    def test_the_tab_says_whose_orders_it_counts(self):
        self._train()
        self.runs.search([("kind", "=", "rules")], limit=1)._keep_result(history_weight=1.0)
        quotation = self._create_order(
            [self.filter], state="draft", partner=self.regular, user_id=self.salesperson.id
        )
        items = {
            item["name"]: item
            for item in quotation.with_user(self.salesperson).ai_suggestions["items"]
        }
        soap, paper = items["Savon"], items["Papier"]
        self.assertEqual((soap["order_count"], soap["is_partial"]), (14, False))
        self.assertEqual(
            (paper["kind"], paper["order_count"], paper["is_partial"]), ("history", 1, True)
        )
