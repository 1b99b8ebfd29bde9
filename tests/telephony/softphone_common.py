"""Operators with a telephone, in browsers whose microphone hears a tone."""

import threading
from unittest.mock import patch

from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser

from ..client.common import CallCenterCommon
from .exchange import RunningExchange, write_tone

OPERATORS_TONE = 1000
SWITCHES = (
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
)


class SoftphoneTours(CallCenterCommon, HttpCase):
    browser_size = "1400,900"

    @classmethod
    def setUpClass(cls):
        exchange = RunningExchange()
        super().setUpClass()
        cls.exchange = exchange.start()
        cls.addClassCleanup(exchange.close)
        cls._give_ears(exchange.folder / "tone.wav")
        cls.operator.password = cls.operator.login
        cls._create_account(cls.operator, "101")

    @classmethod
    def _give_ears(cls, tone):
        write_tone(tone, OPERATORS_TONE)
        spawn = ChromeBrowser._spawn_chrome

        def spawn_with_sound(browser, command):
            switches = [*SWITCHES, f"--use-file-for-fake-audio-capture={tone}"]
            return spawn(browser, [*command[:-1], *switches, command[-1]])

        patcher = patch.object(ChromeBrowser, "_spawn_chrome", spawn_with_sound)
        cls.startClassPatcher(patcher)

    @classmethod
    def _create_account(cls, user, extension):
        server = cls.env["ai.telephony.server"].search([("company_id", "=", cls.company.id)])
        server = server or server.create(
            {
                "company_id": cls.company.id,
                "name": "Asterisk",
                "websocket_url": cls.exchange.url,
                "domain": cls.exchange.realm,
                "realm": cls.exchange.realm,
                "level2_extension": "0522000011",
            }
        )
        account = cls.env["ai.telephony.account"].create(
            {
                "company_id": cls.company.id,
                "user_id": user.id,
                "server_id": server.id,
                "extension": extension,
            }
        )
        account.set_secret(cls.exchange.accounts[extension])
        return account

    def _tour(self, name, meanwhile=None, **options):
        """Run a tour, and beside it what happens outside the browser."""
        beside = threading.Thread(target=meanwhile or (lambda: None), daemon=True)
        beside.start()
        self.start_tour("/web", f"smart_recommender_{name}", login="sr_operator", **options)
        beside.join(timeout=10)

    def _client_calls(self, number="0661234567", **options):
        """What to do beside a tour: call once the operator's telephone is ready."""

        def call():
            self.exchange.wait_registered("101")
            self.exchange.ring("101", number, **options)

        return call

    def _logged(self):
        self.env.invalidate_all()
        return self.calls.search([("exchange_call_id", "!=", False)], order="id")
