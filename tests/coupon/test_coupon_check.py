"""Who validates a coupon, and what the answers give away: nothing."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import config

from .common import OPTION, CouponCommon

LOGGERS = "odoo.addons.smart_recommender.models.coupon"


@tagged("post_install", "-at_install")
class TestCouponCheck(CouponCommon):
    def test_an_operator_learns_what_a_coupon_is_good_for(self):
        coupon = self._coupon(50.0)
        answer = self._check(coupon)
        self.assertTrue(answer["ok"])
        self.assertEqual(answer["coupon"]["remaining"], 50.0)
        self.assertEqual(answer["coupon"]["expiry"], str(coupon.expiry_date))
        self.assertIn("50.00", answer["message"])
        self.assertEqual(coupon.wrong_tries, 0)

    def test_names_are_compared_without_case_accents_and_punctuation(self):
        coupon = self._coupon()
        for name in ("HOTEL ATLAS", "  hôtel-atlas ", "Hotel  Atlas."):
            self.assertTrue(self._check(coupon, name=name)["ok"], name)
        for name in ("Hotel", "", "Hotel Atlas Sud", False):
            self.assertFalse(self._check(coupon, name=name)["ok"], name)

    def test_a_contact_is_named_too(self):
        coupon = self._coupon(partners=self.cook)
        self.assertEqual(coupon.commercial_partner_id, self.hotel)
        for name in ("fatima cuisine", "hotel atlas"):
            self.assertTrue(self._check(coupon, name=name)["ok"], name)

    def test_blanks_in_an_id_do_not_count(self):
        coupon = self._coupon()
        spaced = f" {coupon.code[:4]} {coupon.code[4:]} "
        self.assertTrue(self._check(coupon, code=spaced, pin=f" {coupon._pin()} ")["ok"])

    def test_a_typing_error_counts_for_nothing(self):
        coupon = self._coupon()
        code = coupon.code[:-1] + str((int(coupon.code[-1]) + 1) % 10)
        for given in ({"code": code}, {"code": "12"}, {"pin": "12"}, {"pin": "12345"}):
            self.assertIn("ID" if "code" in given else "4 digits",
                          self._check(coupon, **given)["message"])  # fmt: skip
        self.assertEqual(coupon.wrong_tries, 0)
        self.assertFalse(self.env["ai.coupon.limit"].search([]))

    def test_all_wrong_answers_are_one(self):
        coupon, other = self._coupon(), self._coupon(partners=self.shared_partner)
        locked = self._coupon()
        locked.state = "locked"
        unknown = self.batches._codes(1)[0]
        answers = [
            self._check(coupon, code=unknown),
            self._check(coupon, pin=self._wrong_pin(coupon)),
            self._check(other),
            self._check(locked),
        ]
        self.assertEqual(len({str(answer) for answer in answers}), 1, answers)
        self.assertFalse(answers[0]["ok"])

    def test_all_wrong_answers_take_the_same_statements(self):
        coupon, other = self._coupon(), self._coupon(partners=self.shared_partner)
        unknown = self.batches._codes(1)[0]
        asked = [
            {"code": unknown, "pin": "1234"},
            {"code": coupon.code, "pin": self._wrong_pin(coupon)},
            {"code": other.code, "pin": other._pin()},
        ]
        self._check(coupon)
        counts = []
        for given in asked:
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._check(coupon, **given)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(counts)), 1, counts)

    def test_five_wrong_pins_lock_a_coupon_until_a_manager_unlocks_it(self):
        coupon = self._coupon()
        for _number in range(4):
            self._check(coupon, pin=self._wrong_pin(coupon))
        self.assertTrue(self._check(coupon)["ok"])
        self._check(coupon, pin=self._wrong_pin(coupon))
        self.assertEqual((coupon.state, coupon.wrong_tries), ("locked", 5))
        self.assertFalse(self._check(coupon)["ok"])
        with self.assertRaises(AccessError):
            coupon.with_user(self.supervisor).action_unlock()
        coupon.with_user(self.call_manager).action_unlock()
        self.assertEqual((coupon.state, coupon.wrong_tries), ("valid", 0))
        self.assertTrue(self._check(coupon)["ok"])

    def test_other_clients_count_as_wrong_tries(self):
        coupon = self._coupon()
        for _number in range(5):
            self._check(coupon, name="Somebody")
        self.assertEqual(coupon.state, "locked")

    def test_a_user_who_guesses_has_to_wait_even_with_unknown_ids(self):
        coupon = self._coupon()
        self.company.ai_coupon_user_tries = 3
        for code in self.batches._codes(3):
            self.assertFalse(self._check(coupon, code=code)["ok"])
        answer = self._check(coupon)
        self.assertFalse(answer["ok"])
        self.assertIn("hour", answer["message"])
        self.assertTrue(self._check(coupon, user=self.colleague)["ok"])
        self.env.cr.execute("UPDATE ai_coupon_limit SET since = since - interval '61 minutes'")
        self.assertTrue(self._check(coupon)["ok"])

    def test_all_users_of_an_address_wait(self):
        coupon = self._coupon()
        self.company.ai_coupon_address_tries = 2
        limits = type(self.env["ai.coupon.limit"])
        with patch.object(limits, "_address", lambda _self: "192.0.2.7"):
            for user in (self.operator, self.colleague):
                self._check(coupon, pin=self._wrong_pin(coupon), user=user)
            self.assertIn("hour", self._check(coupon, user=self.supervisor)["message"])
        self.assertTrue(self._check(coupon, user=self.supervisor)["ok"])

    def test_who_asks_over_rpc_shares_an_address(self):
        """Odoo hides the request, and with it the address, from what RPC calls."""
        coupon = self._coupon()
        self.company.ai_coupon_address_tries = 2
        for user in (self.operator, self.colleague):
            self._check(coupon, pin=self._wrong_pin(coupon), user=user)
        self.assertIn("hour", self._check(coupon, user=self.supervisor)["message"])
        limits = type(self.env["ai.coupon.limit"])
        with patch.object(limits, "_address", lambda _self: "192.0.2.7"):
            self.assertTrue(self._check(coupon, user=self.supervisor)["ok"])

    def test_its_client_learns_why_a_coupon_cannot_be_used(self):
        used, cancelled, expired = self._coupon(), self._coupon(), self._coupon()
        used.write({"state": "used", "remaining": 0})
        cancelled.with_user(self.call_manager).action_cancel()
        self._expire(expired)
        for coupon, word in ((used, "used"), (cancelled, "cancelled"), (expired, "expired")):
            answer = self._check(coupon)
            self.assertFalse(answer["ok"])
            self.assertIn(word, answer["message"])
            wrong = self._check(coupon, pin=self._wrong_pin(coupon))["message"]
            self.assertNotIn(f"{coupon.name} ", wrong)

    def test_coupons_of_another_company_are_unknown(self):
        other = self._create_company("Autre")
        coupon = self._coupon(partners=self.shared_partner, company=other)
        answer = self._check(coupon, name="Client de tous")
        self.assertIn("no coupon", answer["message"])
        self.assertEqual(coupon.wrong_tries, 0)

    def test_who_validates_is_a_setting(self):
        coupon = self._coupon()
        portal = new_test_user(self.env, login="sr_coupon_portal", groups="base.group_portal")
        for user in (self.salesperson, portal):
            with self.assertRaises(AccessError, msg=user.login):
                self._check(coupon, user=user)
        self.company.ai_coupon_validator = "supervisor"
        with self.assertRaises(AccessError):
            self._check(coupon)
        for user in (self.supervisor, self.call_manager):
            self.assertTrue(self._check(coupon, user=user)["ok"], user.login)

    def test_without_a_key_all_ask_for_it(self):
        coupon = self._coupon()
        pin = coupon._pin()
        with patch.dict(config.options, {OPTION: ""}):
            for code in (coupon.code, self.batches._codes(1)[0]):
                with self.assertRaisesRegex(UserError, OPTION):
                    self._check(coupon, code=code, pin=pin)
            with self.assertRaisesRegex(UserError, OPTION):
                self._coupon()
        with (
            patch.dict(config.options, {OPTION: "short"}),
            self.assertRaisesRegex(UserError, "32 characters"),
        ):
            self._coupon()

    def test_a_newer_key_makes_coupons_and_the_older_one_still_checks(self):
        coupon = self._coupon()
        pin = coupon._pin()
        with patch.dict(config.options, {f"{OPTION}_2": "another key for the tests of coupons"}):
            newer = self._coupon()
            self.assertEqual(newer.batch_id.key_version, 2)
            self.assertTrue(self._check(coupon, pin=pin)["ok"])
            self.assertTrue(self._check(newer)["ok"])
            newer_pin = newer._pin()
            with self.assertRaises(AccessError):
                coupon.batch_id.with_user(self.supervisor).action_renew_pins()
            renewed = self._coupon()
            renewed.batch_id.key_version = 1
            older_pin = renewed._pin()
            renewed.batch_id.with_user(self.call_manager).action_renew_pins()
            self.assertNotEqual(renewed._pin(), older_pin)
            self.assertTrue(self._check(renewed)["ok"])
        with self.assertRaisesRegex(UserError, "newest key already.*_2"):
            coupon.batch_id.with_user(self.call_manager).action_renew_pins()
        with self.assertLogs(LOGGERS, "ERROR"):
            self.assertFalse(self._check(newer, pin=newer_pin)["ok"])

    def test_no_log_names_a_code_or_a_pin(self):
        coupon = self._coupon()
        wrong = self._wrong_pin(coupon)
        with patch(f"{LOGGERS}.ai_coupon_check._logger") as logger:
            self._check(coupon, pin=wrong)
        text = str(logger.mock_calls)
        self.assertIn("Wrong coupon by user", text)
        for secret in (coupon.code, wrong, coupon._pin()):
            self.assertNotIn(secret, text)
