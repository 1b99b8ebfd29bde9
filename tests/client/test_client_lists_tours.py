"""Operators find clients for a new product and mail a quotation, in a real browser."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .test_client_arrivals import ArrivalsCommon


@tagged("post_install", "-at_install")
class TestClientListsTours(ArrivalsCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients._refresh(cls.company)

    def test_an_operator_finds_clients_for_a_new_product(self):
        self.start_tour("/web", "smart_recommender_new_product", login="sr_operator", timeout=120)

    def test_a_quotation_is_mailed_from_the_sheet(self):
        self.hotel.email = "achats@atlas.example"
        order = self._create_order(
            [self.bottle], partner=self.hotel, state="draft", user_id=self.colleague.id
        )
        self.start_tour(
            "/smart_recommender/call?number=0661234567",
            "smart_recommender_mail_quotation",
            login="sr_operator",
        )
        self.assertEqual(order.state, "sent")
        self.assertIn(self.hotel, order.message_ids.notified_partner_ids)

    def test_the_manager_sets_a_tier(self):
        self.start_tour(
            "/smart_recommender/call?number=0661234567",
            "smart_recommender_set_tier",
            login="sr_call_manager",
        )
        self.assertEqual((self._row().tier, self._row().tier_by_hand), ("silver", "silver"))
