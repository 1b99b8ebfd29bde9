"""Anomalies in a real browser, as the manager who decides and as who may only look."""

from odoo.tests import tagged

from ..core.tours import TourCase, form_of
from .common import AnomalyCommon


@tagged("post_install", "-at_install")
class TestAnomalyTours(AnomalyCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.soap_spike = cls._anomaly(cls.soap)
        cls.cups_spike = cls._anomaly(cls.cups, severity="medium", z_score=3.5, weight=3.5)
        cls.filter_spike = cls._anomaly(cls.filter, severity="low", z_score=3.0, weight=3.0)
        cls.bottle_spike = cls._anomaly(cls.bottle, severity="medium", z_score=3.6, weight=3.6)
        cls.old = cls._anomaly(cls.fountain, state="ignored")

    def test_a_manager_explains_one_and_leaves_its_days_out(self):
        self.start_tour("/web", "smart_recommender_anomaly_explain", login="sr_manager")
        spike = self.soap_spike
        self.assertEqual((spike.state, spike.reason), ("explained", "promotion"))
        self.assertTrue(spike.exclude_from_training)
        self.assertEqual(spike.comment, "Ramadan")

    def test_a_manager_decides_on_several_in_the_list(self):
        self.start_tour("/web", "smart_recommender_anomaly_list", login="sr_manager")
        decided = self.soap_spike | self.cups_spike
        self.assertEqual(set(decided.mapped("state")), {"confirmed"})
        self.assertEqual(self.filter_spike.state, "ignored")
        self.assertEqual(self.bottle_spike.state, "new")

    def test_who_may_not_decide_has_no_button_for_it(self):
        self.start_tour(
            form_of(self.soap_spike),
            "smart_recommender_anomaly_read_only",
            login="sr_leader",
        )
        self.assertEqual(self.soap_spike.state, "new")
