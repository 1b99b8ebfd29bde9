"""How training writes forecasts: in bulk beside the rows in use, then switched on at once."""

import json

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_forecast import ARRAY_COLUMNS

COLUMNS = (
    "active",
    "company_id",
    "run_id",
    "product_id",
    "categ_id",
    "state",
    "reason",
    "method",
    "weights",
    "date_trained",
    "date_start",
    "history_days",
    "days_out",
    *(f"total_{days}{end}" for days in (7, 30, 90) for end in ("", "_low", "_high")),
    "trend",
    "slope",
    "confidence",
    "wape",
    "bias",
    "mase",
    "origins",
    "is_tested",
    *ARRAY_COLUMNS,
)


class AiForecast(models.Model):
    _inherit = "ai.forecast"

    @api.model
    def _append(self, run, table, panel):
        """Write the forecasts of some products beside the rows in use.

        table : algorithms.forecast.table.ForecastTable; panel : the DemandPanel that it is of.
        """
        self.env.flush_all()
        products = self.env["product.product"].sudo().browse(table.product_ids.tolist())
        categories = {product.id: product.categ_id.id for product in products}
        rows = self._rows(run, table, panel, categories)
        binary_copy.write_rows(self.env.cr, self._table, COLUMNS, rows)
        self.env.invalidate_all()

    @staticmethod
    def _rows(run, table, panel, categories):
        """Rows as text, in the order of COLUMNS."""
        import numpy as np

        start = str(table.start)
        trained = str(panel.days[-1])
        for row, product in enumerate(table.product_ids.tolist()):
            weights = {
                name: round(weight, 4)
                for name, weight in zip(table.methods, table.weights[row].tolist(), strict=True)
                if weight > 0
            }
            totals = (
                _number(values[row, column])
                for column in range(3)
                for values in (table.totals, table.totals_low, table.totals_high)
            )
            known = int(panel.mask[row].sum())
            history = panel.quantity[row, panel.first[row] :]
            arrays = (history, table.daily[row], table.daily_low[row], table.daily_high[row])
            yield (
                "f",
                str(run.company_id.id),
                str(run.id),
                str(product),
                _text(categories[product]),
                str(table.state[row]),
                binary_copy.escaped(str(table.reason[row])) or "\\N",
                str(table.method[row]) or "\\N",
                binary_copy.escaped(json.dumps(weights)),
                trained,
                start,
                str(known),
                str(len(history) - known),
                *totals,
                str(table.trend[row]) or "\\N",
                _number(table.slope[row]),
                _number(table.confidence[row]),
                _number(table.wape[row]),
                _number(table.bias[row]),
                _number(table.mase[row]),
                str(int(table.origins[row])),
                "f" if np.isnan(table.wape[row]) else "t",
                *map(_array, arrays),
            )

    @api.model
    def _switch(self, run):
        """Put the rows of a run in the place of the company's others."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            SQL("DELETE FROM ai_forecast WHERE company_id = %s AND active", run.company_id.id)
        )
        cr.execute(SQL("UPDATE ai_forecast SET active = true WHERE run_id = %s", run.id))
        self.env.invalidate_all()

    @api.model
    def _drop_unfinished(self, company):
        """Remove what a broken off training has left."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("DELETE FROM ai_forecast WHERE company_id = %s AND NOT active", company.id)
        )
        self.env.invalidate_all()


def _number(value):
    """Text for COPY, NULL for what is not known."""
    return "\\N" if value != value else repr(float(value))


def _text(value):
    return str(value) if value else "\\N"


def _array(values):
    """An array as PostgreSQL writes it, NULL where the first value is not known."""
    if not len(values) or values[0] != values[0]:
        return "\\N"
    return "{" + ",".join([f"{value:.5g}" for value in values.tolist()]) + "}"
