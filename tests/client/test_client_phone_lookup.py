"""Who calls: by whichever way an exchange writes a number, within the rights of who asks."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..client.phone_common import PhoneCommon

WAYS = (
    "0661223344",
    "661223344",
    "00212661223344",
    "212661223344",
    "+212661223344",
    " 212661223344",
    "+212 661-22.33.44",
    "sip:00212661223344@10.0.0.1",
    212661223344,
    661223344,
)


@tagged("post_install", "-at_install")
class TestPhoneLookup(PhoneCommon):
    def _ids(self, number, **context):
        return [match["id"] for match in self._found(number, **context)["matches"]]

    def test_every_way_to_write_a_number_finds_its_client(self):
        partner = self._create_partner(mobile="06 61 22 33 44", city="Rabat")
        for number in WAYS:
            with self.subTest(number=number):
                found = self._found(number)
                self.assertEqual(found["e164"], "+212661223344")
                self.assertEqual(
                    found["matches"],
                    [
                        {
                            "id": partner.id,
                            "name": "Épicerie Atlas",
                            "commercial_name": "Épicerie Atlas",
                            "commercial_id": partner.id,
                            "city": "Rabat",
                            "number": "06 61 22 33 44",
                            "active": True,
                        }
                    ],
                )
                self.assertEqual(found["message"], "")

    def test_all_three_numbers_are_looked_up_and_all_their_owners_found(self):
        first = self._create_partner("Un", phone="0661223344")
        second = self._create_partner("Deux", mobile="0661223344")
        third = self._create_partner("Trois", phone_third="00212661223344")
        self._create_partner("Autre", phone="0661223345")
        self.assertEqual(set(self._ids("0661223344")), {first.id, second.id, third.id})

    def test_each_of_several_numbers_in_one_field_finds_the_client(self):
        partner = self._create_partner(
            phone="0661223344 / 0662334455 0663445566", mobile="0522123456"
        )
        for number in ("0661223344", "+212662334455", "00212663445566", "0522123456"):
            with self.subTest(number=number):
                self.assertEqual(self._ids(number), [partner.id])
        found = self._found("0663445566")
        self.assertEqual(found["matches"][0]["number"], "+212663445566")
        self.assertEqual(found["e164"], "+212663445566")
        self.assertEqual(self._ids("0664556677"), [])

    def test_further_numbers_follow_the_rights_of_who_asks(self):
        other = self._create_company("Oujda Test", country_id=self.morocco.id)
        self._create_partner("Là-bas", phone="0661223344 / 0662334455", company_id=other.id)
        self.assertEqual(self._ids("0662334455"), [])

    def test_archived_clients_are_found_after_the_active_ones(self):
        archived = self._create_partner("Ancien", phone="0661223344", active=False)
        active = self._create_partner("Nouveau", phone="0661223344")
        self.assertEqual(self._ids("0661223344"), [active.id, archived.id])
        self.assertFalse(self._found("0661223344")["matches"][1]["active"])

    def test_hidden_short_and_impossible_numbers_match_nobody_and_say_why(self):
        self._create_partner("Service", phone="150")
        self._create_partner("Inconnu", phone="N/A")
        for number, words in (
            ("anonymous", "not shown"),
            ("", "not shown"),
            (False, "not shown"),
            (None, "not shown"),
            ("150", "short number"),
            ("0661", "not a valid"),
            ("9" * 5000, "not a valid"),
            ("0661223399", "No client"),
        ):
            with self.subTest(number=str(number)[:20]):
                found = self._found(number)
                self.assertEqual(found["matches"], [])
                self.assertIn(words, found["message"])
                self.assertLessEqual(len(found["number"]), 64)

    def test_a_contact_is_named_with_its_company(self):
        office = self._create_partner("Hôtel Anfa", is_company=True)
        self._create_partner("Salma", parent_id=office.id, phone="0661223344")
        match = self._found("0661223344")["matches"][0]
        self.assertEqual(
            (match["name"], match["commercial_name"], match["commercial_id"]),
            ("Salma", "Hôtel Anfa", office.id),
        )

    def test_a_national_number_is_read_by_the_countries_of_all_active_companies(self):
        alger = self._create_company("Alger Test", country_id=self.algeria.id)
        self.operator.company_ids |= alger
        client = self._create_partner("Oran", phone="+213551234567")
        both = (self.company | alger).ids
        self.assertEqual(self._ids("0551234567", allowed_company_ids=both), [client.id])
        self.assertEqual(
            self._found("0551234567", allowed_company_ids=both)["e164"], "+213551234567"
        )
        self.assertEqual(self._ids("0551234567", allowed_company_ids=self.company.ids), [])

    def test_clients_of_another_company_are_not_found(self):
        other = self._create_company("Oujda Test", country_id=self.morocco.id)
        ours = self._create_partner("Ici", phone="0661223344", company_id=self.company.id)
        self._create_partner("Là-bas", phone="0661223344", company_id=other.id)
        self.assertEqual(self._ids("0661223344"), [ours.id])
        self.operator.company_ids |= other
        both = (self.company | other).ids
        self.assertEqual(len(self._ids("0661223344", allowed_company_ids=both)), 2)

    def test_a_contact_whose_company_is_hidden_is_found_all_the_same(self):
        other = self._create_company("Oujda Test", country_id=self.morocco.id)
        office = self._create_partner("Caché", is_company=True, company_id=other.id)
        contact = self._create_partner("Salma", parent_id=office.id, phone="0661223344")
        self.env.cr.execute("UPDATE res_partner SET company_id = NULL WHERE id = %s", [contact.id])
        self.env.invalidate_all()
        self.assertEqual(self._ids("0661223344"), [contact.id])

    def test_open_opportunities_with_the_number_are_told(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": name, "phone": "0661223344", "user_id": user.id, **vals}
                for name, user, vals in (
                    ("À moi", self.operator, {}),
                    ("À un autre", self.manager, {}),
                    ("Perdue", self.operator, {"active": False}),
                )
            ]
        )
        leads.write({"country_id": self.morocco.id})
        won = self.env["crm.stage"].create({"name": "Gagné Test", "is_won": True})
        self.env["crm.lead"].create(
            {
                "name": "Gagnée",
                "phone": "+212661223344",
                "user_id": self.operator.id,
                "stage_id": won.id,
            }
        )
        found = self._found("0661223344")
        self.assertEqual(found["leads"], [{"id": leads[0].id, "name": "À moi"}])
        self.assertIn("an opportunity has it", found["message"])

    def test_only_operators_look_up_numbers(self):
        self._create_partner(phone="0661223344")
        for user in (self.salesperson, self.outsider, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._found("0661223344", user=user)
        self.assertTrue(self._found("0661223344", user=self.operator)["matches"])

    def test_the_number_of_statements_does_not_grow_with_the_matches(self):
        def statements(number):
            self.env.invalidate_all()
            self._found(number)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._found(number)
            return self.env.cr.sql_log_count - before

        self._create_partner("Un", phone="0661223344")
        for number in range(20):
            office = self._create_partner(f"Bureau {number}", is_company=True)
            self._create_partner(f"Client {number}", mobile="0661223355", parent_id=office.id)
        self.assertEqual(statements("0661223344"), statements("0661223355"))

    def test_the_look_up_uses_the_indexes(self):
        client = self._create_partner()
        client.flush_recordset()
        # Other modules have required columns; they are copied from a client of the ORM.
        stored = {name: field for name, field in self.people._fields.items() if field.store}
        required = {name for name, field in stored.items() if field.required and field.column_type}
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO res_partner (phone_e164, name, active, %(columns)s)
                SELECT '+21252' || lpad(n::text, 7, '0'), 'Client', true, %(columns)s
                  FROM res_partner, generate_series(1, 5000) AS n
                 WHERE id = %(client)s
                """,
                columns=SQL(", ").join(
                    map(SQL.identifier, (required | {"type"}) - {"name", "active"})
                ),
                client=client.id,
            )
        )
        self.env.cr.execute("ANALYZE res_partner")
        people = self.people.with_user(self.operator).with_context(active_test=False)
        numbers = ["+212520000007"]
        columns = ["phone_e164", "mobile_e164", "phone_third_e164"]
        query = people._search(["|", "|"] + [(column, "in", numbers) for column in columns])
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("phone_third_e164", plan)
        self.assertNotIn("Seq Scan on res_partner", plan)
