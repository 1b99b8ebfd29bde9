"""A client rates, and asks for quotations, on its own pages."""

from odoo.tests import tagged

from ..core.tours import OnAPhone, TourCase
from .common import RatingCommon


class PortalTourCommon(RatingCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._portal_user(cls.client, "sr_client")
        cls._create_purchases(cls.client, [(cls.bottle, 4)], [13, 23, 33, 43, 53])
        for partner in cls.partners[1:]:
            cls._create_purchases(partner, [cls.fountain, cls.bottle, cls.cups], [20])
        cls._train_offers()

    def _walk(self):
        self.start_tour("/my", "smart_recommender_rating_portal", login="sr_client", timeout=180)
        self.assertFalse(
            self.ratings._ai_own(self.company, self.client, self.bottle.product_tmpl_id)
        )
        orders = self.env["sale.order"].search(
            [("ai_asked_by_id", "=", self.client.id)], order="id"
        )
        asked, again = orders
        self.assertEqual(asked.order_line.ai_source, "portal")
        self.assertFalse(again.order_line.mapped("ai_source")[0])


@tagged("post_install", "-at_install")
class TestPortalTours(PortalTourCommon):
    def test_a_client_rates_and_asks(self):
        self._walk()


@tagged("post_install", "-at_install")
class TestPortalToursOnPhone(OnAPhone, PortalTourCommon):
    def test_a_client_rates_and_asks_on_a_phone(self):
        self._walk()
