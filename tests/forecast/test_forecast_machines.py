"""Forecasts that a Dask cluster computes: the same rows, and a notice where it cannot be used."""

import importlib.util
import sys
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from ...models.core.ir_config_parameter import SCHEDULER
from ...models.forecast import ai_training_run
from .common import ForecastCommon

FIGURES = ("product_id", "state", "method", "total_30", "total_90_low", "total_90_high", "wape")


@tagged("post_install", "-at_install")
class TestForecastMachines(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._steady_sales()
        # Parts of one product: matrices of other shapes differ in the last bits.
        cls.startClassPatcher(patch.object(ai_training_run, "PORTION", 1))
        cls.here = cls._figures(cls._train_forecast())

    @classmethod
    def _figures(cls, run):
        rows = cls.forecasts.search([("run_id", "=", run.id)]).sorted("product_id")
        return run.state, [[row[name] for name in FIGURES] for row in rows]

    @contextmanager
    def _cluster(self, **options):
        """A cluster of threads in the place of the one in the settings."""
        from ...algorithms.core import cluster, parallel

        @contextmanager
        def dask(_address):
            with parallel.shipped() as (_file, there):
                yield parallel.Engine(there.answer, **options)

        self.env["ir.config_parameter"].set_param(SCHEDULER, "tcp://127.0.0.1:9")
        with patch.object(cluster, "dask", dask):
            yield

    def test_a_cluster_gives_the_same(self):
        with self._cluster(backend="threading", n_jobs=2):
            run = self._train_forecast()
        self.assertEqual(self._figures(run), self.here)
        # Three products, and what is learned at each day of the past.
        self.assertGreater(run.remote_count, 3)
        self.assertFalse(run.notice)

    def test_a_cluster_that_is_lost_costs_time_and_is_told(self):
        with self._cluster(backend="no such backend"):
            run = self._train_forecast()
        self.assertEqual(self._figures(run), self.here)
        self.assertFalse(run.remote_count)
        self.assertIn("The Dask cluster was lost", run.notice)

    def test_a_server_without_dask_computes_itself_and_says_so(self):
        self.env["ir.config_parameter"].set_param(SCHEDULER, "tcp://127.0.0.1:9")
        with patch.dict(sys.modules, distributed=None):
            run = self._train_forecast()
        self.assertEqual(self._figures(run), self.here)
        self.assertRegex(run.notice, "tcp://127.0.0.1:9 could not be used.*not installed")

    def test_without_a_certificate_this_server_computes_and_says_so(self):
        if importlib.util.find_spec("distributed") is None:
            self.skipTest("Dask is not installed.")
        self.env["ir.config_parameter"].set_param(SCHEDULER, "tls://127.0.0.1:9")
        run = self._train_forecast()
        self.assertEqual(self._figures(run), self.here)
        self.assertRegex(run.notice, "tls://127.0.0.1:9 could not be used.*names no certificate")
