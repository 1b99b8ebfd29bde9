"""How training and the planner write their halves of the rows: in bulk, ids stay as they are.

Rows go into a table of the session and from there over the old ones, so that who has a row open on
the screen still finds it. One writer at a time for a company: who comes second leaves it to the
first.
"""

import zlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_replenishment import COVER_MOST, HORIZONS

DEMAND_COLUMNS = (
    "company_id",
    "run_id",
    "warehouse_id",
    "product_id",
    "categ_id",
    "demand_state",
    "mean_demand",
    "demand_spread",
    "known_days",
    "days_out",
    "last_sale",
    "has_forecast",
    *(f"{name}_{days}" for name in ("forecast", "error") for days in HORIZONS),
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
PLAN_COLUMNS = (
    "id",
    *PLAN_FLOATS,
    *PLAN_REFERENCES,
    *PLAN_MARKS,
    *PLAN_CODES,
    "order_before",
    "date_planned",
)
# Sums of fractions differ in their last bits each time; nobody counts that finely.
DECIMALS = 6
# Farther ahead nobody plans an order, and dates end.
MOST_DAYS_AHEAD = 365


class AiReplenishment(models.Model):
    _inherit = "ai.replenishment"

    @api.model
    def _store_demand(self, run, table):
        """Put what training learned in the place of the company's rows.

        table : {column: (n,) array} with DEMAND_COLUMNS but for company_id and run_id; NaN, 0 in
        references and NaT stand for none. Rows that are not in it are removed.
        """
        self.env.flush_all()
        cr = self.env.cr
        columns = DEMAND_COLUMNS[2:]
        values = [_texts(name, table[name]) for name in columns]
        head = (str(run.company_id.id), str(run.id))
        rows = ((*head, *each) for each in zip(*values, strict=True))
        self._fill_session_table(DEMAND_COLUMNS, rows)
        names = SQL(", ").join(map(SQL.identifier, DEMAND_COLUMNS))
        updates = [name for name in DEMAND_COLUMNS if name not in KEY]
        cr.execute(
            SQL(
                """
                INSERT INTO ai_replenishment (%(names)s)
                     SELECT %(names)s FROM ai_replenishment_new
                ON CONFLICT (company_id, warehouse_id, product_id)
                  DO UPDATE SET %(updates)s
                """,
                names=names,
                updates=SQL(", ").join(
                    SQL("%s = excluded.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in updates
                ),
            )
        )
        cr.execute(
            SQL(
                "DELETE FROM ai_replenishment WHERE company_id = %s AND run_id IS DISTINCT FROM %s",
                run.company_id.id,
                run.id,
            )
        )
        self.env.invalidate_all()

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
        key = zlib.crc32(f"ai.replenishment/{company.id}".encode()) - 2**31
        self.env.cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", key))
        return self.env.cr.fetchone()[0]

    @api.model
    def _store_plan(self, plan):
        """Write a plan, {column: (n,) array} as the planner returns it, into its rows.

        Rows that stay as they are are not written: each opening of the board would else leave a
        dead copy of all of them behind.
        """
        self.env.flush_all()
        now = fields.Datetime.now()
        values = [
            _texts("id", plan["id"]),
            *(_texts(name, self._plan_figures(plan, name)) for name in PLAN_FLOATS),
            *(_texts(name, plan[name]) for name in (*PLAN_REFERENCES, *PLAN_MARKS, *PLAN_CODES)),
            [str(day or "\\N") for day in days_ahead(plan["order_in"], now.date())],
            [str(now)] * len(plan["id"]),
        ]
        self._fill_session_table(PLAN_COLUMNS, zip(*values, strict=True))
        self.env.cr.execute(
            SQL(
                "UPDATE ai_replenishment old SET %s FROM ai_replenishment_new new"
                " WHERE old.id = new.id AND (%s) IS DISTINCT FROM (%s)",
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), SQL.identifier("new", name))
                    for name in PLAN_COLUMNS[1:]
                ),
                *(
                    SQL(", ").join(SQL.identifier(side, name) for name in PLAN_COLUMNS[1:-1])
                    for side in ("old", "new")
                ),
            )
        )
        self.env.invalidate_all()

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
        self.env.flush_all()
        columns = ("id", "fill_rate_days", "fill_rate_service")
        values = (row_ids, fill_rate_days, fill_rate_service)
        texts = [_texts(name, each) for name, each in zip(columns, values, strict=True)]
        self._fill_session_table(columns, zip(*texts, strict=True))
        self.env.cr.execute(
            """
            UPDATE ai_replenishment old
               SET fill_rate_days = new.fill_rate_days,
                   fill_rate_service = new.fill_rate_service,
                   is_replayed = new.fill_rate_days IS NOT NULL
              FROM ai_replenishment_new new
             WHERE old.id = new.id
            """
        )
        self.env.invalidate_all()

    def _fill_session_table(self, columns, rows):
        """A table of this transaction with some columns of ours and the given rows of text."""
        cr = self.env.cr
        cr.execute("DROP TABLE IF EXISTS pg_temp.ai_replenishment_new")
        cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE ai_replenishment_new ON COMMIT DROP AS"
                " SELECT %s FROM ai_replenishment WITH NO DATA",
                SQL(", ").join(map(SQL.identifier, columns)),
            )
        )
        binary_copy.write_rows(cr, "ai_replenishment_new", columns, rows)


def _bounded(name, values):
    """Cover is cut, and what else has no end is not known."""
    import numpy as np

    if name == "cover":
        values = np.minimum(np.nan_to_num(values, nan=0.0, posinf=COVER_MOST), COVER_MOST)
    return np.where(np.isfinite(values), values, np.nan).round(DECIMALS)


def _texts(name, values):
    """Texts for COPY, NULL for NaN, for 0 in references and for no date."""
    import numpy as np

    values = np.asarray(values)
    if values.dtype.kind == "M":
        days = values.astype("datetime64[D]").astype(object)
        return ["\\N" if each is None else str(each) for each in days.tolist()]
    if name.endswith("_id"):
        return [str(each) if each else "\\N" for each in values.astype(int).tolist()]
    if values.dtype.kind == "f":
        return ["\\N" if each != each else repr(each) for each in values.tolist()]
    if values.dtype.kind == "b":
        return ["t" if each else "f" for each in values.tolist()]
    return [str(each) for each in values.tolist()]


def days_ahead(days, today):
    """Dates some days from now; False where never or not known, today where overdue.

    days : (n,) float; today : date. Returns list of date or False.
    """
    return [
        each < MOST_DAYS_AHEAD and today + timedelta(days=max(int(each), 0))
        for each in days.clip(min=-1).tolist()
    ]
