"""Status and figures of clients: computed daily, one row a commercial entity and company."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..core.invoicing_common import InvoicingCommon
from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestClientFigures(CallCenterCommon):
    def test_orders_of_contacts_count_for_the_company(self):
        self._create_order([(self.bottle, 2.0)], partner=self.hotel, days_ago=3)
        self._create_order([(self.bottle, 1.0)], partner=self.cook, days_ago=20)
        self._create_order([(self.bottle, 1.0)], partner=self.cook, days_ago=200)
        self._create_order([(self.bottle, 9.0)], partner=self.cook, days_ago=2, state="cancel")
        self._refresh()
        row = self._row(self.cook)
        self.assertEqual(row.partner_id, self.hotel)
        self.assertEqual((row.order_count, row.status), (3, "active"))
        self.assertEqual((row.revenue_7, row.revenue_30, row.revenue_365), (70.0, 105.0, 140.0))

    def test_amounts_are_in_the_currency_of_the_company(self):
        dirham = self._use_currency("MAD", 10.0)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Dirhams", "currency_id": dirham.id, "company_id": self.company.id}
        )
        order = self._create_order(
            [self.bottle], state="draft", partner=self.hotel, pricelist_id=pricelist.id
        )
        order.state = "sale"
        self.assertAlmostEqual(order.amount_untaxed, 350.0)
        self._refresh()
        self.assertAlmostEqual(self._row().revenue_365, 35.0)

    def test_without_an_order_for_long_a_client_is_dormant(self):
        self.company.ai_dormant_days = 60
        self._create_order([self.bottle], partner=self.hotel, days_ago=61)
        self._create_order([self.bottle], partner=self.partner, days_ago=59)
        self._refresh()
        self.assertEqual(self._row().status, "dormant")
        self.assertEqual(self._row(self.partner).status, "active")

    def test_a_client_who_went_to_another_company_hides_no_other(self):
        for partner in (self.hotel, self.partner):
            self._create_order([self.bottle], partner=partner)
        self._refresh()
        self.partner.phone = "0666000000"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET company_id = %s WHERE id = %s",
            [self._create_company("Autre").id, self.partner.id],
        )
        self.env.invalidate_all()
        rows = (self._row() | self._row(self.partner)).with_user(self.operator)
        self.assertEqual(rows.mapped("phone"), ["0661234567", False])

    def test_who_never_ordered_has_no_status(self):
        self._refresh()
        self.assertFalse(self._row())
        self.assertFalse(self.hotel.with_company(self.company).ai_client_status)

    def test_a_suspension_needs_a_reason_and_a_supervisor(self):
        with self.assertRaisesRegex(UserError, "why"):
            self.clients.with_user(self.supervisor)._suspend(self.company, self.hotel, "  ")
        with self.assertRaises(AccessError):
            self.clients.with_user(self.operator)._suspend(self.company, self.hotel, "Chèque")
        self.clients.with_user(self.supervisor)._suspend(self.company, self.cook, "Chèque impayé")
        row = self._row()
        self.assertEqual((row.status, row.suspended_reason), ("suspended", "Chèque impayé"))
        self.assertEqual(row.suspended_by_id, self.supervisor)
        self.assertIn("Chèque impayé", self.hotel.message_ids[:1].body)

    def test_a_suspension_outlives_the_daily_job_until_it_is_ended(self):
        self._create_order([self.bottle], partner=self.hotel)
        self.clients.with_user(self.supervisor)._suspend(self.company, self.hotel, "Litige")
        self._refresh()
        self.assertEqual(self._row().status, "suspended")
        self.hotel.with_user(self.supervisor).with_company(self.company).action_resume_client()
        self.assertEqual(self._row().status, "active")
        self.assertFalse(self._row().suspended_reason)

    def test_the_wizard_suspends(self):
        action = self.hotel.with_user(self.supervisor).action_suspend_client()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.supervisor)
            .with_company(self.company)
            .with_context(**action["context"])
            .create({"reason": "Impayé"})
        )
        wizard.action_suspend()
        self.assertEqual(self._row().status, "suspended")
        with self.assertRaises(AccessError):
            self.hotel.with_user(self.operator).action_suspend_client()

    def test_only_what_changed_is_written(self):
        self._create_order([self.bottle], partner=self.hotel)
        self.assertGreaterEqual(self._refresh(), 1)
        self.assertEqual(self._refresh(), 0)
        self._create_order([self.bottle], partner=self.hotel)
        self.assertEqual(self._refresh(), 1)

    def test_the_day_of_a_status_is_that_of_its_change(self):
        self._create_order([self.bottle], partner=self.hotel)
        self._refresh()
        row = self._row()
        past = fields.Date.today() - timedelta(days=5)
        row.status_since = past
        self._create_order([self.bottle], partner=self.hotel)
        self._refresh()
        self.assertEqual(row.status_since, past)
        self.company.ai_dormant_days = 1
        self._refresh()
        self.assertEqual((row.status, row.status_since > past), ("active", False))

    def test_categories_are_those_of_the_partner(self):
        hotels = self.env["res.partner.category"].create({"name": "Hôtels"})
        self._create_order([self.bottle], partner=self.hotel)
        self.hotel.category_id = hotels
        self._refresh()
        self.assertEqual(self._row().category_ids, hotels)
        self.hotel.category_id = False
        self._refresh()
        self.assertFalse(self._row().category_ids)

    def test_partners_are_found_by_their_status(self):
        self._create_order([self.bottle], partner=self.hotel, days_ago=300)
        self._refresh()
        partners = self.env["res.partner"].with_user(self.operator).with_company(self.company)
        both = [("id", "in", (self.hotel | self.cook).ids)]
        self.assertEqual(
            partners.search([*both, ("ai_client_status", "=", "dormant")]), self.hotel | self.cook
        )
        self.assertFalse(partners.search([*both, ("ai_client_status", "!=", "dormant")]))
        self.assertFalse(partners.search([*both, ("ai_client_status", "=", False)]))
        others = [("id", "in", self.partners.ids)]
        self.assertEqual(
            partners.search([*others, ("ai_client_status", "=", False)]), self.partners
        )
        self.assertEqual(
            partners.search([*others, ("ai_client_status", "not in", ["dormant"])]), self.partners
        )
        self.assertEqual(partners.browse(self.cook.id).ai_client_status, "dormant")

    def test_a_company_that_fails_leaves_the_others_alone(self):
        other = self._create_company("Autre")
        self._create_order([self.bottle], partner=self.hotel)
        model, refresh = type(self.clients), type(self.clients)._refresh

        def failing(self, company, partners=None):
            if company == other:
                raise ValueError("broken")
            return refresh(self, company, partners)

        with (
            patch.object(model, "_refresh", failing),
            mute_logger("odoo.addons.smart_recommender.models.core.ai_company_job"),
        ):
            self.clients._cron_refresh()
        self.assertEqual(self._row().status, "active")

    def test_two_companies_keep_figures_of_their_own(self):
        other = self._create_company("Autre")
        self.hotel.company_id = False
        self._create_order([self.bottle], partner=self.hotel)
        self._create_order([self.soap], partner=self.hotel, company=other, days_ago=300)
        self._refresh()
        self._refresh(other)
        self.assertEqual(self._row().status, "active")
        self.assertEqual(self._row(company=other).status, "dormant")
        seen = self.clients.with_user(self.operator).search([("partner_id", "=", self.hotel.id)])
        self.assertEqual(seen.company_id, self.company)
        self.operator.company_ids = [Command.link(other.id)]
        both = self.company | other
        seen = (
            self.clients.with_user(self.operator)
            .with_context(allowed_company_ids=both.ids)
            .search([("partner_id", "=", self.hotel.id)])
        )
        self.assertEqual(seen.company_id, both)

    def test_nobody_but_the_call_center_reads_figures(self):
        with self.assertRaises(AccessError):
            self.clients.with_user(self.salesperson).search([])
        with self.assertRaises(AccessError):
            self.hotel.with_user(self.salesperson).read(["ai_client_status"])
        with self.assertRaises(AccessError):
            self.clients.with_user(self.operator).create(
                {"company_id": self.company.id, "partner_id": self.hotel.id}
            )


@tagged("post_install", "-at_install")
class TestOverdueClients(InvoicingCommon, CallCenterCommon):
    def setUp(self):
        super().setUp()
        self.line = self._create_order([(self.bottle, 4.0)]).order_line

    def _overdue_invoice(self, days=10):
        return self._invoice(4.0, days_ago=days)

    def test_an_unpaid_invoice_past_its_date_makes_a_client_overdue(self):
        self._overdue_invoice()
        self._refresh()
        row = self._row(self.partner)
        self.assertEqual((row.status, row.overdue_count), ("overdue", 1))
        self.assertEqual((row.balance, row.overdue_amount), (140.0, 140.0))

    def test_the_tolerance_of_the_company_counts(self):
        self._overdue_invoice(10)
        self.company.ai_payment_delay = 15
        self._refresh()
        row = self._row(self.partner)
        self.assertEqual((row.status, row.balance, row.overdue_amount), ("active", 140.0, 0.0))

    def test_a_credit_note_settles_what_is_owed(self):
        self._overdue_invoice()
        self._invoice(4.0, move_type="out_refund", days_ago=5)
        self._refresh()
        row = self._row(self.partner)
        self.assertEqual((row.status, row.balance), ("active", 0.0))

    def test_a_draft_invoice_is_not_owed(self):
        self._invoice(4.0, post=False, days_ago=10)
        self._refresh()
        self.assertEqual(self._row(self.partner).balance, 0.0)
