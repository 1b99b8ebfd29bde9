"""The telephone when something is lost: the exchange in a call, or memory call by call."""

import time

from odoo.tests import tagged

from .softphone_common import SoftphoneTours

CALLS = 20


@tagged("post_install", "-at_install")
class TestSoftphoneLostTours(SoftphoneTours):
    def test_the_exchange_dies_in_a_call_and_comes_back(self):
        def die():
            self.exchange.wait_talking()
            port = self.exchange.port
            self.exchange.kill()
            time.sleep(1)
            self.exchange.start(port)

        self._tour("softphone_lost", die, timeout=240)
        call = self._logged()
        self.assertEqual((call.number, call.ending), ("0522000011", "answered"))

    def test_many_calls_in_a_row_are_logged_once_each_and_leave_nothing_behind(self):
        self._tour("softphone_many_calls", timeout=300)
        calls = self._logged()
        self.assertEqual(len(calls), CALLS)
        self.assertEqual(len(set(calls.mapped("exchange_call_id"))), CALLS)
