"""How training writes forecasts: in bulk beside the rows in use, then switched on at once."""

from odoo import api, models
from odoo.tools import SQL

from ...tools import bulk_rows

# More of them nobody reads in a chart, and each costs time and room in a company's ten million.
SIGNIFICANT_DIGITS = 5
LEVELS = ("daily", "daily_low", "daily_high", "daily_low_80", "daily_high_80")
# Of the history, for the chart and the months of its table.
KEPT_DAYS = 366
FIGURES = ("slope", "confidence", "wape", "bias", "mase", "origins")


class AiForecast(models.Model):
    _inherit = "ai.forecast"

    @api.model
    def _append(self, run, table, panel):
        """Write the forecasts of some products beside the rows in use.

        table : algorithms.forecast.table.ForecastTable; panel : the DemandPanel that it is of.
        """
        import numpy as np

        products = self.env["product.product"].sudo().browse(table.product_ids.tolist())
        known = panel.mask.sum(axis=1)
        bulk_rows.append(
            self,
            {
                "active": False,
                "company_id": run.company_id.id,
                "run_id": run.id,
                "product_id": table.product_ids,
                "categ_id": [product.categ_id.id for product in products],
                "state": table.state,
                "reason": [reason or None for reason in table.reason.tolist()],
                "method": [method or None for method in table.method.tolist()],
                "weights": _weights(table),
                "date_trained": str(panel.days[-1]),
                "date_start": str(table.start),
                "history_days": known,
                "days_out": panel.quantity.shape[1] - panel.first - known,
                **_totals(table),
                "trend": [trend or None for trend in table.trend.tolist()],
                **{name: getattr(table, name) for name in FIGURES},
                "is_tested": ~np.isnan(table.wape),
                **_arrays(table, panel),
            },
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


def _weights(table):
    """The share of each method that has one, for each product."""
    return [
        {
            name: round(weight, 4)
            for name, weight in zip(table.methods, weights, strict=True)
            if weight > 0
        }
        for weights in table.weights.tolist()
    ]


def _totals(table):
    """Columns of the totals of 7, 30 and 90 days with their bounds."""
    ends = {
        "": table.totals,
        "_low": table.totals_low,
        "_high": table.totals_high,
        "_low_80": table.totals_low_80,
        "_high_80": table.totals_high_80,
    }
    return {
        f"total_{days}{end}": values[:, column]
        for column, days in enumerate((7, 30, 90))
        for end, values in ends.items()
    }


def _arrays(table, panel):
    """The array columns; None where nothing is known."""
    panel = panel.last(KEPT_DAYS)
    sold = _shortened(panel.quantity)
    history = [row[first:] for row, first in zip(sold, panel.first.tolist(), strict=True)]
    ahead = {name: list(_shortened(getattr(table, name))) for name in LEVELS}
    return {
        name: [row if len(row) and row[0] == row[0] else None for row in rows]
        for name, rows in {"history": history, **ahead}.items()
    }


def _shortened(values):
    """Values with their significant digits, (n, t) float."""
    import numpy as np

    size = np.floor(np.log10(np.abs(values), out=np.zeros_like(values), where=values != 0))
    scale = 10.0 ** (SIGNIFICANT_DIGITS - 1 - size)
    return np.round(values * scale) / scale
