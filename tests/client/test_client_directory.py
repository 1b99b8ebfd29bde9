"""The directory: who is in it, found by which numbers, and whose number it is already."""

from odoo.tests import Form, tagged

from ..core.tours import TourCase
from .common import CallCenterCommon
from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestPhoneTyped(PhoneCommon):
    def _typed(self, text, operator="="):
        return self.people.with_user(self.operator).search([("phone_typed", operator, text)])

    def test_a_number_in_any_notation_finds_its_client(self):
        client = self._create_partner(phone="0661223344", mobile="0522123456 / 0522123457")
        for text in (
            "0661223344",
            "06 61 22 33 44",
            "+212 661-223344",
            "00212661223344",
            "0522123457",
        ):
            with self.subTest(text=text):
                self.assertEqual(self._typed(text), client)

    def test_a_part_of_a_number_finds_those_with_it(self):
        first = self._create_partner(phone="0661223344")
        second = self._create_partner("Autre", phone_third="0661229999")
        self.assertEqual(self._typed("066122"), first | second)
        self.assertEqual(self._typed("2299"), second)

    def test_a_name_with_digits_is_no_number(self):
        self._create_partner("Café 2000", phone="0520002000")
        for text in ("Café 2000", "20", "", "+"):
            self.assertFalse(self._typed(text), text)

    def test_colleagues_are_told_from_clients(self):
        marked = self._create_partner("Chauffeur", employee=True)
        client = self._create_partner("Client")
        people = marked | client | self.operator.partner_id | self.portal.partner_id
        seen = self.people.with_user(self.operator)
        own = [("id", "in", people.ids)]
        self.assertEqual(
            seen.search([*own, ("ai_is_employee", "=", True)]), marked | self.operator.partner_id
        )
        self.assertEqual(
            seen.search([*own, ("ai_is_employee", "=", False)]), client | self.portal.partner_id
        )
        self.assertTrue(self.operator.partner_id.with_user(self.operator).ai_is_employee)
        self.assertFalse(client.with_user(self.operator).ai_is_employee)


@tagged("post_install", "-at_install")
class TestPhoneTaken(PhoneCommon):
    def _form(self, **vals):
        form = Form(self.people.with_user(self.operator))
        for name, value in {"name": "Nouveau", **vals}.items():
            form[name] = value
        return form

    def test_the_form_says_whose_number_it_is(self):
        owner = self._create_partner(phone="0661223344")
        form = self._form(phone="06 61 22 33 44")
        self.assertEqual(form.phone_taken_id, owner)
        form.phone = "0661223345"
        self.assertFalse(form.phone_taken_id)

    def test_it_hinders_nobody(self):
        owner = self._create_partner(phone_third="0661223344")
        second = self._form(mobile="+212661223344").save()
        self.assertEqual(second.phone_taken_id, owner)
        self.assertEqual(owner.phone_taken_id, second)

    def test_further_numbers_of_a_field_count(self):
        owner = self._create_partner(phone="0522123456 / 0661223344")
        self.assertEqual(self._form(phone="0661223344").phone_taken_id, owner)

    def test_contacts_of_one_company_share_a_number(self):
        office = self._create_partner("Hôtel", is_company=True, phone="0522123456")
        clerk = self._create_partner("Ali", parent_id=office.id, phone="0522123456")
        self.assertFalse(clerk.phone_taken_id or office.phone_taken_id)
        form = self._form(parent_id=office, phone="0522123456")
        self.assertFalse(form.phone_taken_id)

    def test_an_active_contact_is_named_before_an_archived_one(self):
        self._create_partner("Ancien", phone="0661223344", active=False)
        owner = self._create_partner(phone="0661223344")
        self.assertEqual(self._form(phone="0661223344").phone_taken_id, owner)

    def test_who_is_hidden_by_a_rule_is_not_named(self):
        other = self._create_company("Autre")
        rule = self.env.ref("base.res_partner_rule")
        rule.active = True
        self._create_partner("Secret", phone="0661223344", company_id=other.id)
        self.assertFalse(self._form(phone="0661223344").phone_taken_id)
        self.operator.company_ids |= other
        both = self.people.with_user(self.operator)
        both = both.with_context(allowed_company_ids=(self.company | other).ids)
        form = Form(both)
        form.phone = "0661223344"
        self.assertEqual(form.phone_taken_id.name, "Secret")

    def test_portal_users_see_none_of_it(self):
        names = {"phone_taken_id", "phone_typed", "ai_is_employee"}
        self.assertFalse(names & set(self.people.with_user(self.portal).fields_get()))

    def test_a_list_costs_no_query_for_each_partner(self):
        def count(partners):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.mapped("phone_taken_id")
            return self.env.cr.sql_log_count - before

        partners = self.people.create(
            [{"name": f"Client {each}", "phone": f"066122334{each}"} for each in range(8)]
        )
        few = count(partners[:2])
        self.assertLessEqual(count(partners), few)


@tagged("post_install", "-at_install")
class TestDirectoryTours(CallCenterCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        supplier = cls.env["res.partner"].create({"name": "Fournisseur Tour"})
        supplier._increase_rank("supplier_rank")

    def _start(self, address, tour):
        self.start_tour(address, tour, login="sr_operator")

    def test_an_operator_finds_a_client_by_a_number(self):
        self._start(self._page("client_directory_action"), "smart_recommender_directory")

    def test_an_operator_is_told_whose_number_it_is(self):
        self._start(
            "/web#action=base.action_partner_form&view_type=form", "smart_recommender_number_taken"
        )
        twin = self.env["res.partner"].search([("name", "=", "Hôtel Atlas bis")])
        self.assertEqual(twin.phone_e164, "+212661234567")
