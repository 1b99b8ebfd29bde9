"""A salesperson reads the pipeline, the chance of a quotation and what clients paid."""

from odoo.tests import tagged

from ..core.tours import OnAPhone, TourCase, form_of
from .quotations_common import QuotationsCommon


class WinStory(QuotationsCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._history()
        cls.category = cls.env["product.category"].create({"name": "Eau"})
        cls.water = cls._create_product("Bonbonne 12 L", 100.0, categ_id=cls.category.id)
        [cls.order] = cls._quote([(cls.clients[0], cls.water, 3.0, 3, None, "sent")])
        cls.order.user_id = cls.salesperson
        cls._learn()


@tagged("post_install", "-at_install")
class TestWinTours(WinStory):
    def test_a_salesperson_reads_the_pipeline(self):
        self.start_tour(
            "/web", "smart_recommender_quotation_pipeline", login="sr_sales", timeout=180
        )

    def test_a_salesperson_asks_what_others_paid(self):
        discounts = [0] * 5 + [4, 8, 12, 16]
        states = ["sale"] * 9 + ["cancel"] * 12
        orders = self._quote(
            [
                (self.clients[2 + number % 6], self.water, 1.0, 30, 28, state)
                for number, state in enumerate(states)
            ]
        )
        for order, discount in zip(orders, discounts, strict=False):
            order.order_line.discount = discount
        self.start_tour(
            form_of(self.order),
            "smart_recommender_quotation_chance",
            login="sr_sales",
            timeout=180,
        )

    def test_an_unsaved_line_says_why_there_is_no_advice(self):
        category = self.env["product.category"].create({"name": "Grandes bonbonnes"})
        self._create_product("Bonbonne 25 L", 100.0, categ_id=category.id)
        action = self.env.ref("sale.action_quotations_with_onboarding")
        self.start_tour(
            f"/web#action={action.id}&model=sale.order&view_type=form",
            "smart_recommender_quotation_advice_unsaved",
            login="sr_sales",
            timeout=180,
        )


@tagged("post_install", "-at_install")
class TestWinOnAPhone(OnAPhone, WinStory):
    def test_a_salesperson_reads_the_pipeline(self):
        self.start_tour(
            self._page("ai_quotation_pipeline_action"),
            "smart_recommender_quotation_pipeline_phone",
            login="sr_sales",
            timeout=180,
        )
