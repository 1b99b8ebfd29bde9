"""A supervisor sees who is there, who is in a call and who waits."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestTelephonyBoardTours(TelephonyCommon, TourCase):
    def test_a_supervisor_reads_the_board(self):
        self.presences.with_user(self.operator).with_company(self.company).heartbeat()
        self._tell("ringing", 70)
        self._tell("answered", 60)
        self._told(
            event="queue_join", call_id="q", queue="<b>sales</b>", caller="<script>x</script>"
        )
        self.start_tour("/web", "smart_recommender_operator_board", login="sr_supervisor")
