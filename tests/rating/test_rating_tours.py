"""A supervisor reads, answers and rejects; an operator makes a complaint out of a rating."""

from odoo.tests import tagged

from ..core.tours import OnAPhone, TourCase
from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestRatingTours(OfficeCommon, TourCase):
    def _list(self, name, login):
        url = self._page("rating_rating_action", "menu_complaints")
        self.start_tour(url, name, login=login, timeout=180)

    def _complaint(self):
        return self.env["ai.complaint"].search([("rating_id", "=", self.bad.id)])

    def test_a_supervisor_answers_and_makes_a_complaint(self):
        self._list("smart_recommender_rating_review", "sr_supervisor")
        self.assertEqual(self.bad.publisher_comment, "Nous vous l'échangeons")
        self.assertEqual(self.bad.ai_review, "accepted")
        complaint = self._complaint()
        self.assertEqual((complaint.product_id, complaint.user_id), (self.bottle, self.supervisor))
        self.assertIn("Fuit de partout", complaint.description)

    def test_a_supervisor_rejects_and_brings_back(self):
        self._list("smart_recommender_rating_reject", "sr_supervisor")
        self.assertEqual((self.bad.ai_review, self.bad.consumed), ("accepted", True))

    def test_an_operator_complains_from_the_client_sheet(self):
        self._rate(self.client, self.cups, 5, "Parfait")
        self.start_tour("/web", "smart_recommender_rating_sheet", login="sr_operator", timeout=180)
        complaint = self._complaint()
        self.assertEqual((complaint.user_id, complaint.partner_id), (self.operator, self.cook))
        self.assertIn("Fuit de partout", complaint.description)

    def test_a_salesperson_sees_the_stars_of_a_product(self):
        self._rate(self.client, self.bottle, 5)
        self.start_tour(
            self._page("ai_product_rating_action"),
            "smart_recommender_rating_product",
            login="sr_sales",
            timeout=180,
        )


@tagged("post_install", "-at_install")
class TestRatingOnAPhone(OnAPhone, OfficeCommon, TourCase):
    def test_a_supervisor_answers_from_a_card(self):
        self.start_tour(
            self._page("rating_rating_action"),
            "smart_recommender_rating_on_a_phone",
            login="sr_supervisor",
            timeout=180,
        )
        self.assertEqual(self.bad.publisher_comment, "Nous vous l'échangeons")
