"""The stories of operators and supervisors in a real browser."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..core.tours import TourCase, form_of
from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestClientTours(CallCenterCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        # Every fourteen days, and now fifteen days ago.
        for days_ago in (57, 43, 29, 15):
            cls._create_order([(cls.bottle, 6.0)], partner=cls.hotel, days_ago=days_ago)
        for kind in ("rules", "customers"):
            cls.runs.with_company(cls.company)._train_now(cls.company, kind)
        cls.clients._refresh(cls.company)

    def _orders_of(self, user):
        return self.env["sale.order"].search(
            [("partner_id", "=", self.hotel.id), ("user_id", "=", user.id)]
        )

    def test_an_operator_is_called_sells_and_logs_the_call(self):
        self.start_tour(
            "/smart_recommender/call?number=0661234567",
            "smart_recommender_incoming_call",
            login="sr_operator",
        )
        order = self._orders_of(self.operator)
        self.assertEqual(order.order_line.product_id, self.bottle)
        self.assertEqual(order.order_line.product_uom_qty, 6.0)
        call = self.env["ai.call"].search([("partner_id", "=", self.hotel.id)])
        self.assertEqual((call.direction, call.number), ("in", "+212661234567"))
        self.assertEqual((call.result, call.description), ("order", "Livrer jeudi"))

    def test_a_number_of_several_clients_shows_them_all(self):
        self.partner.phone = "0661234567"
        self.start_tour(
            "/smart_recommender/call?number=0661234567",
            "smart_recommender_shared_number",
            login="sr_operator",
        )

    def test_an_operator_finds_a_client_and_starts_an_order(self):
        self.start_tour("/web", "smart_recommender_new_order", login="sr_operator")
        self.assertEqual(self._orders_of(self.operator).order_line.product_id, self.bottle)

    def test_a_new_order_that_nobody_wants_leaves_no_quotation(self):
        self.start_tour("/web", "smart_recommender_new_order_left", login="sr_operator")
        self.assertFalse(self._orders_of(self.operator))

    def test_an_operator_cannot_confirm_an_order_of_a_suspended_client(self):
        self.clients.with_user(self.supervisor)._suspend(self.company, self.hotel, "Chèque impayé")
        # Odoo logs each refusal that a browser is told.
        with mute_logger("odoo.http"):
            self.start_tour("/web", "smart_recommender_suspended_sale", login="sr_operator")
        order = self._orders_of(self.operator)
        self.assertEqual((order.state, order.order_line.product_id), ("draft", self.bottle))

    def test_a_supervisor_confirms_an_operators_order_of_a_suspended_client_with_a_reason(self):
        self.clients.with_user(self.supervisor)._suspend(self.company, self.hotel, "Chèque impayé")
        order = self._create_order(
            [self.bottle], partner=self.hotel, state="draft", user_id=self.operator.id
        )
        self.start_tour(
            form_of(order),
            "smart_recommender_suspended_override",
            login="sr_supervisor",
        )
        self.assertEqual(order.state, "sale")

    def test_a_supervisor_suspends_a_client_and_reads_statistics(self):
        self._create_call(duration=3.0)
        self.start_tour("/web", "smart_recommender_supervisor", login="sr_supervisor")
        row = self._row()
        self.assertEqual((row.status, row.suspended_reason), ("suspended", "Chèque impayé"))

    def test_a_supervisor_finds_a_contract_that_is_due_and_renews_it(self):
        today = fields.Date.today()
        contract = self.env["ai.client.contract"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.hotel.id,
                "product_id": self.bottle.id,
                "quantity": 12.0,
                "start_date": today - timedelta(days=25),
                "months": 1,
            }
        )
        self.start_tour("/web", "smart_recommender_contract", login="sr_supervisor")
        self.assertEqual((contract.renewal_count, contract.bought), (1, 6.0))
        self.assertGreater(contract.end_date, today + timedelta(days=30))

    def test_a_supervisor_reads_the_history_of_a_client(self):
        self.clients.with_user(self.supervisor)._suspend(self.company, self.hotel, "Chèque impayé")
        self.start_tour("/web", "smart_recommender_client_history", login="sr_supervisor")
