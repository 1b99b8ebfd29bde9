"""An operator logs bottles that came back; a supervisor sees what is outside."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .common import DepositCommon


@tagged("post_install", "-at_install")
class TestDepositTours(DepositCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        order = cls._order([(cls.bottle, 8.0)])
        cls._deliver(order, days_ago=45)

    def test_an_operator_logs_returned_bottles_from_the_sheet(self):
        self.start_tour("/web", "smart_recommender_return_containers", login="sr_operator")
        self.assertEqual(self._balance().quantity, 3.0)
        order = self.env["sale.order"].search(
            [("partner_id", "=", self.hotel.id), ("user_id", "=", self.operator.id)]
        )
        self.assertEqual(order.order_line.product_uom_qty, -5.0)

    def test_a_supervisor_finds_late_containers(self):
        self.start_tour("/web", "smart_recommender_late_containers", login="sr_supervisor")
