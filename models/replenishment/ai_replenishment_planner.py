"""Today's plan: demand that training learned, beside the stock, vendors and settings of now.

Nothing is written here and nobody's rights are asked: ``ai.replenishment`` stores the plan for the
board, and the product's tab shows that of a few products. Every step takes all products at once;
the number of queries does not depend on how many there are.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_replenishment import HORIZONS

# Units a day; not known where the demand is short.
DEMAND_FIGURES = ("mean_demand", "demand_spread")
FORECAST_FIGURES = tuple(f"{name}_{days}" for name in ("forecast", "error") for days in HORIZONS)
# Columns of the query of ``_rows``, in its order.
ROW_COLUMNS = {
    "id": "i4",
    "product_id": "i4",
    "warehouse_id": "i4",
    **dict.fromkeys(DEMAND_FIGURES, "f8"),
    "has_forecast": "i4",
    **dict.fromkeys(FORECAST_FIGURES, "f8"),
    "receipt_vendor_id": "i4",
    "receipt_lead": "f8",
    "receipt_spread": "f8",
    "idle_days": "i4",
}


class AiReplenishmentPlanner(models.AbstractModel):
    _name = "ai.replenishment.planner"
    _description = "Replenishment Planner"

    @api.model
    def _plan(self, company, product_ids=None):
        """Advice for the company's rows.

        product_ids : iterable of int, or None for all products. Returns {name: (n,) array} with the
        columns of ``ai.replenishment`` that are the plan, beside id, product_id and warehouse_id.
        Figures that are not known are NaN.
        """
        import numpy as np

        from ...algorithms.replenishment.advice import replenish

        company = company.sudo()
        rows = self._rows(company, product_ids)
        stock = self._stock_of(company, rows, product_ids)
        supply = self._supply_of(company, rows, product_ids)
        lead, spread = self._lead_times(company, rows, supply)
        points = self._reorder_points(company, rows, lead, spread)
        cycle = company.ai_cycle_days
        fill_to = points.rop + cycle * points.daily_demand
        advice = replenish(
            points, stock["available"], supply["minimum"], supply["multiple"], fill_to
        )
        value = advice.quantity * supply["unit_cost"]
        return {
            **{name: rows[name] for name in ("id", "product_id", "warehouse_id")},
            **stock,
            **supply,
            "lead_time": points.lead_time,
            "lead_spread": spread,
            "is_default_lead_time": points.defaulted,
            "daily_demand": points.daily_demand,
            "safety_stock": points.safety_stock,
            "rop": points.rop,
            "order_up_to": fill_to,
            "quantity": advice.quantity,
            "cover": advice.cover,
            "action": advice.action,
            "urgency": advice.urgency,
            "gap_days": advice.gap,
            "order_in": advice.order_in,
            "order_value": value,
            "stock_value": np.maximum(stock["on_hand"], 0.0) * supply["cost"],
            "is_dead": (stock["on_hand"] > 0) & (rows["idle_days"] >= company.ai_dead_stock_days),
            "is_negative": stock["on_hand"] < 0,
        }

    # ------------------------------------------------------------------
    # What is read
    # ------------------------------------------------------------------

    def _rows(self, company, product_ids):
        """Demand of the rows, as training left it; NaN where it knows too little."""
        only = self.env["ai.stock.extract"]._only_products(product_ids)
        figures = [
            SQL(
                "CASE WHEN replenishment.demand_state = 'short' THEN 'NaN'"
                " ELSE COALESCE(%s, 0) END::float8",
                SQL.identifier("replenishment", name),
            )
            for name in DEMAND_FIGURES
        ]
        forecasts = [
            SQL("COALESCE(%s, 0)::float8", SQL.identifier("replenishment", name))
            for name in FORECAST_FIGURES
        ]
        query = SQL(
            """
            SELECT replenishment.id, replenishment.product_id, replenishment.warehouse_id,
                   %(figures)s, COALESCE(replenishment.has_forecast, false)::int, %(forecasts)s,
                   COALESCE(replenishment.receipt_vendor_id, 0),
                   COALESCE(replenishment.receipt_lead, 0)::float8,
                   COALESCE(replenishment.receipt_spread, 0)::float8,
                   -- What was never sold is idle since it is there.
                   (%(today)s - COALESCE(
                       replenishment.last_sale, product.create_date::date, %(today)s))::int
              FROM ai_replenishment replenishment
              JOIN product_product product ON product.id = replenishment.product_id
             WHERE replenishment.company_id = %(company)s
               AND product.active
               AND %(only)s
          ORDER BY replenishment.id
            """,
            figures=SQL(", ").join(figures),
            forecasts=SQL(", ").join(forecasts),
            today=self.env["ai.sales.extract"]._local_now(company).date(),
            company=company.id,
            only=only("replenishment"),
        )
        self.env.flush_all()
        return binary_copy.read_rows(self.env.cr, query, ROW_COLUMNS)

    def _stock_of(self, company, rows, product_ids):
        """Stock of the rows: on_hand, incoming, reserved, available, (n,) float64."""
        from ...algorithms.core.lookup import pair_key, places, taken

        stock = self.env["ai.stock.extract"]._stock(company, product_ids)
        wanted = pair_key(rows["product_id"], rows["warehouse_id"])
        at = places(pair_key(stock["product_id"], stock["warehouse_id"]), wanted)
        choice = company.ai_available_stock
        on_hand = taken(stock["on_hand"], at)
        incoming = taken(stock["incoming"], at) + taken(stock["requested"], at)
        reserved = taken(stock["outgoing" if choice == "outgoing" else "reserved"], at)
        only_hand = choice == "on_hand"
        return {
            "on_hand": on_hand,
            "incoming": incoming,
            "reserved": reserved,
            "available": on_hand if only_hand else on_hand + incoming - reserved,
        }

    def _supply_of(self, company, rows, product_ids):
        """Who supplies the rows, how fast, in what quantities and at what price."""
        import numpy as np

        from ...algorithms.core.lookup import places, taken

        extract = self.env["ai.stock.extract"]
        vendors = extract._vendors(company, product_ids)
        at = places(vendors["product_id"], rows["product_id"])
        making = extract._manufacturing(company, product_ids)
        nothing = (False, np.nan)
        made = np.array([making.get(p, nothing) for p in rows["product_id"].tolist()], float)
        made = made.reshape(-1, 2)
        bought = (at >= 0) & (made[:, 0] == 0)
        makes = ~bought & ~np.isnan(made[:, 1])
        rates = extract._currency_rates(company, np.unique(vendors["currency_id"]).tolist())
        rate = np.array([rates[c] for c in vendors["currency_id"].tolist()], float)
        cost = extract._costs(company, rows["product_id"], product_ids)
        price = np.where(bought, taken(vendors["price"] * rate, at), 0.0)
        rounding, packaging = extract._order_steps(company, rows["product_id"], product_ids)
        step = np.maximum(np.where(bought, taken(vendors["unit"], at), 0.0), rounding)
        return {
            "supply": np.select([bought, makes], ["buy", "make"], "none"),
            "seller_id": np.where(bought, taken(vendors["seller_id"], at, 0), 0),
            "vendor_id": np.where(bought, taken(vendors["vendor_id"], at, 0), 0),
            "planned_lead": np.select(
                [bought, makes], [taken(vendors["delay"], at), made[:, 1]], np.nan
            ),
            "minimum": np.where(bought, taken(vendors["minimum"], at), 0.0),
            "multiple": np.where(bought & (packaging > 0), packaging, step),
            "unit_cost": np.where(price > 0, price, cost),
            "is_without_price": bought & ~(price > 0),
            "cost": cost,
            "orderpoint_id": extract._orderpoints(company, rows, product_ids),
        }

    # ------------------------------------------------------------------
    # What is computed
    # ------------------------------------------------------------------

    def _reorder_points(self, company, rows, lead, spread):
        """ReorderPoints of the rows by the company's choice."""
        import numpy as np

        from ...algorithms.replenishment import reorder_point

        if company.ai_rop_method == "days":
            return reorder_point.reorder_points_by_days(
                rows["mean_demand"], lead, company.ai_safety_days, company.ai_default_lead_time
            )
        used, _missing = reorder_point.used_lead_time(lead, company.ai_default_lead_time, len(lead))
        forecast, error = self._forecast_over(rows, used)
        known = rows["has_forecast"] == 1
        return reorder_point.reorder_points_by_service(
            np.where(known, forecast, rows["mean_demand"]),
            np.where(known, error, rows["demand_spread"]),
            lead,
            spread,
            company.ai_service_level,
            company.ai_default_lead_time,
            # The error of a forecast holds that of its level; the spread of days does not.
            level_days=np.where(known, np.inf, company.ai_demand_days),
        )

    def _lead_times(self, company, rows, supply):
        """Days from the order to the shelf and their deviation, NaN where nobody supplies."""
        import numpy as np

        lead, spread = supply["planned_lead"], np.zeros(len(rows["id"]))
        if company.ai_use_receipts:
            entity = self.env["ai.stock.extract"]._commercial_partners(
                np.unique(supply["vendor_id"][supply["vendor_id"] > 0]).tolist()
            )
            vendor = np.array([entity.get(v, -1) for v in supply["vendor_id"].tolist()])
            seen = vendor == rows["receipt_vendor_id"]
            lead = np.where(seen, rows["receipt_lead"], lead)
            spread = np.where(seen, rows["receipt_spread"], spread)
        bought = supply["supply"] == "buy"
        return np.where(bought, lead + self._purchase_lead(company), lead), spread

    @api.model
    def _purchase_lead(self, company):
        """Days that the company adds to each vendor's delay; fields of the series of Odoo."""
        names = ("po_lead", "days_to_purchase")
        return sum(company[name] for name in names if name in company._fields)

    @staticmethod
    def _forecast_over(rows, lead):
        """Forecast a day over each lead time, and the daily error of the range next to it."""
        import numpy as np

        daily = [rows[f"forecast_{days}"] for days in HORIZONS]
        marks = [np.zeros(len(lead)), *(d * each for d, each in zip(HORIZONS, daily, strict=True))]
        total, start = np.zeros(len(lead)), 0
        for end, before, after in zip(HORIZONS, marks[:-1], marks[1:], strict=True):
            part = np.clip(lead - start, 0, end - start) / (end - start)
            total += part * (after - before)
            start = end
        total += np.maximum(lead - start, 0) * daily[-1]
        mean = np.divide(total, lead, out=daily[0].copy(), where=lead > 0)
        error = np.select(
            [lead <= days for days in HORIZONS[:-1]],
            [rows[f"error_{days}"] for days in HORIZONS[:-1]],
            rows[f"error_{HORIZONS[-1]}"],
        )
        return np.maximum(mean, 0.0), error
