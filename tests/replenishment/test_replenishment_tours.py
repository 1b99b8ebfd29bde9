"""Replenishment in a real browser, as the role each story belongs to."""

from odoo.tests import tagged

from ..core.tours import TourCase, form_of
from .common import StockCommon


@tagged("post_install", "-at_install")
class TestReplenishmentTours(StockCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_user("sr_buyer", "purchase.group_purchase_user")
        cls._sell_soap_and_cups()
        # The same in every series of Odoo and whatever its settings: 4 a day for 5 + 4 days.
        cls.company.write(
            {name: 0.0 for name in ("po_lead", "days_to_purchase") if name in cls.company}
        )
        cls.company.ai_safety_days = 4.0
        cls._train_stock()

    def _requests(self):
        return self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)])

    def test_a_storekeeper_orders_and_undoes_it(self):
        self.start_tour("/web", "smart_recommender_order_and_undo", login="sr_stock")
        decision = self.decisions.search([], limit=1)
        self.assertEqual((decision.state, decision.user_id), ("undone", self.storekeeper))
        self.assertEqual(decision.line_ids.product_id, self.soap)
        self.assertFalse(self._requests())
        self.assertEqual(self._row(self.soap).action, "order_now")

    def test_the_tab_of_a_product_says_what_to_do_in_each_warehouse(self):
        annex = self.env["stock.warehouse"].create(
            {"name": "Annexe", "code": "ANX", "company_id": self.company.id}
        )
        self.storekeeper.groups_id |= self.env.ref("stock.group_stock_multi_locations")
        self._put(self.soap, 30.0, annex)
        self._train_stock()
        self._open_product(self.soap, "smart_recommender_replenishment_tab", "sr_stock")

    def test_a_product_that_was_not_planned_says_what_to_do(self):
        new = self._create_product("Nouveau")
        new.detailed_type = "product"
        self._open_product(new, "smart_recommender_replenishment_new", "sr_stock")

    def _open_product(self, product, tour, login):
        self.start_tour(form_of(product), tour, login=login)

    def test_a_recommender_manager_sees_the_board_and_cannot_order(self):
        self.start_tour("/web", "smart_recommender_board_read_only", login="sr_manager")

    def test_the_board_opens_from_inventory_and_from_purchases(self):
        self.start_tour("/web", "smart_recommender_board_from_inventory", login="sr_stock")
        self.start_tour("/web", "smart_recommender_board_from_purchase", login="sr_buyer")
