"""A supervisor's morning: how the calls went, for whom, and when."""

from odoo.tests import HttpCase, tagged

from .statistics_common import StatisticsCommon


@tagged("post_install", "-at_install")
class TestCallStatisticsTours(StatisticsCommon, HttpCase):
    browser_size = "1400,900"

    def test_a_supervisor_reads_ready_figures_of_an_operator(self):
        self.supervisor.password = self.supervisor.login
        self.supervisor.groups_id |= self.env.ref("base.group_allow_export")
        self.start_tour("/web", "smart_recommender_call_statistics", login="sr_supervisor")
