"""A supervisor's morning: how the calls went, for whom, and when."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .statistics_common import StatisticsCommon


@tagged("post_install", "-at_install")
class TestCallStatisticsTours(StatisticsCommon, TourCase):
    def test_a_supervisor_reads_ready_figures_of_an_operator(self):
        self.supervisor.groups_id |= self.env.ref("base.group_allow_export")
        self.start_tour("/web", "smart_recommender_call_statistics", login="sr_supervisor")
