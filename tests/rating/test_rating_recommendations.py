"""What is recommended to a client, and quotations that it asks for, over HTTP."""

from unittest.mock import patch

from odoo.tests import tagged

from .pages_common import PagesCommon, of_class


@tagged("post_install", "-at_install")
class TestRecommendationsPage(PagesCommon):
    def _train_tastes(self):
        """Five clients buy fountain, bottle and cups; the client only bottle and cups."""
        for partner in self.partners[1:]:
            self._create_purchases(partner, [self.fountain, self.bottle, self.cups], [20])
        self._create_purchases(self.client, [(self.bottle, 4)], [13, 23, 33, 43, 53])
        self._train_offers()

    def test_recommendations_say_why_and_at_which_price(self):
        self._train_tastes()
        (self.bottle | self.cups).default_code = "REF-19"
        # Odoo 19 gives customers pricelists only where these are switched on.
        self.env.ref("base.group_user").implied_ids |= self.env.ref(
            "product.group_product_pricelist"
        )
        self.client.with_company(self.company).property_product_pricelist = self.env[
            "product.pricelist"
        ].create(
            {
                "name": "Client",
                "company_id": self.company.id,
                "item_ids": [
                    (0, 0, {"applied_on": "3_global", "compute_price": "fixed", "fixed_price": 7.5})
                ],
            }
        )
        self._log_in()
        page = self._page("/my/recommendations")
        groups = [node.get("data-group") for node in of_class(page, "o_client_group")]
        self.assertEqual(groups[0], "reorder")
        self.assertEqual(groups, sorted(groups, key=["reorder", "similar", "new"].index))
        text = page.text_content()
        self.assertRegex(text, r"You usually buy it every \d+ days, last on")
        self.assertIn("7.50", of_class(page, "o_client_product_price")[0].text_content())
        for secret in (
            "REF-19",
            self.partners[1].name,
            self.other_client.name,
            "in stock",
            "standard_price",
        ):
            self.assertNotIn(secret, text)

    def test_popular_products_name_neither_tags_nor_places(self):
        self.client.category_id = self.env["res.partner.category"].create(
            {"name": "Mauvais payeur"}
        )
        for partner in self.partners[1:]:
            partner.category_id = self.client.category_id
            self._create_purchases(partner, [self.fountain], [20])
        self._train_offers()
        self._log_in()
        page = self._page("/my/recommendations")
        self.assertIn(self.fountain.name, self._names(page))
        self.assertNotIn("Mauvais payeur", page.text_content())
        # What was bought before is not new, whatever was bought since.
        self._create_purchases(self.client, [self.fountain], [5])
        self.assertNotIn(self.fountain.name, self._names(self._page("/my/recommendations")))

    def test_means_are_shown_from_so_many_clients_on(self):
        self._rate(self.other_client, self.bottle, 1)
        self._rate(self.client, self.bottle, 5)
        self._log_in()
        self.assertFalse(of_class(self._page("/my/products"), "o_client_product_mean"))
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.client.id})
        self._rate(contact, self.bottle, 5)
        self.assertFalse(of_class(self._page("/my/products"), "o_client_product_mean"))
        self.ratings._ai_take_back(self.company, contact, self.template)
        self._rate(self.partners[3], self.bottle, 4)
        page = self._page("/my/products")
        mean = of_class(page, "o_client_product_mean")[0].text_content()
        self.assertEqual(" ".join(mean.split()), "3.3 of 5 · 3 ratings")

    def test_a_client_is_not_told_that_offers_are_hidden_on_purpose(self):
        """As those are that belong to the control of an experiment."""
        hidden = {
            "status": "control",
            "items": [],
            "title": "On purpose",
            "help": "This belongs to the control",
            "dismissed_count": 0,
        }
        self._log_in()
        with patch.object(
            self.registry["ai.customer.recommendation"],
            "_offers",
            lambda *_args, **_options: hidden,
        ):
            text = self._page("/my/recommendations").text_content()
        self.assertIn("nothing to recommend yet", " ".join(text.split()))
        self.assertNotIn("purpose", text)
        self.assertNotIn("control", text)

    def test_a_request_is_a_quotation_that_knows_its_source(self):
        self._train_tastes()
        self.client.user_id = self.salesperson
        self._log_in()
        response = self._post("/my/recommendations/ask", product_id=self.bottle.id, quantity="6")
        self.assertEqual(response.status_code, 200)
        order = self._requests()
        self.assertEqual(order.user_id, self.salesperson)
        self.assertEqual(order.company_id, self.company)
        line = order.order_line
        self.assertEqual((line.product_id, line.product_uom_qty), (self.bottle, 6))
        self.assertEqual((line.ai_source, line.ai_kind), ("portal", "reorder"))
        self.assertEqual(line.ai_added_qty, 6)
        self.assertEqual(order.activity_ids.user_id, self.salesperson)
        self.assertIn(order.name, response.text)
        self._post("/my/recommendations/ask", product_id=self.cups.id, quantity="2,5")
        self.assertEqual(len(self._requests()), 1)
        self.assertEqual(len(order.activity_ids), 1)
        self.assertEqual(order.order_line[-1].product_uom_qty, 2.5)
        self.assertFalse(order.order_line[-1].ai_source)
        page = self._page("/my/recommendations")
        self.assertIn(f"Asked for with {order.name}", " ".join(page.text_content().split()))

    def test_a_quotation_that_was_sent_is_left_alone(self):
        self._log_in()
        self._post("/my/recommendations/ask", product_id=self.bottle.id, quantity="1")
        first = self._requests()
        first.state = "sent"
        self._post("/my/recommendations/ask", product_id=self.bottle.id, quantity="1")
        self.assertEqual(len(first.order_line), 1)
        self.assertEqual(len(self._requests()), 1)

    def test_what_cannot_be_asked_for(self):
        self._log_in()
        for form in (
            {"product_id": self.bottle.id, "quantity": "0"},
            {"product_id": self.bottle.id, "quantity": "-3"},
            {"product_id": self.bottle.id, "quantity": "nan"},
            {"product_id": self.bottle.id, "quantity": "1e12"},
            {"product_id": self.bottle.id, "quantity": "beaucoup"},
            {"product_id": self.paper.id, "quantity": "1"},
            {"product_id": "10 OR 1=1", "quantity": "1"},
        ):
            with self.subTest(form=form):
                response = self._post("/my/recommendations/ask", **form)
                self.assertEqual(response.status_code, 400)
                self.assertIn("Nothing was asked for", response.text)
        self.assertFalse(self._requests())

    def test_an_order_is_asked_for_again(self):
        carriage = self._create_product("Livraison", detailed_type="service")
        order = self._create_order(
            [(self.bottle, 3), (self.cups, 2), carriage], partner=self.client
        )
        self.cups.product_tmpl_id.sale_ok = False
        self._log_in()
        page = self._page("/my/recommendations")
        self.assertIn(order.name, of_class(page, "o_client_past_orders")[0].text_content())
        response = self._post("/my/recommendations/again", order_id=order.id)
        self.assertIn("One product of that order is not sold any more", response.text)
        request = self._requests()
        self.assertEqual(
            [(line.product_id, line.product_uom_qty) for line in request.order_line],
            [(self.bottle, 3)],
        )
        theirs = self._create_order([self.bottle], partner=self.other_client)
        response = self._post("/my/recommendations/again", order_id=theirs.id)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self._requests(), request)

    def test_an_answer_names_no_request_of_others(self):
        self._log_in(self.other_user)
        self._post("/my/recommendations/ask", product_id=self.bottle.id, quantity="1")
        theirs = self._requests(self.other_client)
        self._log_in()
        page = self._page(f"/my/recommendations?asked={theirs.id}&missing=x")
        self.assertNotIn(theirs.name, page.text_content())

    def test_the_first_page_counts(self):
        self._log_in()
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["ai_product_count", "ai_recommendation_count"]}
        )
        self.assertEqual(counters["ai_product_count"], 2)
        page = self._page("/my")
        self.assertEqual(len(page.xpath("//a[@href='/my/products']")), 1)
