"""An accounting manager reads the collections and accepts a credit limit in the browser."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestTreasuryCreditTours(CreditCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._pay_history()
        cls._train_credit()
        cls._create_user(
            "sr_tour_controller",
            "account.group_account_manager,smart_recommender.group_call_operator",
        )

    def test_an_accounting_manager_accepts_a_limit(self):
        self.start_tour("/web", "smart_recommender_credit", login="sr_tour_controller")
        row = self.credits._of(self.company, self.client)
        self.assertEqual(row.state, "accepted")
        self.assertEqual(self.client.with_company(self.company).credit_limit, row.proposed_limit)

    def test_the_sheet_says_how_a_client_pays(self):
        self.start_tour("/web", "smart_recommender_credit_sheet", login="sr_tour_controller")
