"""Accounts and the exchange: whose secrets are read by whom."""

import hashlib
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, TelephonyCommon

SECRETS = {
    "ai.telephony.account": ("ha1",),
    "ai.telephony.server": ("turn_secret", "key_digest"),
}


@tagged("post_install", "-at_install")
class TestTelephonyAccount(TelephonyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user(
            "sr_tel_admin", "base.group_system,smart_recommender.group_call_manager"
        )
        exporting = cls.env.ref("base.group_allow_export")
        for user in cls.operator | cls.colleague | cls.supervisor | cls.call_manager | cls.admin:
            user.groups_id |= exporting
        words = f"101:asterisk:{PASSWORD}"
        cls.digest = hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()

    def _mine(self, user, company=None):
        accounts = self.env["ai.telephony.account"].with_user(user)
        return accounts.with_company(company or self.company).my_account()

    def test_an_operator_gets_its_own_account(self):
        mine = self._mine(self.operator)
        self.assertEqual(mine["ha1"], self.digest)
        self.assertEqual(mine["uri"], "sip:101@telephone.example.com")
        self.assertEqual(mine["realm"], "asterisk")
        self.assertEqual(mine["level2"], "200")
        self.assertEqual(
            mine["ice_servers"],
            [
                {"urls": "stun:stun.example.com:3478"},
                {
                    "urls": "turn:turn.example.com",
                    "username": "odoo",
                    "credential": "relay password",
                },
            ],
        )
        self.assertEqual(mine["presence"], {"state": "ready", "reason": False})
        self.assertTrue(mine["break_reasons"])
        self.assertNotEqual(self._mine(self.colleague)["ha1"], self.digest)

    def test_without_an_account_or_exchange_there_is_none(self):
        self.assertIsNone(self._mine(self.supervisor))
        self.server.active = False
        self.assertIsNone(self._mine(self.operator))

    def test_others_are_refused(self):
        for user in self.seller | self.portal:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._mine(user)

    def test_nobody_reads_a_secret(self):
        self.server.action_new_key()
        users = self.operator | self.colleague | self.supervisor | self.call_manager | self.admin
        for user in users | self.seller | self.portal:
            for name, secrets in SECRETS.items():
                records = self.env[name].sudo().search([]).with_user(user).sudo(False)
                for secret in secrets:
                    for read in (
                        lambda: records.read([secret]),  # noqa: B023
                        lambda: records.search_read([], [secret]),  # noqa: B023
                        lambda: _grouped(records, secret),  # noqa: B023
                        lambda: records.search([(secret, "!=", False)]),  # noqa: B023
                        lambda: records.search([], order=secret),  # noqa: B023
                        lambda: records.write({secret: "x"}),  # noqa: B023
                    ):
                        with self.subTest(user=user.login, secret=secret):
                            self._assert_refused(read)
                self._assert_not_exported(records, secrets)
                if user in self.admin | self.call_manager:
                    self.assertFalse(set(secrets) & set(records.fields_get()))
                    text = str(records.read())
                    for told in (self.digest, PASSWORD, "relay password"):
                        self.assertNotIn(told, text)

    def _assert_not_exported(self, records, secrets):
        try:
            text = str(records.export_data(list(secrets)))
        except (UserError, ValueError):
            return
        self.fail(text)

    def test_a_secret_is_not_told_over_http(self):
        for login in ("sr_tel_admin", "sr_colleague"):
            self.authenticate(login, login)
            params = {
                "model": "ai.telephony.account",
                "method": "read",
                "args": [self.account.ids, ["ha1"]],
                "kwargs": {},
            }
            with mute_logger("odoo.http"):
                answer = self.url_open(
                    "/web/dataset/call_kw",
                    data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                    headers={"Content-Type": "application/json"},
                )
            self.assertIn("error", answer.json())
            self.assertNotIn(self.digest, answer.text)

    def test_operators_see_their_own_account_and_supervisors_all(self):
        accounts = self.env["ai.telephony.account"]
        self.assertEqual(accounts.with_user(self.operator).search([]), self.account)
        both = self.account | self.second
        self.assertEqual(accounts.with_user(self.supervisor).search([]) & both, both)

    def test_managers_alone_set_passwords(self):
        for user in self.operator | self.supervisor:
            with self.assertRaises(AccessError):
                self.account.with_user(user).set_secret(PASSWORD)
        account = self.account.with_user(self.call_manager)
        account.password = "another password"
        self.assertFalse(account.password)
        self.assertNotEqual(self._mine(self.operator)["ha1"], self.digest)
        account.set_secret(PASSWORD)
        self.assertEqual(self._mine(self.operator)["ha1"], self.digest)
        with self.assertRaises(UserError):
            account.set_secret("short")

    def test_another_extension_or_realm_needs_its_password_again(self):
        self.account.extension = "103"
        self.assertIsNone(self._mine(self.operator))
        self.server.realm = "exchange"
        self.assertIsNone(self._mine(self.colleague))
        self.assertFalse(self.second.has_password)

    def test_companies_have_exchanges_and_accounts_of_their_own(self):
        other = self._create_company("Kivu")
        self.operator.company_ids = [Command.link(other.id)]
        self.assertIsNone(self._mine(self.operator, other))
        server = self._create_server(other, domain="kivu.example.com")
        self._create_account(self.operator, "900", server)
        self.assertEqual(self._mine(self.operator, other)["extension"], "900")
        self.assertEqual(self._mine(self.operator)["extension"], "101")
        seen = self.env["ai.telephony.server"].with_user(self.call_manager).search([])
        self.assertNotIn(server, seen)
        with self.assertRaises(ValidationError):
            self._create_account(self.colleague, "901", server)

    def test_what_is_no_address_is_refused(self):
        for vals in (
            {"websocket_url": "https://telephone.example.com"},
            {"websocket_url": "wss://user@host/ws"},
            {"domain": "sip:example.com"},
            {"stun": "example.com"},
            {"retention_days": 0},
            {"after_call_seconds": -1},
            {"after_call_seconds": 1801},
            {"level2_extension": "200;x"},
            {"ready_code": "ready"},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.server.write(vals)
        with self.assertRaises(ValidationError):
            self._create_server(self.company)
        for extension in ("1 0", "101@x", "<b>", "1" * 40):
            with self.subTest(extension=extension), self.assertRaises(ValidationError):
                self.account.extension = extension

    def test_a_key_is_shown_once_and_ends_the_one_before(self):
        servers = self.env["ai.telephony.server"]
        first = self.server.with_user(self.call_manager).action_new_key()
        key = first["context"]["default_key"]
        self.assertEqual(servers._by_key(key), self.server)
        self.assertNotIn(key, str(self.server.sudo().read()))
        self.server.action_new_key()
        for wrong in (key, "", "x"):
            self.assertFalse(servers._by_key(wrong))
        with self.assertRaises(AccessError):
            self.server.with_user(self.supervisor).action_new_key()


def _grouped(records, column):
    """What a browser asks for groups, by the series' own name."""
    if hasattr(records, "formatted_read_group"):
        return records.formatted_read_group([], [column], ["__count"])
    return records.read_group([], [column], [column])
