"""The stories of experiments in a real browser."""

from odoo.tests import tagged

from ..core.tours import TourCase, form_of
from .common import FinishedExperiment


@tagged("post_install", "-at_install")
class TestExperimentTours(FinishedExperiment, TourCase):
    def test_a_manager_plans_and_starts_an_experiment(self):
        self.start_tour("/web", "smart_recommender_plan_experiment", login="sr_manager")
        experiment = self.experiments.search([("name", "=", "Printemps")])
        self.assertEqual((experiment.state, experiment.looks), ("running", "sequence"))
        self.assertEqual(experiment.started_by_id, self.manager)

    def test_a_manager_reads_what_suggestions_bring(self):
        self._write_visits()
        self._ended(uplift=0.3).action_evaluate()
        order = self._quotation(self.fountain)
        self._see(order)
        order.action_add_to_cart(self.bottle.id)
        order.order_line.filtered(lambda line: line.product_id == self.bottle).price_unit = 100.0
        order.action_confirm()
        self.start_tour("/web", "smart_recommender_suggestion_results", login="sr_manager")

    def test_a_salesperson_reads_why_the_control_shows_nothing(self):
        experiment = self._started()
        order = self._quotation(partner=self._client_in(experiment, "control"))
        self.start_tour(
            form_of(order),
            "smart_recommender_control_quotation",
            login="sr_sales",
        )
        self.assertEqual(self._exposure(order).arm, "control")
