"""Quotations of clients who are suspended, overdue or above their credit limit."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..core.invoicing_common import InvoicingCommon
from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestSuspendedClient(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients.with_user(cls.supervisor)._suspend(cls.company, cls.hotel, "Chèque impayé")

    def _quotation(self, user=None, partner=None, **vals):
        user = user or self.operator
        order = self._create_order(
            [self.bottle],
            partner=partner or self.hotel,
            state="draft",
            days_ago=0,
            user_id=user.id,
            **vals,
        )
        return order.with_user(user)

    def test_the_quotation_says_who_suspended_the_client_and_why(self):
        for order in (
            self._quotation(),
            self._quotation(partner=self.cook),
            self._quotation(user=self.salesperson),
        ):
            self.assertIn("Chèque impayé", order.ai_suspension)
            self.assertIn(self.supervisor.name, order.ai_suspension)
        self.assertFalse(self._quotation(partner=self.partner).ai_suspension)

    def test_an_unsaved_quotation_says_so_too(self):
        order = (
            self.env["sale.order"]
            .with_user(self.operator)
            .new({"partner_id": self.hotel.id, "company_id": self.company.id})
        )
        self.assertIn("Chèque impayé", order.ai_suspension)

    def test_operators_and_sellers_cannot_confirm_it(self):
        for user in (self.operator, self.salesperson):
            order = self._quotation(user=user)
            self.assertFalse(order.ai_may_override)
            with self.assertRaisesRegex(UserError, f"{order.name}.*Chèque impayé"):
                order.action_confirm()
            with self.assertRaises(AccessError):
                order.action_confirm_suspended("Il a promis")
            with self.assertRaises(AccessError):
                order.with_context(ai_reason_to_sell="Il a promis").action_confirm()
            self.assertEqual(order.state, "draft")

    def test_confirming_many_names_the_suspended_one_and_confirms_none(self):
        order, other = self._quotation(), self._quotation(partner=self.partner)
        with self.assertRaisesRegex(UserError, order.name):
            (order | other).action_confirm()
        self.assertEqual(other.state, "draft")

    def test_who_may_is_asked_for_a_reason(self):
        for user in (self.supervisor, self.call_manager, self.manager):
            order = self._quotation(user=user)
            self.assertTrue(order.ai_may_override)
            with self.assertRaisesRegex(UserError, "Confirm Nevertheless"):
                order.action_confirm()
            with self.assertRaisesRegex(UserError, "Say why"):
                order.action_confirm_suspended("  ")
            self.assertEqual(order.state, "draft")

    def test_a_supervisor_confirms_an_operators_quotation_and_the_chatter_keeps_why(self):
        order = self._quotation()
        wizard = (
            self.env["ai.client.override"]
            .with_user(self.supervisor)
            .create({"order_id": order.id, "reason": "Payé ce matin en espèces"})
        )
        self.assertIn("Chèque impayé", wizard.suspension)
        wizard.action_confirm()
        self.assertEqual(order.state, "sale")
        message = order.sudo().message_ids.filtered(lambda m: "Payé ce matin" in m.body)
        self.assertEqual(message.author_id, self.supervisor.partner_id)

    def test_a_sales_manager_confirms_it_with_a_reason(self):
        order = self._quotation(user=self.manager)
        order.action_confirm_suspended("Accord du directeur")
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.message_ids.filtered(lambda m: "Accord du directeur" in m.body))

    def test_operators_may_not_use_the_dialog(self):
        with self.assertRaises(AccessError):
            self.env["ai.client.override"].with_user(self.operator).create(
                {"order_id": self._quotation().id, "reason": "x"}
            )

    def test_the_client_neither_signs_nor_pays_on_the_portal(self):
        order = self._quotation(require_signature=True, require_payment=True).sudo()
        self.assertFalse(order._has_to_be_signed() or order._has_to_be_paid())
        self.assertFalse(order._is_confirmation_amount_reached())
        portal = new_test_user(self.env, login="sr_suspended_portal", groups="base.group_portal")
        with self.assertRaises(UserError):
            order.with_user(portal).sudo().action_confirm()
        self.clients.with_user(self.supervisor)._resume(self.company, self.hotel)
        self.assertTrue(order._has_to_be_signed())

    def test_the_end_of_the_suspension_frees_its_quotations(self):
        order = self._quotation()
        self.clients.with_user(self.supervisor)._resume(self.company, self.hotel)
        order.invalidate_recordset()
        self.assertFalse(order.ai_suspension)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_suspension_holds_in_its_company_only(self):
        other = self._create_company("Autre")
        self.hotel.company_id = False
        self.operator.company_ids |= other
        order = self._create_order(
            [self.bottle], partner=self.hotel, state="draft", company=other,
            user_id=self.operator.id,
        )  # fmt: skip
        order = order.with_user(self.operator).with_context(
            allowed_company_ids=(self.company | other).ids
        )
        self.assertFalse(order.ai_suspension)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_confirmed_orders_say_nothing(self):
        self.clients.with_user(self.supervisor)._resume(self.company, self.hotel)
        order = self._quotation()
        order.action_confirm()
        self.clients.with_user(self.supervisor)._suspend(self.company, self.hotel, "Litige")
        order.invalidate_recordset()
        self.assertFalse(order.ai_suspension)


@tagged("post_install", "-at_install")
class TestOverdueClient(InvoicingCommon, CallCenterCommon):
    def setUp(self):
        super().setUp()
        self.line = self._create_order([(self.bottle, 4.0)]).order_line
        self.partner.ai_operator_id = self.colleague

    def _quotation(self, user=None, **vals):
        user = user or self.operator
        order = self._create_order(
            [self.bottle], state="draft", days_ago=0, user_id=user.id, **vals
        )
        return order.with_user(user)

    def _told(self, user):
        """The notices that the bus has for a user."""
        self.env.cr.precommit.run()
        channel = f'"res.partner",{user.partner_id.id}]'
        rows = self.env["bus.bus"].sudo().search([("message", "like", "simple_notification")])
        return rows.filtered(lambda row: row.channel.replace(" ", "").endswith(channel))

    def test_an_overdue_client_is_warned_of_and_sold_to(self):
        self._invoice(4.0, days_ago=10)
        order = self._quotation()
        self.assertIn("140.00", order.ai_overdue_warning)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_who_reads_no_invoices_hears_of_no_amount(self):
        self._invoice(4.0, days_ago=10)
        text = self._quotation(user=self.salesperson).ai_overdue_warning
        self.assertIn("has overdue invoices", text)
        self.assertNotIn("140", text)

    def test_the_operator_in_charge_gets_an_activity_and_who_confirms_a_notice(self):
        self._invoice(4.0, days_ago=10)
        order = self._quotation()
        order.action_confirm()
        activity = order.sudo().activity_ids.filtered(lambda a: a.user_id == self.colleague)
        self.assertEqual(len(activity), 1)
        self.assertIn("140.00", activity.note)
        self.assertTrue(self._told(self.operator))

    def test_above_the_credit_limit_is_told_as_odoo_words_it(self):
        self.company.account_use_credit_limit = True
        self.partner.with_company(self.company).credit_limit = 100.0
        self._invoice(4.0, days_ago=0)
        order = self._quotation()
        self.assertTrue(order.partner_credit_warning)
        self.assertFalse(order.ai_overdue_warning)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.sudo().activity_ids.filtered(lambda a: a.user_id == self.colleague))

    def test_who_pays_in_time_is_not_spoken_of(self):
        order = self._quotation()
        self.assertFalse(order.ai_overdue_warning)
        order.action_confirm()
        self.assertFalse(order.sudo().activity_ids)
        self.assertFalse(self._told(self.operator))

    def test_the_tolerance_of_the_settings_counts(self):
        self._invoice(4.0, days_ago=10)
        self.company.ai_payment_delay = 30
        self.assertFalse(self._quotation().ai_overdue_warning)

    def test_what_is_owed_to_another_company_is_not_told(self):
        other = self._create_company("Autre")
        self.operator.company_ids |= other
        partner = self.shared_partner
        partner.with_company(
            self.company
        ).property_account_receivable_id = self.partner.with_company(
            self.company
        ).property_account_receivable_id
        self.line = self._create_order([(self.bottle, 4.0)], partner=partner).order_line
        self.partner = partner
        self._invoice(4.0, days_ago=10)
        self.assertTrue(self._quotation(partner=partner).ai_overdue_warning)
        order = self._create_order(
            [self.bottle],
            state="draft",
            company=other,
            partner=partner,
            user_id=self.operator.id,
        )
        order = order.with_user(self.operator).with_context(
            allowed_company_ids=(self.company | other).ids
        )
        self.assertFalse(order.ai_overdue_warning)

    def test_portal_users_read_none_of_it(self):
        portal = new_test_user(self.env, login="sr_overdue_portal", groups="base.group_portal")
        ours = {"ai_suspension", "ai_overdue_warning", "ai_may_override"}
        self.assertFalse(ours & set(self.env["sale.order"].with_user(portal).fields_get()))
