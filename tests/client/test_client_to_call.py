"""Whom to call, and why: reasons on each row, found by their keys."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestClientsToCall(CallCenterCommon):
    def _found(self, *domain, user=None):
        clients = self.clients.with_user(user or self.operator).with_company(self.company)
        return clients.search([("company_id", "=", self.company.id), *domain])

    def test_a_dormant_client_says_for_how_long(self):
        self._create_order([self.bottle], partner=self.hotel, days_ago=120)
        self._create_order([self.bottle], partner=self.partner)
        self._refresh()
        row = self._row().with_user(self.operator)
        self.assertEqual(row.call_reasons, "no order for 120 days")
        self.assertFalse(self._row(self.partner).call_reasons)
        self.assertEqual(self._found(("call_reasons", "=", "dormant")), row)
        self.assertEqual(self._found(("call_reasons", "!=", False)), row)
        self.assertEqual(self._found(("call_reasons", "=", False)), self._row(self.partner))
        self.assertFalse(self._found(("call_reasons", "=", "due")))

    def test_what_is_due_is_counted(self):
        for days_ago in (57, 43, 29, 15):
            self._create_order([self.bottle, self.cups], partner=self.hotel, days_ago=days_ago)
        self.runs.with_company(self.company)._train_now(self.company, "customers")
        self._refresh()
        self.assertEqual(self._row().call_reasons, "2 products due")

    def test_reasons_are_in_the_language_of_the_reader(self):
        self._activate_french()
        self._create_order([self.bottle], partner=self.hotel, days_ago=120)
        self._refresh()
        row = self._row()
        texts = {lang: row.with_context(lang=lang).call_reasons for lang in ("en_US", "fr_FR")}
        self.assertEqual(texts["en_US"], "no order for 120 days")

    def test_how_long_and_when_last(self):
        self._create_order([self.bottle], partner=self.cook, days_ago=40)
        self._create_order([self.bottle], partner=self.hotel, days_ago=3)
        self._refresh()
        row = self._row()
        today = fields.Date.today()
        self.assertLessEqual(abs((row.client_since - today + timedelta(days=40)).days), 1)
        self.assertEqual(row.last_contact_date.date(), row.last_order_date)

    def test_who_has_no_number_is_found(self):
        self._create_order([self.bottle], partner=self.hotel)
        self._create_order([self.bottle], partner=self.partner)
        self._refresh()
        self.assertEqual(self._found(("partner_id.has_any_number", "=", True)), self._row())
        self.assertEqual(
            self._found(("partner_id.has_any_number", "=", False)), self._row(self.partner)
        )

    def test_a_list_costs_no_query_for_each_client(self):
        for partner in self.partners:
            self._create_order([self.bottle], partner=partner, days_ago=120)
        self._refresh()
        rows = self._found(("call_reasons", "!=", False))

        def cost(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.operator).mapped("call_reasons")
            return self.env.cr.sql_log_count - before

        cost(rows)
        self.assertEqual(cost(rows[:2]), cost(rows))

    def test_others_see_nothing_of_it(self):
        with self.assertRaises(AccessError):
            self._found(("call_reasons", "!=", False), user=self.salesperson)


@tagged("post_install", "-at_install")
class TestMostActive(CallCenterCommon):
    def test_the_desk_knows_calendar_and_rolling_periods(self):
        today = self.env["ai.sales.extract"]._local_now(self.company).date()
        self._create_order([(self.bottle, 2.0)], partner=self.cook, days_ago=0)
        self._create_order([(self.bottle, 9.0)], partner=self.partner, days_ago=25)
        self._create_order([(self.bottle, 99.0)], partner=self.partner, days_ago=40)
        desk = self.env["ai.client.sheet"].with_user(self.operator).with_company(self.company)
        active = desk.get_desk()["active"]
        self.assertEqual(
            [(row["name"], row["revenue"]) for row in active["days_30"]],
            [(self.partner.name, 315.0), ("Hôtel Atlas", 70.0)],
        )
        self.assertEqual([row["partner_id"] for row in active["days_7"]], self.hotel.ids)
        self.assertEqual([row["partner_id"] for row in active["week"]], self.hotel.ids)
        in_month = today.day > 25
        self.assertEqual(len(active["month"]), 2 if in_month else 1)
