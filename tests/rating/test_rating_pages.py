"""What a client bought, over HTTP: as that client, as another one, as the public."""

import re
from html import unescape
from xmlrpc.client import Fault

from lxml import html

from odoo.tests import JsonRpcException, tagged

from ...controllers.rating import client_home
from ...tools.token_bucket import Buckets
from .pages_common import PagesCommon, of_class


@tagged("post_install", "-at_install")
class TestClientPages(PagesCommon):
    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    def test_a_client_sees_what_it_bought(self):
        self._log_in()
        page = self._page("/my/products")
        self.assertEqual(set(self._names(page)), {self.bottle.name, self.cups.name})
        self.assertNotIn(self.soap.name, page.text_content())

    def test_a_client_without_orders_is_told_what_will_be_here(self):
        self._portal_user(self._create_client("Riad Neuf"), "sr_new_client")
        self.authenticate("sr_new_client", "sr_new_client")
        page = self._page("/my/products")
        self.assertIn("have not bought anything", of_class(page, "o_client_page_empty")[0].text)
        page = self._page("/my/recommendations")
        self.assertIn("nothing to recommend yet", page.text_content())

    def test_search_filter_and_order(self):
        self._rate(self.client, self.cups, 4)
        self._log_in()
        for query, found in (
            (f"search={self.cups.name[:4]}", [self.cups]),
            ("only=rated", [self.cups]),
            ("only=unrated", [self.bottle]),
            ("sortby=stars", [self.cups, self.bottle]),
            ("only=nonsense&sortby=nonsense&page=x", [self.bottle, self.cups]),
        ):
            with self.subTest(query=query):
                names = self._names(self._page(f"/my/products?{query}"))
                self.assertCountEqual(names, [product.name for product in found])
                if "stars" in query:
                    self.assertEqual(names, [product.name for product in found])
        page = self._page("/my/products?search=%3Cscript%3E")
        self.assertIn("<script>", of_class(page, "o_client_page_empty")[0].text_content())

    def test_pages_of_many_products(self):
        products = self._create_products("Verre", 30)
        self._create_purchases(self.client, list(products), [1])
        self._log_in()
        first = self._names(self._page("/my/products?sortby=name"))
        second = self._names(self._page("/my/products/page/2?sortby=name"))
        last = self._names(self._page("/my/products/page/3?sortby=name"))
        beyond = self._names(self._page("/my/products/page/99?sortby=name"))
        self.assertEqual((len(first), len(second), len(last)), (12, 12, 8))
        self.assertEqual(beyond, last)
        self.assertEqual(len({*first, *second, *last}), 32)

    def test_an_archived_product_may_still_be_rated_and_not_asked_for(self):
        self.template.active = False
        self._log_in()
        page = self._page(f"/my/products?search={self.bottle.name}")
        self.assertEqual(self._names(page), [self.bottle.name])
        self.assertIn("Not sold any more", page.text_content())
        self._post(f"/my/products/{self.template.id}/rate", stars="2")
        self.assertEqual(self._rating().rating, 2)
        self._post("/my/recommendations/ask", product_id=self.bottle.id, quantity="1")
        self.assertFalse(self._requests())

    def test_closed_pages_lead_home(self):
        self.company.ai_client_pages = False
        self._log_in()
        for path in ("/my/products", "/my/recommendations"):
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertTrue(response.headers["Location"].endswith("/my"))
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["ai_product_count", "ai_recommendation_count"]}
        )
        self.assertEqual(counters["ai_product_count"], 0)

    def test_the_public_has_to_log_in(self):
        self.authenticate(None, None)
        for path in ("/my/products", "/my/recommendations"):
            response = self.url_open(path, allow_redirects=False)
            self.assertIn("/web/login", response.headers["Location"])

    def test_pages_are_in_the_language_of_the_client(self):
        self._activate_french()
        self.user.lang = "fr_FR"
        self._log_in()
        self.assertIn("Vos produits", self._page("/my/products").text_content())

    # ------------------------------------------------------------------
    # Stars
    # ------------------------------------------------------------------

    def test_stars_are_given_changed_and_taken_back(self):
        self._log_in()
        path = f"/my/products/{self.template.id}"
        self._post(f"{path}/rate", stars="4", comment="Bonne eau", only="unrated")
        self.assertEqual((self._rating().rating, self._rating().feedback), (4, "Bonne eau"))
        page = self._page("/my/products")
        chosen = page.xpath(f"//input[@id='stars-{self.template.id}-4']")[0]
        self.assertEqual(chosen.get("checked"), "checked")
        self._post(f"{path}/rate", stars="1", comment="")
        self.assertEqual((self._rating().rating, self._rating().feedback), (1, False))
        self._post(f"{path}/take-back")
        self.assertFalse(self._rating())

    def test_a_comment_is_text_whatever_it_holds(self):
        self._log_in()
        bad = '"><script>alert(1)</script></textarea><img src=x onerror=alert(2)>'
        self._post(f"/my/products/{self.template.id}/rate", stars="3", comment=bad)
        self.assertEqual(self._rating().feedback, bad)
        page = self._page("/my/products")
        area = page.xpath(f"//*[@id='product-{self.template.id}']//textarea")[0]
        self.assertEqual(area.text.strip(), bad)
        self.assertFalse(
            of_class(page, "o_client_page", "//script") + page.xpath("//img[@onerror]")
        )

    def test_what_is_refused_is_told_and_kept(self):
        self._log_in()
        path = f"/my/products/{self.template.id}/rate"
        for form, message in (
            ({"stars": "6", "comment": "Mon avis"}, "one to five stars"),
            ({"stars": "", "comment": "Mon avis"}, "Choose one to five stars"),
            ({"stars": "3", "comment": "y" * 1001}, "1001 characters"),
        ):
            with self.subTest(form=form):
                response = self._post(path, **form)
                self.assertEqual(response.status_code, 400)
                page = html.fromstring(response.content)
                error = of_class(page, "o_client_page_error")[0].text_content()
                self.assertIn(message, error)
                area = page.xpath(f"//*[@id='product-{self.template.id}']//textarea")[0]
                self.assertEqual(area.text.strip(), form["comment"])
                self.assertFalse(self._rating())

    def test_only_what_was_bought_is_rated(self):
        self._log_in()
        soap = self.soap.product_tmpl_id
        response = self._post(f"/my/products/{soap.id}/rate", stars="1")
        self.assertEqual(response.status_code, 400)
        self.assertNotIn(self.soap.name, unescape(response.text))
        response = self._post(f"/my/products/{10**9}/rate", stars="1")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._rating(template=soap))

    def test_nobody_touches_the_stars_of_others(self):
        self._rate(self.other_client, self.bottle, 5, "Parfait")
        self._log_in()
        self.assertNotIn("Parfait", self._page("/my/products").text_content())
        self._post(
            f"/my/products/{self.template.id}/rate", stars="1", partner_id=self.other_client.id
        )
        self._post(f"/my/products/{self.template.id}/take-back", partner_id=self.other_client.id)
        self.assertEqual(self._rating(self.other_client).rating, 5)

    def test_a_form_of_another_site_is_refused(self):
        self._log_in()
        for path in (
            f"/my/products/{self.template.id}/rate",
            f"/my/products/{self.template.id}/take-back",
            "/my/products/invitations",
            "/my/recommendations/ask",
            "/my/recommendations/again",
        ):
            with self.subTest(path=path), self.assertLogs("odoo.http", "WARNING"):
                response = self._post(path, token=False, stars="1", product_id=self.bottle.id)
                self.assertEqual(response.status_code, 400)
        self.assertFalse(self._rating())
        self.assertEqual(self.url_open(f"/my/products/{self.template.id}/rate").status_code, 405)

    def test_too_many_at_once_are_asked_to_wait(self):
        self.patch(client_home, "_posts", Buckets(clock=lambda: 0.0))
        self.patch(client_home, "POSTS_A_MINUTE", 2)
        self._log_in()
        path = f"/my/products/{self.template.id}/rate"
        answers = [self._post(path, stars=stars).status_code for stars in "451"]
        self.assertEqual(answers, [200, 200, 429])
        self.assertEqual(self._rating().rating, 5)

    # ------------------------------------------------------------------
    # Nothing but one's own
    # ------------------------------------------------------------------

    def test_another_company_shows_nothing(self):
        other = self._create_company("Pages other")
        self._portal_user(
            self.env["res.partner"].create({"name": "Chef", "parent_id": self.client.id}),
            "sr_abroad",
            other,
        )
        self.authenticate("sr_abroad", "sr_abroad")
        self.assertFalse(self._names(self._page("/my/products")))
        response = self._post(f"/my/products/{self.template.id}/rate", stars="1")
        self.assertEqual(response.status_code, 400)

    def test_a_colleague_sees_the_products_of_the_client_and_gives_stars_of_its_own(self):
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.client.id})
        self._portal_user(contact, "sr_colleague")
        self._rate(self.client, self.bottle, 5, "Du patron")
        self.authenticate("sr_colleague", "sr_colleague")
        page = self._page("/my/products")
        self.assertIn(self.bottle.name, self._names(page))
        self.assertNotIn("Du patron", page.text_content())
        self._post(f"/my/products/{self.template.id}/rate", stars="2")
        self.assertEqual(self._rating(contact).rating, 2)
        self.assertEqual(self._rating().rating, 5)

    def test_pictures_are_signed_for_who_reads_the_page(self):
        self._log_in()
        page = self._page("/my/products")
        address = of_class(page, "o_client_product_image")[0].get("src")
        response = self.url_open(address)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.headers["Content-Type"].startswith("image/"))
        self.assertIn("private", response.headers["Cache-Control"])
        forged = re.sub(r"image/\d+/", f"image/{self.soap.id}/", address)
        self.assertEqual(self.url_open(forged).status_code, 404)
        self._log_in(self.other_user)
        self.assertEqual(self.url_open(address).status_code, 404)

    def test_portal_users_read_nothing_over_rpc(self):
        rating = self._rate(self.client, self.bottle, 5)
        order = self.env["sale.order"]._ai_past_orders(self.client, self.company, 1)
        self._log_in()
        for model, method, arguments in (
            ("rating.rating", "search_read", [[]]),
            ("rating.rating", "write", [rating.ids, {"rating": 1}]),
            ("rating.rating", "_ai_take_back", []),
            ("ai.rating.invitation", "search_read", [[]]),
            ("ai.client.page", "_bought", []),
            ("ai.client.page", "_recommended", []),
            ("product.product", "search_read", [[]]),
            ("sale.order", "read", [order.ids, ["ai_asked_by_id"]]),
            ("res.partner", "read", [self.client.ids, ["ai_no_invitations"]]),
        ):
            with (
                self.subTest(model=model, method=method),
                self.assertLogs("odoo.http", "WARNING"),
                self.assertRaises(JsonRpcException),
            ):
                self._call(model, method, *arguments)
        with self.assertRaises(Fault), self.assertLogs("odoo.http", "WARNING"):
            self.xmlrpc_object.execute_kw(
                self.env.cr.dbname,
                self.user.id,
                self.user.login,
                "rating.rating",
                "search_read",
                [[]],
            )
        for model in ("sale.order", "sale.order.line", "res.partner"):
            ours = [name for name in self._call(model, "fields_get") if name.startswith("ai_")]
            self.assertFalse(ours, model)

    def _call(self, model, method, *arguments):
        parameters = {"model": model, "method": method, "args": arguments, "kwargs": {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw", parameters)
