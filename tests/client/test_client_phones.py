"""Numbers in E.164 by every way to write, and what becomes of impossible ones."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestPhones(PhoneCommon):
    def _e164(self, number, **vals):
        return self._create_partner(phone=number, **vals).phone_e164

    def test_a_leading_zero_becomes_the_code_of_the_country(self):
        for country, number, e164 in (
            (self.morocco, "0661 22 33 44", "+212661223344"),
            (self.morocco, "05.22.12.34.56", "+212522123456"),
            (self.algeria, "0551 23 45 67", "+213551234567"),
            (self.algeria, "021 63 45 67", "+21321634567"),
            (self.congo, "0812 345 678", "+243812345678"),
        ):
            with self.subTest(number=number):
                self.assertEqual(self._e164(number, country_id=country.id), e164)

    def test_other_ways_to_write_one_number_are_the_same(self):
        for number in (
            "+212661223344",
            "00212661223344",
            "00 212 661-22-33-44",
            "(00212) 661 22 33 44",
            "+212 (0) 661 22 33 44",
            "+2120661223344",
            "212661223344",
            "661223344",
            "0661/22/33/44",
            "\u202a+212 661 22 33 44\u202c",
            "0661 22 33 44 (Ahmed)",
            "Ahmed 0661 22 33 44",
            "tel:+212661223344",
            "sip:+212661223344@pbx.example",
        ):
            with self.subTest(number=number):
                partner = self._create_partner(phone=number)
                self.assertEqual(partner.phone_e164, "+212661223344")
                self.assertEqual(partner.phone, number)
                self.assertFalse(partner.has_impossible_phone)

    def test_the_first_of_two_numbers_in_one_field_counts(self):
        for number in (
            "0661223344 / 0662334455",
            "0661223344/0662334455",
            "0661 22 33 44 ou 0662 33 44 55",
            "0661223344; 0662334455",
            "0661223344 - 0662334455",
            "123 / 0661223344",
        ):
            with self.subTest(number=number):
                self.assertEqual(self._e164(number), "+212661223344")

    def test_all_numbers_of_a_field_are_kept_whatever_separates_them(self):
        for number in (
            "0661223344 / 0662334455",
            "0661223344/0662334455",
            "0661223344\\0662334455",
            "0661 22 33 44 ou 0662 33 44 55",
            "0661 22 33 44 0662 33 44 55",
            "0661/22/33/44 - 0662/33/44/55",
            "0661223344-0662334455",
            "0661223344.0662334455",
            "0661223344,,0662334455",
            "0661223344:0662334455",
            "0661223344+0662334455",
            "0661223344\n0662334455",
            "0661223344(0662334455)",
            "06612233440662334455",
            "661223344 662334455",
            "+212661223344+212662334455",
            "Ahmed 0661 22 33 44, Fatima 0662 33 44 55",
        ):
            with self.subTest(number=number):
                partner = self._create_partner(phone=number)
                self.assertEqual(partner.phone_e164, "+212661223344")
                self.assertEqual(partner.phone_further_e164, "+212662334455")
                self.assertFalse(partner.has_impossible_phone)
                self.assertEqual(partner.phone, number)

    def test_further_numbers_of_all_fields_are_kept_once(self):
        partner = self._create_partner(
            phone="0661223344 / 0662334455 / 0033612345678", mobile="0662334455 / 0663445566"
        )
        self.assertEqual(partner.mobile_e164, "+212662334455")
        self.assertEqual(partner.phone_further_e164, "+33612345678 +212663445566")
        partner.phone = "0661223344"
        self.assertEqual(partner.phone_further_e164, "+212663445566")
        partner.mobile = False
        self.assertFalse(partner.phone_further_e164)

    def test_a_second_number_that_is_none_is_marked(self):
        for number in ("0661223344 / 06623344", "0661223344 / +999 12345678"):
            with self.subTest(number=number):
                partner = self._create_partner(phone=number)
                self.assertEqual(partner.phone_e164, "+212661223344")
                self.assertTrue(partner.has_impossible_phone)
        for number in ("123 / 0661223344", "0522123456 / 57"):
            self.assertFalse(self._create_partner(phone=number).has_impossible_phone)

    def test_what_a_spreadsheet_makes_of_a_number_is_recognised(self):
        for number in (
            "661990066.0",
            "661990066,00",
            "0661990066.0",
            "212661990066.0",
            "2.12661990066E+11",
            "2,12661990066e+11",
            "6.61990066E8",
        ):
            with self.subTest(number=number):
                partner = self._create_partner(phone=number)
                self.assertEqual(partner.phone_e164, "+212661990066")
                self.assertFalse(partner.has_impossible_phone)
        self.assertFalse(self._create_partner(phone="150.0").has_impossible_phone)

    def test_a_zero_in_front_that_is_lost_comes_back(self):
        ivory_coast = self.env.ref("base.ci")
        for number in ("0102030405", "102030405", "102030405.0", "01 02 03 04 05"):
            with self.subTest(number=number):
                self.assertEqual(self._e164(number, country_id=ivory_coast.id), "+2250102030405")

    def test_rounded_numbers_and_typing_errors_are_marked_and_of_no_other_country(self):
        # Six digits of twelve; a digit too many, which with a plus would be one of Thailand.
        for number in ("2.12662E+11", "6.6199E+08", "6619900660", "6612233445"):
            with self.subTest(number=number):
                partner = self._create_partner(phone=number)
                self.assertFalse(partner.phone_e164)
                self.assertTrue(partner.has_impossible_phone)

    def test_a_number_of_another_country_needs_no_plus(self):
        self.assertEqual(self._e164("33612345678"), "+33612345678")
        self.assertEqual(self._e164("33 / 0661223344"), "+212661223344")

    def test_an_extension_does_not_hide_the_number(self):
        for number in ("0522 12 34 56 ext. 12", "0522123456 x12", "0522 12 34 56 poste 12"):
            with self.subTest(number=number):
                self.assertEqual(self._e164(number), "+212522123456")

    def test_a_short_service_number_is_neither_a_client_nor_impossible(self):
        for number in ("15", "150", "1548", "42 042"):
            with self.subTest(number=number):
                partner = self._create_partner(phone=number)
                self.assertFalse(partner.phone_e164)
                self.assertFalse(partner.has_impossible_phone)

    def test_impossible_numbers_are_kept_and_marked_by_a_remote_call(self):
        for number in ("0661", "06612233445566", "N/A", "+999 12345678", "0123456789"):
            with self.subTest(number=number):
                partner = self._create_partner(mobile=number)
                self.assertEqual(partner.mobile, number)
                self.assertFalse(partner.mobile_e164)
                self.assertTrue(partner.has_impossible_phone)
        partner.write({"mobile": "0661223344"})
        self.assertFalse(partner.has_impossible_phone)
        partner.write({"mobile": "  "})
        self.assertFalse(partner.has_impossible_phone)

    def test_each_of_three_numbers_has_its_column(self):
        partner = self._create_partner(
            phone="0522123456", mobile="0661223344", phone_third="0771234567"
        )
        self.assertEqual(
            (partner.phone_e164, partner.mobile_e164, partner.phone_third_e164),
            ("+212522123456", "+212661223344", "+212771234567"),
        )
        partner.mobile = False
        self.assertFalse(partner.mobile_e164)

    def test_a_change_of_country_reads_the_number_again(self):
        partner = self._create_partner(phone="0551234567", country_id=self.algeria.id)
        self.assertEqual(partner.phone_e164, "+213551234567")
        partner.country_id = self.france
        self.assertEqual(partner.phone_e164, "+33551234567")

    def test_a_contact_takes_the_country_of_its_company(self):
        office = self._create_partner(is_company=True, country_id=self.congo.id)
        contact = self._create_partner("Joseph", parent_id=office.id, phone="0812345678")
        contact.country_id = False
        self.assertEqual(contact.phone_e164, "+243812345678")
        office.country_id = self.algeria
        contact.country_id = False
        contact.phone = "0551234567"
        self.assertEqual(contact.phone_e164, "+213551234567")

    def test_the_country_of_a_company_of_odoo_is_the_last_resort(self):
        alger = self._create_company("Alger Test", country_id=self.algeria.id)
        self.assertEqual(self._e164("0551234567", company_id=alger.id), "+213551234567")
        shared = self.people.with_company(alger).create({"name": "Sans", "phone": "0551234567"})
        self.assertEqual(shared.phone_e164, "+213551234567")

    def test_a_country_that_the_company_gets_later_reads_marked_numbers_again(self):
        late = self._create_company("Kinshasa Test")
        own = self._create_partner("Un", phone="0812345678", company_id=late.id)
        shared = self.people.with_company(late).create({"name": "Deux", "phone": "0812345678"})
        (own | shared).flush_recordset()
        self.assertEqual((own | shared).mapped("has_impossible_phone"), [True, True])
        late.with_company(late).country_id = self.congo
        self.assertEqual((own | shared).mapped("phone_e164"), ["+243812345678"] * 2)
        self.assertEqual((own | shared).mapped("has_impossible_phone"), [False, False])

    def test_writing_many_parses_a_number_once(self):
        partners = self.people.create(
            [{"name": f"Client {n}", "phone": f"06612233{n:02d}"} for n in range(30)]
        )
        self.assertEqual(partners[7].phone_e164, "+212661223307")
        partners.write({"phone": "0522123456"})
        self.assertEqual(set(partners.mapped("phone_e164")), {"+212522123456"})

    def test_the_form_shows_numbers_in_the_way_of_their_country(self):
        with Form(self.people) as form:
            form.name = "Pharmacie Anfa"
            form.country_id = self.algeria
            form.phone = "0551234567"
            form.phone_third = "00213551234568"
            self.assertEqual(form.phone, "+213 551 23 45 67")
            self.assertEqual(form.phone_third, "+213 551 23 45 68")
            form.mobile = "0551234569"
            self.assertEqual(form.mobile, "+213 551 23 45 69")
        self.assertEqual(form.record.phone_third_e164, "+213551234568")

    def test_the_form_refuses_an_impossible_number_and_says_what_to_do(self):
        form = Form(self.people)
        form.name = "Pharmacie Anfa"
        form.country_id = self.morocco
        form.phone = "0661"
        with self.assertRaises(ValidationError) as refused:
            form.save()
        for words in ("0661", "Pharmacie Anfa", "Morocco", "+212", "country code"):
            self.assertIn(words, str(refused.exception))

    def test_the_form_refuses_an_impossible_number_of_a_known_client(self):
        partner = self._create_partner(phone="0661223344")
        with self.assertRaises(ValidationError), Form(partner) as form:
            form.mobile = "066122"

    def test_the_form_says_when_no_country_is_known(self):
        nowhere = self._create_company("Nulle Part")
        form = Form(self.people.with_company(nowhere))
        form.name = "Pharmacie Anfa"
        form.phone = "0661223344"
        with self.assertRaisesRegex(ValidationError, "no country is known"):
            form.save()

    def test_an_old_impossible_number_does_not_stop_other_changes_in_the_form(self):
        partner = self._create_partner(mobile="N/A")
        with Form(partner) as form:
            self.assertTrue(form.has_impossible_phone)
            form.name = "Épicerie du Marché"
            form.phone = "0661223344"
            form.phone_third = "150"
        self.assertEqual((partner.phone_e164, partner.mobile), ("+212661223344", "N/A"))

    def test_an_import_keeps_an_impossible_number_with_a_warning(self):
        result = self.people.load(
            ["name", "phone", "mobile"],
            [["Un", "0661223344", ""], ["Deux", "0661", ""], ["Trois", "", "N/A"]],
        )
        partners = self.people.browse(result["ids"])
        self.assertEqual(partners.mapped("phone"), ["0661223344", "0661", False])
        self.assertEqual(partners[0].phone_e164, "+212661223344")
        self.assertEqual(partners.mapped("has_impossible_phone"), [False, True, True])
        self.assertEqual(
            [(m["type"], m["field"], m["record"]) for m in result["messages"]],
            [("warning", "phone", 1), ("warning", "mobile", 2)],
        )
        self.assertIn("0661 of Deux", result["messages"][0]["message"])

    def test_an_import_names_the_row_of_each_of_equal_numbers_and_of_contacts(self):
        result = self.people.load(
            ["name", "phone", "child_ids/name", "child_ids/phone"],
            [["Un", "N/A", "", ""], ["Deux", "N/A", "Ali", "0661"], ["", "", "Omar", "12"]],
        )
        self.assertEqual(
            [(m["field_path"], m["record"]) for m in result["messages"]],
            [(["phone"], 0), (["phone"], 1), (["child_ids", "phone"], 1)],
        )

    def test_warnings_do_not_stop_the_import_screen(self):
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "res.partner",
                "file": b"name,phone\nUn,0661223344\nDeux,0661\n",
                "file_type": "text/csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        columns = ["name", "phone"]
        for dryrun in (True, False):
            result = wizard.execute_import(columns, columns, dict(options), dryrun=dryrun)
            self.assertEqual(result["messages"], [])
            self.assertEqual([w["record"] for w in result["phone_warnings"]], [1])
        self.assertEqual(self.people.browse(result["ids"]).mapped("phone"), ["0661223344", "0661"])

    def test_contacts_written_with_their_company_in_a_form_are_checked_too(self):
        office = self._create_partner(is_company=True)
        with self.assertRaises(ValidationError):
            office.web_save({"child_ids": [(0, 0, {"name": "Ali", "phone": "0661"})]}, {})

    def test_the_filter_finds_marked_clients(self):
        marked = self._create_partner(phone="0661")
        arch = self.people.get_view(view_type="search")["arch"]
        self.assertIn("impossible_phone", arch)
        found = self.people.search([("has_impossible_phone", "=", True), ("id", "=", marked.id)])
        self.assertEqual(found, marked)

    def test_customers_of_the_portal_see_none_of_the_new_fields(self):
        own = self.portal.partner_id.with_user(self.portal)
        hidden = {
            "phone_third",
            "email_second",
            "landmark",
            "phone_e164",
            "mobile_e164",
            "phone_third_e164",
            "phone_further_e164",
            "has_impossible_phone",
        }
        self.assertFalse(hidden & set(own.fields_get()))
        for name in hidden:
            with self.assertRaises(AccessError):
                own.read([name])
            with self.assertRaises(AccessError):
                own.search([], order=name)
        self.assertIn("mobile", own.fields_get())

    def test_a_customer_who_corrects_an_own_number_is_normalised(self):
        self.portal.partner_id.with_user(self.portal).sudo().write({"phone": "0661223344"})
        self.assertEqual(self.portal.partner_id.phone_e164, "+212661223344")
