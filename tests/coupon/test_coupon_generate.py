"""Coupons are made in batches: how many, for whom, with codes and numbers that nobody has."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...algorithms.coupon import luhn
from .common import CouponCommon


@tagged("post_install", "-at_install")
class TestCouponGenerate(CouponCommon):
    def _wizard(self, user=None, **vals):
        wizards = self.env["ai.coupon.generate"].with_user(user or self.call_manager)
        wizards = wizards.with_company(self.company)
        return wizards.create({"amount": 20.0, "reason": "Retards", **vals})

    def test_a_batch_has_coupons_of_each_client(self):
        batch = self._generate(25.0, number=3, partners=self.partners)
        coupons = batch.coupon_ids
        self.assertEqual((len(coupons), batch.coupon_count, batch.total), (18, 18, 450.0))
        self.assertEqual(batch.remaining, 450.0)
        for partner in self.partners:
            self.assertEqual(len(coupons.filtered(lambda c, p=partner: c.partner_id == p)), 3)
        self.assertEqual(len(set(coupons.mapped("code"))), 18)
        self.assertEqual(len(set(coupons.mapped("name"))), 18)
        self.assertTrue(all(luhn.is_valid(code) for code in coupons.mapped("code")))
        self.assertEqual(coupons.mapped("state"), ["valid"] * 18)
        a_year_on = fields.Date.add(fields.Date.today(), years=1)
        self.assertLessEqual(abs(batch.expiry_date - a_year_on), timedelta(days=1))

    def test_coupons_of_a_client_in_a_batch_share_a_pin(self):
        first, second = self._generate(25.0, number=2).coupon_ids
        self.assertEqual(first._pin(), second._pin())
        pins = {
            self._generate(1.0, partners=partner).coupon_ids._pin() for partner in self.partners
        }
        self.assertGreater(len(pins), 3)
        self.assertRegex(first._pin(), r"^\d{4}$")

    def test_a_pin_stays_when_contacts_are_merged(self):
        coupon = self._coupon()
        pin = coupon._pin()
        coupon.commercial_partner_id = self.partner
        self.assertEqual(coupon._pin(), pin)

    def test_no_pin_is_stored(self):
        coupon = self._coupon()
        pin = coupon._pin()
        self.env.flush_all()
        for table, name in (("ai_coupon", "id"), ("ai_coupon_batch", "id")):
            row_id = coupon.id if table == "ai_coupon" else coupon.batch_id.id
            self.env.cr.execute(f"SELECT * FROM {table} WHERE {name} = %s", [row_id])
            texts = [value for value in self.env.cr.fetchone() if isinstance(value, str)]
            self.assertNotIn(pin, texts)

    def test_a_code_that_is_there_is_drawn_anew(self):
        coupon = self._coupon()
        fresh = self.batches._codes(1)
        with patch.object(luhn, "draw", side_effect=[{coupon.code}, set(fresh)]):
            self.assertEqual(self._coupon().code, fresh[0])

    def test_a_code_that_another_batch_takes_at_the_same_time_is_drawn_anew(self):
        coupon = self._coupon()
        fresh = self.batches._codes(1)
        batches = type(self.batches)
        with patch.object(batches, "_codes", side_effect=[[coupon.code], fresh]):
            self.assertEqual(self._coupon().code, fresh[0])
        with (
            patch.object(batches, "_codes", return_value=[coupon.code]),
            self.assertRaisesRegex(UserError, "just now"),
        ):
            self._coupon()

    def test_numbers_are_of_each_company(self):
        other = self._create_company("Autre")
        sequence = other._ai_coupon_sequence()
        self.assertEqual(sequence.company_id, other)
        sequence.number_next = 1  # a test before this one may have had the same company
        coupons = self._generate(5.0, number=3, partners=self.shared_partner, company=other)
        self.assertEqual(
            [name[-5:] for name in sorted(coupons.coupon_ids.mapped("name"))],
            ["00001", "00002", "00003"],
        )
        sequence.write({"implementation": "no_gap", "number_next": 10})
        self.assertEqual(
            self._generate(5.0, partners=self.shared_partner, company=other).coupon_ids.name[-2:],
            "10",
        )
        sequence.number_next = 10
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._generate(5.0, partners=self.shared_partner, company=other)

    def test_what_cannot_be_made_is_refused_in_words(self):
        yesterday = fields.Date.today() - timedelta(days=2)
        other = self._create_company("Autre")
        archived = self.partners[1]
        archived.active = False
        for vals, words in (
            ({"amount": 0.0}, "above zero"),
            ({"amount": 0.001}, "above zero"),
            ({"amount": -5.0}, "above zero"),
            ({"number": 0}, "how many"),
            ({"number": 100_001}, "too many"),
            ({"reason": "  "}, "why"),
            ({"expiry": yesterday}, "is over"),
            ({"partners": archived}, "archived"),
            ({"company": other}, "no client of"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, words):
                self._generate(**vals)

    # ------------------------------------------------------------------
    # The dialog
    # ------------------------------------------------------------------

    def test_the_preview_says_what_will_be_made(self):
        wizard = self._wizard(number=2, partner_ids=(self.hotel | self.cook | self.partner).ids)
        self.assertEqual((wizard.client_count, wizard.coupon_count, wizard.total), (2, 4, 80.0))
        self.assertIn("count once", wizard.notes)
        self.assertIn("e-mail", wizard.notes)
        action = wizard.action_generate()
        batch = self.batches.browse(action["res_id"])
        self.assertEqual((batch.coupon_count, batch.user_id), (4, self.call_manager))

    def test_a_list_names_clients_by_reference_address_or_name(self):
        self.hotel.ref = "HOT-1"
        self.partner.email = "client0@example.com"
        listed = "hot-1\n HOT-1 \nCLIENT0@example.com\nclient 1\n\n"
        wizard = self._wizard(client_list=listed.replace("hot-1", "HOT-1"))
        self.assertFalse(wizard.faults)
        self.assertEqual(wizard.client_count, 3)

    def test_a_list_that_is_not_clear_makes_nothing(self):
        self.env["res.partner"].create(
            [{"name": "Café", "company_id": self.company.id} for _number in range(2)]
        )
        wizard = self._wizard(client_list="Café\nPersonne_\n100%\nClient 1")
        self.assertIn("several clients", wizard.faults)
        self.assertIn("No client: Personne_", wizard.faults)
        self.assertIn("No client: 100%", wizard.faults)
        with self.assertRaisesRegex(UserError, "not clear"):
            wizard.action_generate()

    def test_a_long_list_takes_few_statements(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Longue {n}", "company_id": self.company.id} for n in range(300)]
        )
        wizard = self._wizard(client_list="\n".join(partners.mapped("name")))
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(wizard._clients()[0]), 300)
        self.assertLess(self.env.cr.sql_log_count - before, 30)

    def test_selected_clients_are_in_the_dialog(self):
        wizards = self.env["ai.coupon.generate"].with_user(self.call_manager)
        for model, records in (
            ("res.partner", self.hotel),
            ("ai.client", self.env["ai.client"].create(
                {"company_id": self.company.id, "partner_id": self.hotel.id}
            )),
        ):  # fmt: skip
            wizard = wizards.with_context(active_model=model, active_ids=records.ids).new(
                wizards.with_context(active_model=model, active_ids=records.ids).default_get(
                    ["partner_ids"]
                )
            )
            self.assertEqual(wizard.partner_ids._origin, self.hotel)

    def test_only_managers_generate(self):
        for user in (self.operator, self.supervisor, self.salesperson):
            with self.assertRaises(AccessError, msg=user.login):
                self._wizard(user=user, partner_ids=self.hotel.ids).action_generate()
        wizard = self._wizard(partner_ids=self.hotel.ids)
        with self.assertRaises(AccessError):
            wizard.with_user(self.supervisor).action_generate()

    def test_ten_thousand_take_few_statements(self):
        self._generate(1.0)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._generate(1.0, number=10_000)
        self.assertLess(self.env.cr.sql_log_count - before, 60)
