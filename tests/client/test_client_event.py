"""The history of clients: each kind of event, who sees it, and what it opens."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..core.invoicing_common import InvoicingCommon
from .common import CallCenterCommon

SUBJECT, BODY, NOTE = "Devis", "Votre devis", "À relancer"


class EventCommon(CallCenterCommon):
    def _events(self, user=None, kind=None, companies=None):
        events = self.env["ai.client.event"].with_user(user or self.supervisor)
        events = events.with_context(allowed_company_ids=(companies or self.company).ids)
        domain = [("partner_id", "=", self.hotel.id)]
        return events.search(domain + ([("kind", "=", kind)] if kind else []))


@tagged("post_install", "-at_install")
class TestClientEvent(EventCommon):
    def test_an_order_was_placed_and_confirmed(self):
        order = self._create_order(
            [(self.bottle, 3.0)], partner=self.cook, user_id=self.operator.id
        )
        placed, confirmed = (self._events(kind=f"order_{each}") for each in ("placed", "confirmed"))
        self.assertEqual((placed.name, confirmed.name), (order.name, order.name))
        self.assertEqual(confirmed.date, order.date_order)
        self.assertEqual(confirmed.user_id, self.operator)
        self.assertAlmostEqual(confirmed.amount, order.amount_total)
        self.assertEqual(confirmed.partner_id, self.hotel, "the house of the contact")

    def test_an_order_was_cancelled_by_whoever_did_it(self):
        order = self._create_order([self.bottle], partner=self.hotel, state="draft", days_ago=9)
        order.user_id = self.operator
        self.assertFalse(self._events(kind="order_cancelled"))
        # Odoo tracks no change in the transaction that has created a record without tracking.
        self.env.cr.precommit.clear()
        watched = order.with_user(self.supervisor).sudo().with_context(tracking_disable=False)
        watched._action_cancel()
        self.env.flush_all()
        self.env.cr.precommit.run()
        cancelled = self._events(kind="order_cancelled")
        self.assertEqual(cancelled.name, order.name)
        self.assertEqual(cancelled.user_id, self.supervisor)
        self.assertEqual(cancelled.date.date(), fields.Date.today())
        self.assertFalse(self._events(kind="order_confirmed"))

    def test_supervisors_decisions_are_kept(self):
        clients = self.clients.with_user(self.supervisor)
        clients._suspend(self.company, self.hotel, "Chèque impayé")
        clients._resume(self.company, self.cook)
        suspended, resumed = self._events(kind="suspended"), self._events(kind="resumed")
        self.assertEqual((suspended.name, suspended.user_id), ("Chèque impayé", self.supervisor))
        self.assertEqual(resumed.user_id, self.supervisor)
        self.assertEqual(suspended.action_open()["context"]["active_id"], self.hotel.id)

    def test_mails_with_the_client_and_no_notes(self):
        order = self._create_order([self.bottle], partner=self.hotel, state="draft")
        order.with_user(self.supervisor).sudo().message_post(
            body=BODY, subject=SUBJECT, message_type="comment",
            subtype_xmlid="mail.mt_comment", partner_ids=self.cook.ids,
        )  # fmt: skip
        order.message_post(body=NOTE, subtype_xmlid="mail.mt_note")
        mail = self._events(kind="mail")
        self.assertEqual((mail.name, mail.user_id), (SUBJECT, self.supervisor))
        self.assertEqual(mail.action_open()["res_id"], order.id)

    def test_rows_have_ids_of_their_own(self):
        for state in ("sale", "cancel", "draft"):
            self._create_order([self.bottle], partner=self.hotel, state=state)
        events = self._events()
        self.assertEqual(len(events), len(set(events.ids)))
        self.assertEqual(len(events), 5)
        dates = events.mapped("date")
        self.assertEqual(dates, sorted(dates, reverse=True))
        groups = events._read_group([("id", "in", events.ids)], ["kind"], ["__count"])
        self.assertEqual(dict(groups)["order_placed"], 3)

    def test_the_sheet_leads_to_the_history_of_the_client(self):
        self._create_order([self.bottle], partner=self.cook)
        self._create_order([self.bottle], partner=self.partner)
        action = self.cook.with_user(self.supervisor).action_open_client_history()
        events = self.env["ai.client.event"].with_user(self.supervisor).search(action["domain"])
        self.assertEqual(events.partner_id, self.hotel)

    def test_supervisors_and_managers_see_it_and_nobody_else(self):
        self._create_order([self.bottle], partner=self.hotel)
        for user in (self.supervisor, self.call_manager):
            self.assertTrue(self._events(user))
        for user in (self.operator, self.salesperson):
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    self._events(user)
                with self.assertRaises(AccessError):
                    self.hotel.with_user(user).action_open_client_history()

    def test_another_company_stays_apart(self):
        other = self._create_company("Autre")
        self.hotel.company_id = False
        order = self._create_order([self.bottle], partner=self.hotel, company=other)
        self.assertFalse(self._events(kind="order_confirmed"))
        self.supervisor.company_ids |= other
        found = self._events(kind="order_confirmed", companies=self.company | other)
        self.assertEqual((found.name, found.company_id), (order.name, other))


@tagged("post_install", "-at_install")
class TestClientPaymentEvent(EventCommon, InvoicingCommon):
    def _pay(self, amount):
        """A payment of the client that is posted."""
        own = self.env["account.account"].with_company(self.company)
        outstanding = own.create(
            {"name": "Encaissements", "code": "511100", "account_type": "asset_current"}
        )
        receivable = self.partner.with_company(self.company).property_account_receivable_id
        self.hotel.with_company(self.company).property_account_receivable_id = receivable
        journal = self.env["account.journal"].create(
            {"name": "Caisse", "code": "CA", "type": "cash", "company_id": self.company.id}
        )
        journal.inbound_payment_method_line_ids.payment_account_id = outstanding
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.hotel.id,
                "partner_type": "customer",
                "payment_type": "inbound",
                "amount": amount,
                "journal_id": journal.id,
                "company_id": self.company.id,
            }
        )
        payment.action_post()
        return payment

    def test_a_payment_opens_for_those_who_may_read_it_and_else_the_sheet(self):
        payment = self._pay(30.0)
        event = self._events(kind="payment")
        self.assertEqual(event.date.date(), payment.date)
        self.assertAlmostEqual(event.amount, 30.0)
        self.assertEqual(event.action_open()["tag"], "smart_recommender.client_sheet")
        self.supervisor.groups_id |= self.env.ref("account.group_account_invoice")
        opened = event.action_open()
        self.assertEqual((opened["res_model"], opened["res_id"]), ("account.payment", payment.id))
