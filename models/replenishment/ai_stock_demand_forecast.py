"""What forecasts say of the demand of warehouses.

Forecasts are those of the company's sales. A warehouse has the share of them that it has of the
last 90 days' sales, those that vendors delivered to clients included, and their ranges shrink with
the root of that share, as those of a random part do. What productions use, and what leaves without
a sales order, is in no forecast: its mean is added, and its scatter and the error of that mean to
the ranges.
"""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_replenishment import HORIZONS
from .ai_stock_demand import SHARE_DAYS

FORECAST_COLUMNS = {
    "product_id": "i4",
    "usable": "i4",
    **{f"total_{days}{end}": "f8" for days in HORIZONS for end in ("", "_low", "_high")},
}


class AiStockDemand(models.AbstractModel):
    _inherit = "ai.stock.demand"

    def _add_forecasts(self, company, table, kits, history):
        """Add columns has_forecast, forecast_7 …, margin_7 …, and drop those of their making."""
        import numpy as np

        from ...algorithms.replenishment import kits as bundles
        from ...algorithms.replenishment.forecast_error import UPPER_Z, smoothed_margins

        made = self._company_forecasts(company)
        made["quantity"] = 1.0
        parts = bundles.explode(made, kits)
        for days in HORIZONS:
            parts[f"forecast_{days}"] *= parts["quantity"]
            parts[f"margin_{days}"] = (parts[f"margin_{days}"] * parts["quantity"]) ** 2
        sums = parts.groupby("product_id").agg(
            {
                "usable": "min",
                **{f"{name}_{d}": "sum" for name in ("forecast", "margin") for d in HORIZONS},
            }
        )
        own = sums.reindex(table["product_id"]).reset_index(drop=True)
        units = table.groupby("product_id")["units"].transform("sum")
        units += table["product_id"].map(self._dropped_units(history)).fillna(0.0)
        share = np.divide(table["units"], units, out=np.zeros(len(table)), where=units > 0)
        used, spread = table.pop("used_demand"), table.pop("used_spread")
        table["used_demand"] = used
        table["has_forecast"] = (own["usable"] == 1) & (table["units"] > 0)
        margins = np.empty((len(table), len(HORIZONS)))
        for column, days in enumerate(HORIZONS):
            table[f"forecast_{days}"] = (own[f"forecast_{days}"] * share).fillna(0.0) + used
            scatter = UPPER_Z**2 * spread**2 * days * (1 + days / company.ai_demand_days)
            margins[:, column] = np.sqrt((own[f"margin_{days}"] * share).fillna(0.0) + scatter)
        margins = smoothed_margins(margins, HORIZONS)
        for column, days in enumerate(HORIZONS):
            table[f"margin_{days}"] = margins[:, column]
        del table["units"]

    @staticmethod
    def _dropped_units(history):
        """Series of units by product that vendors delivered to clients lately."""
        import pandas as pd

        lines = history.lines[history.lines["warehouse_id"] == 0]
        recent = lines["date"] > pd.Timestamp(history.until - timedelta(days=SHARE_DAYS))
        return lines[recent].groupby("product_id")["quantity"].sum().clip(lower=0.0)

    def _company_forecasts(self, company):
        """DataFrame with product_id, usable, forecast_7 … (units a day), margin_7 … (units)."""
        import pandas as pd

        from ...algorithms.replenishment.forecast_error import upper_margin

        totals = [
            SQL("COALESCE(%s, 0)::float8", SQL.identifier(name))
            for name in (f"total_{days}{end}" for days in HORIZONS for end in ("", "_low", "_high"))
        ]
        query = SQL(
            """
            SELECT product_id, CASE state WHEN 'ok' THEN 1 ELSE 0 END, %s
              FROM ai_forecast
             WHERE company_id = %s AND active AND state IN ('ok', 'not_enough_history')
            """,
            SQL(", ").join(totals),
            company.id,
        )
        self.env.flush_all()
        rows = binary_copy.read_rows(self.env.cr, query, FORECAST_COLUMNS)
        made = pd.DataFrame({"product_id": rows["product_id"], "usable": rows["usable"]})
        for days in HORIZONS:
            total, low, high = (rows[f"total_{days}{end}"] for end in ("", "_low", "_high"))
            made[f"forecast_{days}"] = total / days
            made[f"margin_{days}"] = upper_margin(total, low, high)
        return made
