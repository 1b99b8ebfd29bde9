"""What may be offered at all, in which order, and what is there already."""

from ast import literal_eval

from odoo.tests import tagged

from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestWhatIsOffered(OffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_tastes()
        for partner in cls.partners[1:]:
            cls._create_purchases(partner, [cls.soap, cls.filter], [5])
        for kind in ("rules", "customers"):
            cls.runs.with_company(cls.company)._train_now(cls.company, kind)

    def _quotation(self, *products, partner=None, **vals):
        order = self._create_order(
            products,
            state="draft",
            days_ago=0,
            partner=partner or self.regular,
            user_id=self.operator.id,
            **vals,
        )
        return order.with_user(self.operator)

    def _names(self, order, **context):
        order.invalidate_recordset(["ai_suggestions"])
        return [item["name"] for item in order.with_context(**context).ai_suggestions["items"]]

    # Archived or not for sale

    def test_screens_that_show_archived_records_offer_none(self):
        order, empty = self._quotation(self.fountain), self._quotation()
        for change in ({"active": False}, {"sale_ok": False}):
            self.bottle.write(change)
            for shown in (order, empty):
                self.assertNotIn("Bonbonne 19 L", self._names(shown, active_test=False))
            offers = self.offers.with_user(self.operator).with_context(active_test=False)
            items = offers._offers(
                self.regular.with_user(self.operator), self.company.with_user(self.operator)
            )["items"]
            self.assertTrue(items)
            self.assertNotIn("Bonbonne 19 L", [item["name"] for item in items])
            self.bottle.write({"active": True, "sale_ok": True})

    def test_the_list_of_offers_has_none_either(self):
        actions = [
            self.env["ir.actions.act_window"]._for_xml_id(
                "smart_recommender.ai_customer_recommendation_action"
            ),
            self.runs.search([("kind", "=", "customers")], limit=1)
            .with_user(self.manager)
            .action_open_offers(),
        ]
        for action in actions:
            domain = action["domain"]
            domain = literal_eval(domain) if isinstance(domain, str) else domain
            for change in ({"active": False}, {"sale_ok": False}):
                self.assertIn(self.bottle, self.offers.search(domain).product_id)
                self.bottle.write(change)
                self.assertNotIn(self.bottle, self.offers.search(domain).product_id)
                self.bottle.write({"active": True, "sale_ok": True})

    def test_training_gives_them_no_place(self):
        self.bottle.active = False
        self._train_offers()
        rows = self.offers.search([]) | self.offers.with_context(active_test=False).search([])
        self.assertTrue(rows)
        self.assertNotIn(self.bottle, rows.product_id)
        popular = self.env["ai.popular.product"].with_context(active_test=False).search([])
        self.assertIn(self.soap, popular.product_id)
        self.assertNotIn(self.bottle, popular.product_id)

    def test_a_clients_figures_do_not_count_them_as_due(self):
        clients = self.env["ai.client"]
        count = clients._figures_of(self.company, self.regular)["due_product_count"]
        self.assertEqual(count, 1)
        self.bottle.sale_ok = False
        figures = clients._figures_of(self.company, self.regular)
        self.assertEqual(figures["due_product_count"], 0)

    # Out of stock

    def _store(self, product, quantity):
        if "is_storable" in product._fields:
            product.is_storable = True
        else:
            product.detailed_type = "product"
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        if quantity:
            self.env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, quantity
            )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_popular_products_out_of_stock_come_last_on_the_sheet(self):
        names = [item["name"] for item in self._offers_of(self.newcomer)["items"]]
        self._store(self.env["product.product"].search([("name", "=", names[0])], limit=1), 0)
        after = [item["name"] for item in self._offers_of(self.newcomer)["items"]]
        self.assertEqual(after, [*names[1:], names[0]])
        # One in stock takes the place of one that is not.
        first = self._offers_of(self.newcomer, limit=1)["items"]
        self.assertEqual([item["name"] for item in first], names[1:2])

    def test_popular_products_out_of_stock_come_last_in_the_tab(self):
        self.runs.search([("kind", "=", "rules")], limit=1)._keep_result(is_beaten=True)
        order = self._quotation(self.paper, partner=self.newcomer)
        names = self._names(order)
        self.assertGreater(len(names), 2)
        gone = self.env["product.product"].search([("name", "=", names[0])], limit=1)
        self._store(gone, 0)
        self.assertEqual(self._names(order), [*names[1:], names[0]])
        self._store(gone, 5)
        self.assertEqual(self._names(order), names)

    def test_what_something_speaks_for_keeps_its_place_without_stock(self):
        self._store(self.bottle, 0)
        items = self._offers_of(self.regular)["items"]
        self.assertEqual((items[0]["name"], items[0]["stock"]), ("Bonbonne 19 L", 0.0))
        self.assertEqual(self._names(self._quotation(self.fountain))[0], "Bonbonne 19 L")

    # Already there

    def test_an_offer_on_an_open_quotation_of_the_client_is_marked(self):
        self.assertEqual(self._by_name(self.regular)["Bonbonne 19 L"]["quoted"], [])
        contact = self.env["res.partner"].create({"name": "Achats", "parent_id": self.regular.id})
        order = self._quotation((self.bottle, 3.0), partner=contact)
        self._quotation((self.bottle, 9.0), partner=self.similar)
        self._create_order([(self.bottle, 9.0)], partner=self.regular)
        quoted = self._by_name(self.regular)["Bonbonne 19 L"]["quoted"]
        self.assertEqual(
            quoted,
            [{"order_id": order.id, "order_name": order.name, "quantity": 3.0, "uom": "Units"}],
        )
        self.assertEqual(self._by_name(self.regular)["Gobelets"]["quoted"], [])

    def test_a_quotation_of_a_colleague_is_not_told_to_who_sees_own_documents(self):
        self._quotation(self.soap)
        self.assertTrue(self._by_name(self.regular)["Savon"]["quoted"])
        found = self._by_name(self.regular, self.salesperson)["Savon"]
        self.assertEqual(found["quoted"], [])

    # What it is based on

    def test_the_tab_says_how_many_orders_it_learned_from(self):
        run = self.runs.search([("kind", "=", "rules")], limit=1)
        suggestions = self._quotation(self.fountain).ai_suggestions
        self.assertEqual(suggestions["order_count"], run.order_count)
        self.assertGreater(run.order_count, 5)

    def test_the_orders_of_another_company_are_not_counted(self):
        other = self._create_company("Autre")
        self._create_history(other)
        self._train(other)
        run = self.runs.search(
            [("kind", "=", "rules"), ("company_id", "=", self.company.id)], limit=1
        )
        self.assertEqual(
            self._quotation(self.fountain).ai_suggestions["order_count"], run.order_count
        )

    def test_marks_take_no_query_for_each_offer(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._offers_of(self.regular)
            return self.env.cr.sql_log_count - before

        self._quotation(self.bottle)
        count()
        few = count()
        self._quotation(self.bottle, self.cups, self.soap)
        self._quotation(self.bottle, self.cups, self.soap)
        self.assertLessEqual(count(), few + 1)
