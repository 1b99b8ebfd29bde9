"""Strips of the dashboard, each told by its subject."""

from odoo import fields
from odoo.tests import tagged

from .dashboard_common import DashboardCommon


@tagged("post_install", "-at_install")
class TestDashboardStrips(DashboardCommon):
    def _strip(self, code, user=None):
        return self._as(user or self.everything).get_strip(code)

    def test_without_a_training_each_says_what_it_needs(self):
        for code in ("stock", "forecast", "anomaly"):
            strip = self._strip(code)
            self.assertIn("training", strip["empty"])
            self.assertEqual(
                strip["remedy"]["action"], "smart_recommender.action_run_training", code
            )
        self.assertIn("manager", self._strip("stock", self.keeper)["empty"])
        self.assertIsNone(self._strip("stock", self.keeper)["remedy"])

    def test_every_tile_opens_as_many_rows_as_it_counts(self):
        self._steady_sales()
        self._put(self.bottle, 100000)
        self._put(self.cups, 1)
        for kind in ("forecast", "anomalies", "replenishment"):
            self.runs.with_company(self.company)._train_now(self.company, kind)
        counted = 0
        for code in self._as(self.everything).get_layout()["strips"]:
            strip = self._strip(code)
            for tile in strip["tiles"]:
                with self.subTest(strip=code, tile=tile["code"]):
                    model = self._as(self.everything, tile["action"]["res_model"])
                    found = model.search_count(tile["action"]["domain"])
                    self.assertEqual(found, tile["value"])
                    counted += found
        self.assertGreater(counted, 4)
        self.assertTrue(self._strip("forecast")["rows"])

    def test_the_state_of_stock_is_one_of_five(self):
        self._steady_sales()
        self._put(self.bottle, 100000)
        self._put(self.cups, 1)
        self.runs.with_company(self.company)._train_now(self.company, "replenishment")
        rows = self.env["ai.replenishment"].search([("company_id", "=", self.company.id)])
        states = {row.product_id: row.stock_state for row in rows}
        self.assertEqual(states[self.bottle], "much")
        self.assertEqual(states[self.cups], "low")
        self.assertEqual(states[self.soap], "out")
        for state in ("out", "low", "enough", "much", "unknown"):
            found = rows.search([("id", "in", rows.ids), ("stock_state", "=", state)])
            self.assertEqual(found, rows.filtered(lambda row, s=state: row.stock_state == s))
        others = rows.search([("id", "in", rows.ids), ("stock_state", "not in", ["out", "low"])])
        self.assertFalse({"out", "low"} & set(others.mapped("stock_state")))

    def test_unusual_sales_wait_for_a_decision(self):
        anomaly = self.env["ai.anomaly"].create(
            {
                "company_id": self.company.id,
                "level": "product",
                "step": "day",
                "product_id": self.bottle.id,
                "date": fields.Date.today(),
                "date_end": fields.Date.today(),
                "measure": "quantity",
                "quantity": 90.0,
                "expected": 10.0,
                "method": "zscore",
                "type": "spike",
                "severity": "high",
            }
        )
        strip = self._strip("anomaly", self.manager)
        self.assertEqual({tile["code"]: tile["value"] for tile in strip["tiles"]}["high"], 1)
        self.assertIn(self.bottle.name, strip["rows"][0]["label"])
        self.assertEqual(strip["rows"][0]["action"]["res_id"], anomaly.id)
        anomaly.state = "ignored"
        strip = self._strip("anomaly", self.manager)
        self.assertEqual({tile["value"] for tile in strip["tiles"]}, {0})
        self.assertFalse(strip["rows"])
