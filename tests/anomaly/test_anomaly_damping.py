"""What open spikes teach until somebody decides."""

from datetime import timedelta

from odoo.tests import tagged

from .training_common import AnomalyTrainingCommon


@tagged("post_install", "-at_install")
class TestAnomalyDamping(AnomalyTrainingCommon):
    """A spike that nobody has decided on teaches what was usual at most."""

    def _train(self, kind="forecast"):
        self.runs._train_now(self.company, kind)

    def _total(self):
        return (
            self.env["ai.forecast"]
            .search([("product_id", "=", self.soap.id), ("company_id", "=", self.company.id)])
            .total_30
        )

    def _spike(self):
        return self._found(self.soap, type="spike")

    def test_anomalies_are_searched_before_anything_learns_demand(self):
        kinds = self.runs._kinds()
        first = kinds.index("anomalies")
        for kind in {"forecast", "replenishment", "classes"} & set(kinds):
            self.assertLess(first, kinds.index(kind))

    def test_a_typing_error_of_yesterday_does_not_lift_the_first_forecast(self):
        self._history(soap={1: 1e6})
        for kind in self.runs._kinds():
            if kind in ("anomalies", "forecast"):
                self._train(kind)
        self.assertEqual((self._spike().severity, self._spike().is_damped), ("high", True))
        self.assertLess(self._spike().most_expected, 40)
        self.assertAlmostEqual(self._total(), 360, delta=60)

    def test_a_young_product_and_the_design_s_z_score_are_protected_too(self):
        for method, days in (("auto", 25), ("zscore", 120)):
            with self.subTest(method=method):
                self.company.ai_anomaly_method = method
                self.env["sale.order"].search(
                    [("company_id", "=", self.company.id)]
                ).state = "cancel"
                self._history(days=days, soap={1: 1e6})
                self._train("anomalies")
                self._train()
                self.assertTrue(self._spike().is_damped)
                self.assertLess(self._total(), 720)

    def test_what_somebody_confirms_counts_again(self):
        self._history(soap={5: 900.0})
        self._train("anomalies")
        self._train()
        damped = self._total()
        self._spike().action_confirm()
        self.assertFalse(self._spike().is_damped)
        self._train()
        self.assertGreater(self._total(), damped)
        self._spike().action_reopen()
        self._train()
        self.assertAlmostEqual(self._total(), damped)

    def test_a_corrected_order_counts_at_once(self):
        orders = self._history(soap={1: 1e6})
        self._train("anomalies")
        line = orders.order_line.filtered(lambda line: line.product_uom_qty == 1e6)
        line.product_uom_qty = 12
        panel = self.env["ai.demand.history"]._demand_panel(
            self.company,
            self.today - timedelta(days=60),
            self.today - timedelta(days=1),
            {self.soap.id: self.today - timedelta(days=120)},
        )
        self.assertEqual(panel.quantity[0, -1], 12)

    def test_another_company_is_not_damped(self):
        other = self._create_company("Kivu Test")
        self.env.user.company_ids |= other
        self._history(soap={1: 1e6})
        self._train("anomalies")
        self.assertEqual(len(self.anomalies._ceilings(self.company)), 1)
        self.assertFalse(self.anomalies._ceilings(other))
