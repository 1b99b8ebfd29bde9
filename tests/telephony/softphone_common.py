"""Operators with a telephone, in browsers whose microphone hears a tone."""

import hashlib
import secrets
import threading
from unittest.mock import patch

from odoo.tests.common import ChromeBrowser

from ..client.common import CallCenterCommon
from ..core.tours import TourCase
from .exchange import RunningExchange, write_tone
from .told import Told

EVENT = "/smart_recommender/telephony/event"

OPERATORS_TONE = 1000
SWITCHES = (
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    # With a window, a microphone that is allowed shows the machine's addresses, as it does here;
    # without them Asterisk takes the call for one on hold.
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    # For the tour that looks whether calls leave something behind.
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
)


class SoftphoneTours(CallCenterCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        key = secrets.token_urlsafe()
        cls.told = Told()
        cls.addClassCleanup(cls.told.close)
        exchange = RunningExchange((f"{cls.told.url}{EVENT}", key))
        super().setUpClass()
        cls.exchange = exchange.start()
        cls.addClassCleanup(exchange.close)
        cls._give_ears(exchange.folder / "tone.wav")
        cls.server = cls._create_server(key)
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
    def _create_server(cls, key):
        server = cls.env["ai.telephony.server"].create(
            {
                "company_id": cls.company.id,
                "name": "Asterisk",
                "websocket_url": cls.exchange.url,
                "domain": cls.exchange.realm,
                "realm": cls.exchange.realm,
                "level2_extension": "0522000011",
                "recording": "asked",
            }
        )
        server.sudo().key_digest = hashlib.sha256(key.encode()).hexdigest()
        return server

    @classmethod
    def _create_account(cls, user, extension):
        account = cls.env["ai.telephony.account"].create(
            {
                "company_id": cls.company.id,
                "user_id": user.id,
                "server_id": cls.server.id,
                "extension": extension,
            }
        )
        account.set_secret(cls.exchange.accounts[extension])
        return account

    def _tour(self, name, meanwhile=None, **options):
        """Run a tour, and beside it what happens outside the browser."""
        self.told.requests.clear()
        beside = threading.Thread(target=meanwhile or (lambda: None), daemon=True)
        beside.start()
        self.start_tour("/web", f"smart_recommender_{name}", login="sr_operator", **options)
        beside.join(timeout=60)
        self._let_the_exchange_tell()

    def _let_the_exchange_tell(self):
        """Ask Odoo what the exchange has asked meanwhile."""
        self.exchange.end_all()
        for method, path, headers, body in self.told.requests:
            url = f"{self.base_url()}{path}"
            sent = {name: headers[name] for name in ("Authorization", "Content-Type")}
            answer = self.opener.request(method, url, data=body, headers=sent, timeout=30)
            self.assertEqual(answer.status_code, 200, answer.text)
        self.told.requests.clear()

    def _client_calls(self, number="0661234567", **options):
        """What to do beside a tour: call once the operator's telephone is ready."""

        def call():
            self.exchange.wait_registered("101")
            self.exchange.ring("101", number, **options)

        return call

    def _logged(self):
        self.env.invalidate_all()
        return self.calls.search([("exchange_call_id", "!=", False)], order="id")
