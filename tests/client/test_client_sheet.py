"""The client sheet: everything of the whole commercial entity, and nothing of another company."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ..core.invoicing_common import InvoicingCommon
from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestClientSheet(CallCenterCommon):
    def test_the_sheet_of_a_contact_tells_of_the_company(self):
        order = self._create_order([(self.bottle, 3.0)], partner=self.hotel)
        quotation = self._create_order([self.cups], partner=self.cook, state="draft")
        sheet = self._sheet(partner=self.cook)
        self.assertEqual(sheet["identity"]["name"], "Fatima Cuisine")
        self.assertEqual(sheet["identity"]["entity_name"], "Hôtel Atlas")
        self.assertEqual([row["id"] for row in sheet["orders"]], order.ids)
        self.assertEqual([row["id"] for row in sheet["quotations"]], quotation.ids)
        self.assertEqual(sheet["status"]["key"], "active")
        self.assertEqual(sheet["status"]["order_count"], 1)

    def test_numbers_of_the_contact_come_first_and_none_twice(self):
        self.hotel.write({"mobile": "0522 98 76 54", "phone_third": "+212 700 000 001"})
        numbers = [phone["dial"] for phone in self._sheet(partner=self.cook)["identity"]["phones"]]
        self.assertEqual(numbers, ["+212522987654", "+212661234567", "+212700000001"])

    def test_emails_landmark_notes_and_operator_are_shown(self):
        self.hotel.write(
            {
                "email": "a@example.com",
                "email_second": "b@example.com",
                "landmark": "Face à la mosquée",
                "comment": "<p>Sonner deux fois</p>",
                "ai_operator_id": self.colleague.id,
            }
        )
        identity = self._sheet()["identity"]
        self.assertEqual(identity["emails"], ["a@example.com", "b@example.com"])
        self.assertEqual(identity["landmark"], "Face à la mosquée")
        self.assertEqual(identity["notes"], ["Sonner deux fois"])
        self.assertEqual(identity["operator"], self.colleague.name)

    def test_products_have_quantities_in_their_own_unit_and_a_rhythm(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        for days_ago in (40, 26, 12):
            self._create_order([(self.bottle, 4.0)], partner=self.hotel, days_ago=days_ago)
        order = self._create_order([(self.cups, 1.0)], partner=self.cook, days_ago=5, state="draft")
        order.order_line.product_uom = dozen
        order.write({"state": "sale", "date_order": fields.Datetime.now() - timedelta(days=5)})
        bottle, cups = self._sheet()["products"]
        self.assertEqual((bottle["product_id"], bottle["quantity"]), (self.bottle.id, 12.0))
        self.assertEqual((bottle["order_count"], bottle["interval_days"]), (3, 14.0))
        self.assertEqual((cups["product_id"], cups["quantity"]), (self.cups.id, 12.0))
        self.assertIsNone(cups["interval_days"])

    def test_archived_products_stay_in_the_history(self):
        self._create_order([self.bottle], partner=self.hotel)
        self.bottle.active = False
        (product,) = self._sheet()["products"]
        self.assertTrue(product["is_archived"])

    def test_calls_of_all_operators_are_told(self):
        self._create_call(user=self.colleague, description="Veut un devis", result="order")
        (call,) = self._sheet()["calls"]
        self.assertEqual(call["operator"], self.colleague.name)
        self.assertEqual((call["description"], call["is_reached"]), ("Veut un devis", True))

    def test_callbacks_tell_their_hour(self):
        moment = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        self._create_call(callback_at=moment)
        (callback,) = self._sheet(user=self.colleague)["callbacks"]
        self.assertEqual(callback["start"], fields.Datetime.to_string(moment))

    def test_a_suspension_is_told_with_its_reason(self):
        self.clients.with_user(self.supervisor)._suspend(self.company, self.hotel, "Litige")
        status = self._sheet()["status"]
        self.assertEqual((status["key"], status["reason"]), ("suspended", "Litige"))
        self.assertEqual(status["suspended_by"], self.supervisor.name)
        self.assertFalse(self._sheet()["may_suspend"])
        self.assertTrue(self._sheet(user=self.supervisor)["may_suspend"])

    def test_a_new_client_has_an_empty_sheet(self):
        partner = self.env["res.partner"].create({"name": "Tout neuf"})
        sheet = self._sheet(partner=partner)
        self.assertEqual((sheet["status"]["key"], sheet["money"]["balance"]), ("new", 0.0))
        self.assertFalse(
            sheet["orders"] or sheet["products"] or sheet["calls"] or sheet["identity"]["phones"]
        )

    def test_another_company_stays_out(self):
        other = self._create_company("Autre")
        self.hotel.company_id = False
        self._create_order([self.bottle], partner=self.hotel, company=other)
        self.calls.create({"company_id": other.id, "partner_id": self.hotel.id})
        sheet = self._sheet()
        self.assertFalse(sheet["orders"] or sheet["products"] or sheet["calls"])
        stranger = self.env["res.partner"].create({"name": "Secret", "company_id": other.id})
        with self.assertRaises(AccessError):
            self._sheet(partner=stranger)

    def test_only_operators_read_sheets(self):
        portal = new_test_user(self.env, login="sr_sheet_portal", groups="base.group_portal")
        for user in (self.salesperson, portal):
            with self.assertRaises(AccessError):
                self._sheet(user=user)
            with self.assertRaises(AccessError):
                self.env["ai.client.sheet"].with_user(user).search_clients("Atlas")
            with self.assertRaises(AccessError):
                self.env["ai.client.sheet"].with_user(user).get_desk()
        for user in (self.operator, self.supervisor, self.call_manager):
            self.assertTrue(self._sheet(user=user))

    def test_portal_users_see_none_of_our_fields(self):
        portal = new_test_user(self.env, login="sr_fields_portal", groups="base.group_portal")
        partners = self.env["res.partner"]
        ours = {
            "ai_operator_id",
            "ai_client_ids",
            "ai_client_status",
            "ai_call_ids",
            "phone_third",
            "phone_e164",
            "has_impossible_phone",
            "email_second",
            "landmark",
        }
        self.assertFalse(ours & set(partners.with_user(portal).fields_get()))
        for name in sorted(ours):
            with self.assertRaises(AccessError, msg=name):
                partners.with_user(portal).search([], order=name) if partners._fields[
                    name
                ].store else portal.partner_id.with_user(portal).read([name])

    def test_operators_read_all_orders_and_write_their_own(self):
        order = self._create_order(
            [self.bottle], partner=self.hotel, state="draft", user_id=self.salesperson.id
        )
        seen = order.with_user(self.operator)
        self.assertEqual(seen.read(["name"])[0]["name"], order.name)
        self.assertTrue(seen.order_line.read(["product_id"]))
        with self.assertRaises(AccessError):
            seen.write({"client_order_ref": "x"})

    def test_a_new_order_is_a_quotation_of_the_operator_saved_with_its_first_line(self):
        # Somebody else looks after the client: the operator could not write that one's quotation.
        self.hotel.user_id = self.salesperson
        before = self.env["sale.order"].search_count([])
        action = self.cook.with_user(self.operator).with_company(self.company).action_new_order()
        self.assertEqual(self.env["sale.order"].search_count([]), before)
        self.assertFalse(action.get("res_id"))
        orders = self.env["sale.order"].with_user(self.operator).with_context(**action["context"])
        with Form(orders) as form, form.order_line.new() as line:
            line.product_id = self.bottle.with_user(self.operator)
        order = form.record
        self.assertEqual((order.partner_id, order.user_id), (self.cook, self.operator))
        self.assertEqual((order.state, order.company_id), ("draft", self.company))

    def test_more_history_costs_no_more_queries(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._sheet()
            return self.env.cr.sql_log_count - before

        def add(number):
            for each in range(number):
                self._create_order([self.bottle, self.cups], partner=self.hotel, days_ago=each + 1)
                self._create_call(hours_ago=each + 1)

        add(1)
        self._sheet()
        first = count()
        add(4)
        self.assertLessEqual(count(), first + 1)

    def test_clients_are_found_by_name_reference_and_number(self):
        sheets = self.env["ai.client.sheet"].with_user(self.operator)
        self.hotel.ref = "C-042"

        def ids(query):
            return {match["id"] for match in sheets.search_clients(query)["matches"]}

        self.assertIn(self.hotel.id, ids("hôtel atl"))
        self.assertEqual(ids("C-042"), {self.hotel.id})
        self.assertEqual(ids("06 61 23 45 67"), {self.hotel.id})
        self.assertEqual(sheets.search_clients("0661234567")["number"], "+212661234567")
        self.assertEqual(ids("  "), set())
        self.assertFalse(sheets.search_clients("0700112233")["matches"])

    def test_the_desk_tells_callbacks_and_recent_calls_of_the_user(self):
        moment = fields.Datetime.now() + timedelta(days=1)
        self._create_call(callback_at=moment)
        self._create_call(hours_ago=3)
        self._create_call(user=self.colleague, partner=self.partner)
        desk = self.env["ai.client.sheet"].with_user(self.operator).get_desk()
        self.assertEqual([row["partner_id"] for row in desk["callbacks"]], self.hotel.ids)
        self.assertEqual([row["partner_id"] for row in desk["recent"]], self.hotel.ids)


@tagged("post_install", "-at_install")
class TestClientSheetMoney(InvoicingCommon, CallCenterCommon):
    def setUp(self):
        super().setUp()
        self.line = self._create_order([(self.bottle, 4.0)]).order_line

    def test_what_is_owed_needs_no_accounting_rights(self):
        invoice = self._invoice(4.0, days_ago=10)
        with self.assertRaises(AccessError):
            invoice.with_user(self.operator).read(["amount_residual"])
        money = self._sheet(partner=self.partner)["money"]
        self.assertEqual((money["balance"], money["overdue_amount"]), (140.0, 140.0))
        (row,) = money["invoices"]
        self.assertEqual((row["residual"], row["days_late"]), (140.0, 10))

    def test_credit_left_counts_what_is_not_yet_invoiced(self):
        self.company.account_use_credit_limit = True
        self.partner.with_company(self.company).credit_limit = 500.0
        self._create_order([(self.bottle, 2.0)])
        self._invoice(4.0, days_ago=1)
        money = self._sheet(partner=self.partner)["money"]
        # 140 are invoiced, 70 ordered and not invoiced.
        self.assertEqual((money["credit_limit"], money["credit_left"]), (500.0, 290.0))

    def test_without_a_limit_there_is_none_to_be_left(self):
        money = self._sheet(partner=self.partner)["money"]
        self.assertFalse(money["credit_limit"])
