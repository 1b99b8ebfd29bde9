"""The telephone in a real browser on a real exchange; sound is measured by its tone."""

from odoo.tests import tagged

from .softphone_common import OPERATORS_TONE, SoftphoneTours


@tagged("post_install", "-at_install")
class TestSoftphone(SoftphoneTours):
    def test_a_client_calls_and_is_heard(self):
        self._tour("softphone_incoming", self._client_calls(), timeout=120)
        self.assertGreater(self.exchange.share_of(OPERATORS_TONE), 0.5)
        call = self._logged()
        self.assertEqual((call.direction, call.number), ("in", "0661234567"))
        self.assertEqual((call.partner_id, call.user_id), (self.hotel, self.operator))
        self.assertTrue(call.answered_at)
        self.assertGreater(call.duration, 0)

    def test_calls_to_others_and_what_is_done_with_them(self):
        self._tour("softphone_outgoing", timeout=180)
        self.assertEqual(self.exchange.variable("PRESSED"), "1234")
        endings = self._logged().mapped("ending")
        self.assertEqual(endings, ["answered", "answered", "busy", "answered"])

    def test_a_client_is_handed_on(self):
        self._tour("softphone_transfers", self._client_calls(tone=440), timeout=180)

    def test_callers_choose_their_names(self):
        name = "<script>document.body.dataset.harmed='yes'</script>" + "é" * 200
        self._tour(
            "softphone_odd_caller", self._client_calls("+" + "9" * 200, name=name), timeout=120
        )
