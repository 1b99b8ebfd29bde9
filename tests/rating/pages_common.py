"""A client, another one, and the forms of their pages as a browser sends them."""

from lxml import html

from odoo import http
from odoo.tests import HttpCase

from ...controllers.rating import client_home
from ...tools.token_bucket import Buckets
from .common import RatingCommon


def of_class(page, name, below=""):
    return page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]{below}")


class PagesCommon(RatingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._portal_user(cls.client, "sr_client")
        cls.other_user = cls._portal_user(cls.other_client, "sr_other_client")
        cls.template = cls.bottle.product_tmpl_id

    def setUp(self):
        super().setUp()
        self.patch(client_home, "_posts", Buckets())

    def _log_in(self, user=None):
        login = (user or self.user).login
        self.authenticate(login, login)

    def _page(self, path, status=200):
        response = self.url_open(path)
        self.assertEqual(response.status_code, status)
        return html.fromstring(response.content)

    def _post(self, path, token=True, **form):
        if token:
            form["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=form)

    def _names(self, page):
        return [node.text_content().strip() for node in of_class(page, "o_client_product", "//h5")]

    def _rating(self, partner=None, template=None):
        return self.ratings._ai_own(self.company, partner or self.client, template or self.template)

    def _requests(self, partner=None):
        return self.env["sale.order"].search(
            [("ai_asked_by_id", "=", (partner or self.client).id), ("state", "=", "draft")]
        )
