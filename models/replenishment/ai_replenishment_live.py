"""Advice with the stock of this moment, for a person who looks at one product.

Rows of the board hold the stock of when the board was opened. A product's tab stands beside Odoo's
own stock buttons and must say the same: its figures are planned again each time, put over the rows
in memory, and never stored.
"""

from odoo import api, fields, models

from ...tools import locks
from ...tools.compat import check_access
from .ai_replenishment import COVER_MOST
from .ai_replenishment_storage import (
    PLAN_CODES,
    PLAN_FLOATS,
    PLAN_MARKS,
    PLAN_REFERENCES,
    days_ahead,
)

STOCK = (
    "on_hand",
    "incoming",
    "incoming_late",
    "incoming_left_out",
    "reserved",
    "available",
)
# What is not known as long as too few days say how much is sold.
OF_DEMAND = ("daily_demand", "rop", "safety_stock", "quantity", "cover", "order_value")


class AiReplenishment(models.Model):
    _inherit = "ai.replenishment"

    def action_open_on_board(self):
        """Open the row's form with the figures of now. For who may read the board.

        While a training is under way the plan stays, as on the board.
        """
        self.ensure_one()
        check_access(self, "read")
        with locks.training(self.company_id, "replenishment") as idle:
            if idle:
                self._refresh_products(self.company_id, self.product_id.ids)
        return self.get_formview_action()

    # ------------------------------------------------------------------
    # Rows of now
    # ------------------------------------------------------------------

    @api.model
    def _live(self, company, product_ids):
        """Rows of some products with the figures of now, most urgent first.

        product_ids : list of int. Returns new records of the rows that the user may see, and, where
        a warehouse holds or awaits a product that it had nothing to do with when it was planned,
        new records of the stock alone, without a plan.
        """
        own = [("company_id", "=", company.id), ("product_id", "in", product_ids)]
        rows = self.search(own).sudo().with_company(company)
        plan = self._live_values(self.env["ai.replenishment.planner"]._plan(company, product_ids))
        planned = [rows.new(plan[row.id], origin=row) for row in rows if row.id in plan]
        planned.sort(key=lambda row: (-row.urgency, row.cover))
        other = [rows.new(values) for values in self._stock_without_row(company, rows, product_ids)]
        # One set, so that what it refers to is read at once.
        return rows.browse().concat(*planned, *other)

    @api.model
    def _stock_without_row(self, company, rows, product_ids):
        """Values of new records: stock in warehouses that have no row of a product."""
        warehouses = self.env["stock.warehouse"].sudo().search([("company_id", "=", company.id)])
        places = {(row.product_id.id, row.warehouse_id.id) for row in rows}
        missing = {(product, place) for product in rows.product_id.ids for place in warehouses.ids}
        missing -= places
        stock = self.env["ai.stock.extract"]._stock(company, product_ids)
        pairs = zip(stock["product_id"].tolist(), stock["warehouse_id"].tolist(), strict=True)
        at = [number for number, pair in enumerate(pairs) if pair in missing]
        if not at:
            return []
        found = {name: stock[name][at] for name in ("product_id", "warehouse_id")}
        found |= self.env["ai.replenishment.planner"]._stock_of(company, found, product_ids)
        columns = [values.tolist() for values in found.values()]
        return [
            {"company_id": company.id, **dict(zip(found, each, strict=True))}
            for each in zip(*columns, strict=True)
        ]

    @api.model
    def _live_values(self, plan):
        """{row id: values} of a plan, {column: (n,) array} as the planner returns it.

        What is not known is 0, as the columns that hold it say, see ``demand_state``.
        """
        import numpy as np

        now = fields.Datetime.now()
        columns = {
            **{n: np.nan_to_num(self._plan_figures(plan, n)).tolist() for n in PLAN_FLOATS},
            **{name: _references(plan[name]) for name in PLAN_REFERENCES},
            **{name: plan[name].tolist() for name in (*PLAN_MARKS, *PLAN_CODES)},
            "order_before": days_ahead(plan["order_in"], now.date()),
        }
        return {
            row_id: {"date_planned": now, **dict(zip(columns, each, strict=True))}
            for row_id, *each in zip(plan["id"].tolist(), *columns.values(), strict=True)
        }

    # ------------------------------------------------------------------
    # JSON
    # ------------------------------------------------------------------

    def _as_json(self):
        """The row for static/src/replenishment: units, days and money as float, None if unknown."""
        self.ensure_one()
        figures = {name: self[name] for name in STOCK}
        unknown = not self.date_planned or self.demand_state == "short"
        figures |= {name: None if unknown else self[name] for name in OF_DEMAND}
        return {
            "id": self._origin.id or None,
            "warehouse_id": self.warehouse_id.id,
            "warehouse": self.warehouse_id.name,
            "action": self.action or "unknown",
            "urgency": self.urgency,
            **figures,
            "endless": self.cover >= COVER_MOST,
            "known_days": self.known_days,
            "days_out": self.days_out,
            "lead_time": self.lead_time if self.date_planned else None,
            "lead_time_origin": self._lead_time_origin() if self.date_planned else "",
            "order_before": fields.Date.to_string(self.order_before) or "",
            "supply": self.supply or "none",
            "vendor": self.vendor_id.name or "",
            "price": self.unit_cost or None,
            "price_is_cost": self.is_without_price or self.supply != "buy",
            "rule": self._rule_as_json(),
            "fill_rates": self._fill_rates_as_json(),
            "explanation": self._explain(),
        }

    def _rule_as_json(self):
        if not self.orderpoint_id:
            return None
        return {"min": self.orderpoint_min, "max": self.orderpoint_max}

    def _fill_rates_as_json(self):
        """Shares in 0..1 of what the replay of the last year would have served, by method."""
        if not self.is_replayed:
            return None
        return {"days": self.fill_rate_days, "service": self.fill_rate_service}


def _references(ids):
    """Ids as new records take them: False for none."""
    return [each or False for each in ids.astype(int).tolist()]
