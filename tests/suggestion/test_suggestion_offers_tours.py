from odoo.tests import HttpCase, tagged

from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestCustomerTours(OffersCommon, HttpCase):
    def test_an_operator_adds_what_is_due_to_an_empty_quotation(self):
        self.operator.password = self.operator.login
        self._create_tastes()
        self._train()
        self._train_offers()
        self.env["ai.training.result.rules"].search([]).reorder_weight = 5.0
        order = self._create_order(
            [], state="draft", partner=self.regular, user_id=self.operator.id
        )
        self.start_tour(
            f"/web#id={order.id}&model=sale.order&view_type=form",
            "smart_recommender_empty_quotation",
            login="sr_operator",
        )
        self.assertEqual(order.order_line.product_id, self.bottle)
        self.assertEqual(order.order_line.product_uom_qty, 4.0)
