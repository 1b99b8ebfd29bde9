"""A supervisor reads in the browser what clients are worth."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .test_treasury_value import ValueCommon


@tagged("post_install", "-at_install")
class TestTreasuryValueTours(ValueCommon, TourCase):
    def test_a_supervisor_reads_what_the_best_client_is_worth(self):
        _clients, bought = self._buyers()
        self._train_value(bought)
        supervisor = self.roles["supervisor"]
        self.start_tour("/web", "smart_recommender_value", login=supervisor.login)
