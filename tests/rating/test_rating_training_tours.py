from odoo.tests import tagged

from ..core.tours import TourCase
from .training_common import RatingTrainingCommon


@tagged("post_install", "-at_install")
class TestRatingTrainingTours(RatingTrainingCommon, TourCase):
    def test_an_operator_reads_expected_stars_beside_offers(self):
        client = self.clients[1]
        client.write({"name": "Hôtel Étoilé", "customer_rank": 1})
        self._create_purchases(client, [self.products[0]], [30])
        self._train_offers()
        self._offer(client, self.products[5])
        self._offer(client, self.products[7])
        self._rate_all()
        self._train_stars()
        self.estimates.search([]).filtered(
            lambda row: row.product_tmpl_id == self.products[7].product_tmpl_id
        ).unlink()
        self.estimates.search([("partner_id", "=", client.id)]).stars = 4.321
        self.start_tour("/web", "smart_recommender_expected_stars", login=self.operator.login)

    def test_a_manager_reads_how_far_off_the_model_is(self):
        self._rate_all()
        self._train_stars()
        self.start_tour("/web", "smart_recommender_rating_model", login=self.manager.login)
