"""Today's plan: demand that training learned, beside the stock, vendors and settings of now.

Nothing is written here and nobody's rights are asked: ``ai.replenishment`` stores the plan for the
board, and the product's tab shows that of a few products. Every step takes all products at once;
the number of queries does not depend on how many there are.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from ..core.ai_stock_extract_supply import STEP_COLUMNS
from .ai_replenishment import HORIZONS

# What is ordered late in the evening is promised a day later.
SLACK_DAYS = 1
# Units a day; not known where the demand is short.
DEMAND_FIGURES = ("mean_demand", "demand_spread")
FORECAST_FIGURES = tuple(f"{name}_{days}" for name in ("forecast", "margin") for days in HORIZONS)
# Columns of the query of ``_rows``, in its order.
ROW_COLUMNS = {
    "id": "i4",
    "product_id": "i4",
    "warehouse_id": "i4",
    **dict.fromkeys(DEMAND_FIGURES, "f8"),
    "is_sold_whole": "i4",
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
        supply = self._supply_of(company, rows, product_ids)
        lead, spread = self._lead_times(company, rows, supply)
        points = self._reorder_points(company, rows, lead, spread)
        cycle = company.ai_cycle_days
        # What was just ordered is due when the vendor promises, however fast he is.
        promised = np.fmax(points.lead_time, self._with_purchase_lead(company, supply))
        reach = promised + cycle + SLACK_DAYS
        stock = self._stock_of(company, rows, product_ids, reach, points.lead_time)
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
                   %(figures)s, COALESCE(replenishment.is_sold_whole, false)::int,
                   COALESCE(replenishment.has_forecast, false)::int, %(forecasts)s,
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

    def _stock_of(self, company, rows, product_ids, reach=None, lead_time=None):
        """Stock of the rows, (n,) float64 each: on_hand, incoming (what is counted on),
        incoming_late, incoming_left_out, reserved, available.

        reach : (n,) days that are looked ahead, None for all; lead_time : (n,) days.
        """
        import numpy as np

        from ...algorithms.core.lookup import pair_key, places, taken

        extract = self.env["ai.stock.extract"]
        stock = extract._stock(company, product_ids)
        wanted = pair_key(rows["product_id"], rows["warehouse_id"])
        at = places(pair_key(stock["product_id"], stock["warehouse_id"]), wanted)
        on_hand, reserved = taken(stock["on_hand"], at), taken(stock["reserved"], at)
        if reach is None:
            reach = lead_time = np.full(len(wanted), np.inf)
        ahead = self._arrivals(company, wanted, product_ids, reach, lead_time)
        if company.ai_available_stock == "outgoing":
            # What is kept for a later delivery is not there for anybody else either.
            reserved = np.maximum(reserved, ahead.leaving)
        only_hand = company.ai_available_stock == "on_hand"
        return {
            "on_hand": on_hand,
            "incoming": ahead.counted,
            "incoming_late": ahead.late,
            "incoming_left_out": ahead.left_out,
            "reserved": reserved,
            "available": on_hand if only_hand else on_hand + ahead.counted - reserved,
        }

    def _arrivals(self, company, keys, product_ids, reach, lead_time):
        """Arrivals of rows; keys : (n,) int64, product and warehouse of each."""
        import numpy as np

        from ...algorithms.core.lookup import pair_key, places
        from ...algorithms.replenishment.arrivals import arrivals

        ahead = self.env["ai.stock.extract"]._to_come(company, product_ids)
        today = self.env["ai.sales.extract"]._local_now(company).date()
        due = ahead["day"] - float(np.datetime64(today).astype(np.int64))
        row = places(keys, pair_key(ahead["product_id"], ahead["warehouse_id"]))
        due = np.where(ahead["day"] > 0, due, np.nan)
        return arrivals(row, due, ahead["arriving"], ahead["leaving"], reach, lead_time)

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
        sold_by = {name: np.where(bought, taken(vendors[name], at), 0) for name in STEP_COLUMNS}
        whole = rows["is_sold_whole"] == 1
        step = extract._order_steps(company, rows["product_id"], whole, sold_by, product_ids)
        return {
            "supply": np.select([bought, makes], ["buy", "make"], "none"),
            "seller_id": np.where(bought, taken(vendors["seller_id"], at, 0), 0),
            "vendor_id": np.where(bought, taken(vendors["vendor_id"], at, 0), 0),
            "planned_lead": np.select(
                [bought, makes], [taken(vendors["delay"], at), made[:, 1]], np.nan
            ),
            "minimum": np.where(bought, taken(vendors["minimum"], at), 0.0),
            "multiple": step,
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
        settings = (company.ai_service_level, company.ai_default_lead_time)
        known = (rows["has_forecast"] == 1) & (rows[f"margin_{HORIZONS[0]}"] > 0)
        from_days = reorder_point.reorder_points_by_service(
            rows["mean_demand"], rows["demand_spread"], lead, spread, *settings,
            # The spread of days does not hold the error of their mean.
            level_days=company.ai_demand_days,
        )  # fmt: skip
        from_forecast = reorder_point.reorder_points_by_forecast(
            np.stack([days * rows[f"forecast_{days}"] for days in HORIZONS], axis=1),
            np.stack([rows[f"margin_{days}"] for days in HORIZONS], axis=1),
            HORIZONS,
            lead,
            spread,
            *settings,
        )
        return reorder_point.chosen(known, from_forecast, from_days)

    def _lead_times(self, company, rows, supply):
        """Days from the order to the shelf and their deviation, NaN where nobody supplies."""
        import numpy as np

        lead, spread = supply["planned_lead"], np.zeros(len(rows["id"]))
        if company._ai_uses_receipts():
            entity = self.env["ai.stock.extract"]._commercial_partners(
                np.unique(supply["vendor_id"][supply["vendor_id"] > 0]).tolist()
            )
            vendor = np.array([entity.get(v, -1) for v in supply["vendor_id"].tolist()])
            seen = vendor == rows["receipt_vendor_id"]
            lead = np.where(seen, rows["receipt_lead"], lead)
            spread = np.where(seen, rows["receipt_spread"], spread)
        return self._with_purchase_lead(company, {**supply, "planned_lead": lead}), spread

    def _with_purchase_lead(self, company, supply):
        """Days of supply with those that the company adds to what it buys."""
        import numpy as np

        lead, bought = supply["planned_lead"], supply["supply"] == "buy"
        return np.where(bought, lead + self._purchase_lead(company), lead)

    @api.model
    def _purchase_lead(self, company):
        """Days that the company adds to each vendor's delay; fields of the series of Odoo."""
        names = ("po_lead", "days_to_purchase")
        return sum(company[name] for name in names if name in company._fields)
