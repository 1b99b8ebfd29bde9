from odoo.tests import tagged

from ..core.tours import TourCase, form_of
from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestCustomerTours(OffersCommon, TourCase):
    def test_an_operator_adds_what_is_due_to_an_empty_quotation(self):
        self._create_tastes()
        unit = self.env.ref("uom.product_uom_kgm")
        vals = {"uom_id": unit.id}
        if "uom_po_id" in self.soap._fields:
            vals["uom_po_id"] = unit.id
        flour = self._create_product("Farine", **vals)
        self._create_purchases(self.regular, [(flour, 20.5)], [13, 23, 33])
        self._train()
        self._train_offers()
        self.env["ai.training.result.rules"].search([]).reorder_weight = 5.0
        order = self._create_order(
            [], state="draft", partner=self.regular, user_id=self.operator.id
        )
        self.start_tour(
            form_of(order),
            "smart_recommender_empty_quotation",
            login="sr_operator",
        )
        written = {line.product_id: line.product_uom_qty for line in order.order_line}
        self.assertEqual(written, {self.bottle: 4.0, flour: 20.5})
