"""How training and the planner write their halves of the rows: in bulk, ids stay as they are.

Rows are written over the old ones, so that a row that is open on a screen is still found. One
writer at a time for a company: whoever comes second leaves it to the first.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows, locks
from .ai_replenishment import COVER_MOST, HORIZONS

DEMAND_COLUMNS = (
    "warehouse_id",
    "product_id",
    "categ_id",
    "demand_state",
    "mean_demand",
    "demand_spread",
    "used_demand",
    "known_days",
    "days_out",
    "last_sale",
    "is_sold_whole",
    "has_forecast",
    *(f"{name}_{days}" for name in ("forecast", "margin") for days in HORIZONS),
    "receipt_vendor_id",
    "receipt_count",
    "receipt_lead",
    "receipt_spread",
)
KEY = ("company_id", "warehouse_id", "product_id")
PLAN_FLOATS = (
    "daily_demand",
    "safety_stock",
    "rop",
    "order_up_to",
    "on_hand",
    "incoming",
    "incoming_late",
    "incoming_left_out",
    "reserved",
    "available",
    "quantity",
    "minimum",
    "multiple",
    "unit_cost",
    "order_value",
    "stock_value",
    "lead_time",
    "cover",
    "urgency",
    "gap_days",
)
PLAN_REFERENCES = ("vendor_id", "seller_id", "orderpoint_id")
PLAN_MARKS = ("is_default_lead_time", "is_dead", "is_negative", "is_without_price")
PLAN_CODES = ("supply", "action")
# Sums of fractions differ in their last bits each time; nobody counts that finely.
DECIMALS = 6
# Farther ahead nobody plans an order, and dates end.
MOST_DAYS_AHEAD = 365


class AiReplenishment(models.Model):
    _inherit = "ai.replenishment"

    @api.model
    def _store_demand(self, run, table):
        """Put what training learned in the place of the company's rows.

        table : {column: (n,) array} with DEMAND_COLUMNS; NaN, 0 in references and NaT stand for
        none. Rows that are not in it are removed.
        """
        company, run_id = run.company_id.id, run.id
        columns = {name: table[name] for name in DEMAND_COLUMNS}
        bulk_rows.merge(self, KEY, {"company_id": company, "run_id": run_id, **columns})
        self.env.cr.execute(
            SQL(
                "DELETE FROM ai_replenishment WHERE company_id = %s AND run_id IS DISTINCT FROM %s",
                company,
                run_id,
            )
        )

    @api.model
    def _refresh(self, company):
        """Recompute the plan of a company's rows with the stock of now.

        Returns whether it did: another transaction may be doing the same.
        """
        if not self._lock(company):
            return False
        self._store_plan(self.env["ai.replenishment.planner"]._plan(company))
        return True

    @api.model
    def _refresh_products(self, company, product_ids):
        """Recompute the plan of some products for a person who waits for it."""
        plan = self.env["ai.replenishment.planner"]._plan(company, product_ids)
        self.sudo()._store_plan(plan)

    @api.model
    def _lock(self, company):
        """Whether this transaction may write the company's plan; held to its end."""
        return locks.acquire(self.env.cr, "ai.replenishment", company)

    @api.model
    def _store_plan(self, plan):
        """Write a plan, {column: (n,) array} as the planner returns it, into its rows."""
        now = fields.Datetime.now()
        rows = {
            "id": plan["id"],
            **{name: self._plan_figures(plan, name) for name in PLAN_FLOATS},
            **{name: plan[name] for name in (*PLAN_REFERENCES, *PLAN_MARKS, *PLAN_CODES)},
            "order_before": days_ahead(plan["order_in"], now.date()),
            "date_planned": now,
        }
        bulk_rows.update(self, ("id",), rows, stamps=("date_planned",))

    @api.model
    def _plan_figures(self, plan, name):
        """A column of a plan as the field holds it, (n,) float: finite or NaN, with its digits."""
        import numpy as np

        field, values = self._fields[name], _bounded(name, plan[name])
        digits = field.get_digits(self.env) if field.type == "float" else None
        return np.round(values, digits[1]) if digits else values

    @api.model
    def _store_replay(self, row_ids, fill_rate_days, fill_rate_service):
        """Write what the replay of the last year found.

        row_ids : (n,) int; fill rates : (n,) float in 0..1, NaN where nothing was demanded.
        """
        bulk_rows.update(
            self,
            ("id",),
            {
                "id": row_ids,
                "fill_rate_days": fill_rate_days,
                "fill_rate_service": fill_rate_service,
                "is_replayed": fill_rate_days == fill_rate_days,
            },
        )


def _bounded(name, values):
    """Cover is cut, and what else has no end is not known."""
    import numpy as np

    if name == "cover":
        values = np.minimum(np.nan_to_num(values, nan=0.0, posinf=COVER_MOST), COVER_MOST)
    return np.where(np.isfinite(values), values, np.nan).round(DECIMALS)


def days_ahead(days, today):
    """Dates some days from now; False where never or not known, today where overdue.

    days : (n,) float; today : date. Returns list of date or False.
    """
    return [
        each < MOST_DAYS_AHEAD and today + timedelta(days=max(int(each), 0))
        for each in days.clip(min=-1).tolist()
    ]
