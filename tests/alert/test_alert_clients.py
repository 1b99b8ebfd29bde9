"""What is told of a client, to whom, and once only until it changes."""

from datetime import date, timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from .common import ClientAlertCommon


@tagged("post_install", "-at_install")
class TestClientAlerts(ClientAlertCommon):
    def _invoice_of(self, days_ago, amount=10):
        return self._invoice(amount, days_ago=days_ago)

    def _settle(self, invoice):
        refund = invoice._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        return refund

    # ------------------------------------------------------------------
    # Unpaid invoices
    # ------------------------------------------------------------------

    def test_who_owes_for_long_is_to_be_called_once(self):
        rule = self._only("unpaid")
        self._invoice_of(days_ago=14)
        self.assertFalse(self._run())
        self._invoice_of(days_ago=16)
        alert = self._run()
        self.assertEqual((alert.partner_id, alert.user_id), (self.partner, self.operator))
        self.assertEqual(alert.since, fields.Date.today() - timedelta(days=16))
        activity = alert.activity_id
        self.assertEqual((activity.res_id, activity.user_id), (self.partner.id, self.operator))
        self.assertEqual(activity.activity_type_id, self.env.ref("mail.mail_activity_data_call"))
        self.assertIn("unpaid", activity.summary)
        self.assertFalse(self._run())
        self.assertEqual(rule.open_count, 1)

    def test_what_is_paid_is_taken_back_and_what_comes_again_is_told_again(self):
        self._only("unpaid")
        invoice = self._invoice_of(days_ago=20)
        first = self._run()
        activity = first.activity_id
        self._settle(invoice)
        self.assertFalse(self._run())
        self.assertFalse(first.is_open)
        self.assertTrue(first.closed_on)
        self.assertFalse(activity.exists())
        self._invoice_of(days_ago=18)
        second = self._run()
        self.assertTrue(second.is_open)
        self.assertNotEqual(first, second)

    def test_the_amount_follows_while_it_holds(self):
        self._only("unpaid")
        self._invoice_of(days_ago=20)
        alert = self._run()
        self.assertEqual(alert.amount, 350.0)
        self._invoice_of(days_ago=17, amount=2)
        self._run()
        self.assertEqual(alert.amount, 420.0)

    def test_without_an_operator_in_charge_a_supervisor_is_told(self):
        self._only("unpaid")
        self.partner.ai_operator_id = False
        self._invoice_of(days_ago=20)
        self.assertEqual(self._run().user_id, self.supervisor)

    def test_the_rule_names_whom_to_tell(self):
        self._invoice_of(days_ago=20)
        self._only("unpaid", tell="user", user_id=self.colleague.id)
        self.assertEqual(self._run().user_id, self.colleague)
        self._only("overdue", tell="nobody")
        alert = self._run()
        self.assertEqual(alert.kind, "overdue")
        self.assertFalse(alert.user_id | alert.activity_id.user_id)

    def test_what_is_switched_off_is_closed(self):
        rule = self._only("unpaid")
        self._invoice_of(days_ago=20)
        alert = self._run()
        rule.active = False
        self._run()
        self.assertFalse(alert.is_open)
        self.assertFalse(alert.activity_id)

    def test_the_operators_language(self):
        self._activate_french()
        self.operator.lang = "fr_FR"
        self._only("unpaid")
        self._invoice_of(days_ago=20)
        self.assertIn("impayés", self._run().activity_id.summary)

    # ------------------------------------------------------------------
    # Credit
    # ------------------------------------------------------------------

    def test_who_comes_above_the_limit_is_told_once_and_again_only_after_falling_below(self):
        self._only("credit")
        self.company.account_use_credit_limit = True
        self.partner.with_company(self.company).credit_limit = 300.0
        invoice = self._invoice_of(days_ago=0)
        alert = self._run()
        self.assertEqual((alert.amount, alert.kind), (350.0, "credit"))
        self.assertIn("300", alert.sentence)
        self.assertFalse(self._run())
        self._settle(invoice)
        self._run()
        self.assertFalse(alert.is_open)
        self._invoice_of(days_ago=0)
        self.assertTrue(self._run())

    def test_the_threshold_is_a_share_of_the_limit(self):
        self._only("credit", threshold=200)
        self.company.account_use_credit_limit = True
        self.partner.with_company(self.company).credit_limit = 300.0
        self._invoice_of(days_ago=0)
        self.assertFalse(self._run())
        self._rule("credit", threshold=90)
        self.assertTrue(self._run())

    def test_without_credit_limits_nobody_is_above_one(self):
        self._only("credit")
        self.partner.with_company(self.company).credit_limit = 1.0
        self.company.account_use_credit_limit = False
        self._invoice_of(days_ago=0)
        self.assertFalse(self._run())

    # ------------------------------------------------------------------
    # A year
    # ------------------------------------------------------------------

    def _anniversaries(self, first, today):
        rule = self._rule("anniversary")
        rules = type(rule)
        with (
            patch.object(rules, "_first_days", lambda _self: {self.partner.id: first}),
            patch.object(rules, "_today", lambda _self: today),
        ):
            return rule._facts()

    def test_a_year_after_the_first_order(self):
        first = date(2025, 11, 28)
        self.assertFalse(self._anniversaries(first, date(2026, 11, 27)))
        self.assertTrue(self._anniversaries(first, date(2026, 11, 28)))
        # The server was off for some days.
        self.assertTrue(self._anniversaries(first, date(2026, 12, 2)))
        self.assertFalse(self._anniversaries(first, date(2026, 12, 6)))

    def test_the_29th_of_february(self):
        self.assertTrue(self._anniversaries(date(2024, 2, 29), date(2025, 2, 28)))

    def test_a_contract_says_since_when_a_client_is_one(self):
        self._create_order([self.bottle], partner=self.hotel, days_ago=400)
        self._refresh()
        rule = self._rule("anniversary")
        self.assertFalse(rule._facts())
        start = fields.Date.today() - relativedelta(years=1)
        self.env["ai.client.contract"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.cook.id,
                "start_date": start,
                "months": 24,
                "product_id": self.bottle.id,
                "quantity": 5,
            }
        )
        [fact] = rule._facts()
        self.assertEqual((fact.partner_id, fact.since), (self.hotel.id, start))

    def test_a_supervisor_gets_one_list_of_whom(self):
        self._only("anniversary")
        self.operator.notification_type = self.supervisor.notification_type = "inbox"
        for partner in (self.partner, self.hotel):
            self._create_order([self.bottle], partner=partner, days_ago=366)
        alerts = self._run()
        self.assertEqual(alerts.partner_id, self.partner | self.hotel)
        self.assertFalse(alerts.activity_id)
        messages = self.env["mail.message"].search(
            [("partner_ids", "in", self.supervisor.partner_id.ids)]
        )
        self.assertEqual(len(messages), 1)
        self.assertIn("Hôtel Atlas", messages.body)
        self.assertIn("One year a client", messages.subject)

    # ------------------------------------------------------------------
    # The warehouse and call-backs
    # ------------------------------------------------------------------

    def _deliver(self):
        order = self._create_order(
            [self.bottle], partner=self.hotel, state="draft", user_id=self.operator.id
        )
        order.action_confirm()
        for move in order.picking_ids.move_ids:
            move.quantity = move.product_uom_qty
            move.picked = True
        order.picking_ids.with_context(skip_backorder=True).button_validate()
        return order

    def test_who_took_an_order_is_told_when_it_leaves_the_warehouse(self):
        self._rule("validated", active=True)
        order = self._deliver()
        alert = self.alerts.search([("kind", "=", "validated")])
        self.assertEqual((alert.user_id, alert.partner_id), (self.operator, self.hotel))
        self.assertIn(order.name, alert.sentence)
        self.assertFalse(alert.is_open)
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.operator.partner_id.ids), ("body", "ilike", order.name)]
        )
        self.assertEqual(len(message), 1)

    def test_nobody_is_told_of_deliveries_where_it_is_switched_off(self):
        self._rule("validated", active=False)
        self._deliver()
        self.assertFalse(self.alerts.search([("kind", "=", "validated")]))

    def test_call_backs_of_today_are_told_in_one_message(self):
        self._only("callback")
        with patch.object(
            type(self.env["ai.alert.rule"]), "_today", lambda _self: fields.Date.today()
        ):
            self._create_call(callback_at=fields.Datetime.now() + timedelta(seconds=30))
            self._create_call(callback_at=fields.Datetime.now() + timedelta(days=3))
            alert = self._run()
        self.assertEqual((alert.kind, alert.user_id), ("callback", self.operator))
        self.assertIn("Call back at", alert.sentence)
