"""How much stock there is against what is needed, of products still sold, today.

Rows of the board are planned again first: stock changes with each delivery. What was available on
days before nobody wrote down.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import compat_sql, locks
from ..core.ai_indicator_source import Records
from .stock_state import state_sql

CODES = ("low_stock", "stock_outs", "below_reorder_point", "stock_cover")


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {**super()._indicators(), **dict.fromkeys(CODES, "_read_stock_levels")}

    @api.model
    def _records(self):
        sold = [("product_id.sale_ok", "=", True), ("product_id.active", "=", True)]
        low, out = (("stock_state", "=", state) for state in ("low", "out"))
        wanted = [*sold, ("daily_demand", ">", 0)]
        return {
            **super()._records(),
            "low_stock": Records("ai.replenishment", [*sold, low]),
            "stock_outs": Records("ai.replenishment", [*sold, out]),
            "below_reorder_point": Records("ai.replenishment", [*sold, "|", low, out]),
            "stock_cover": Records("ai.replenishment", wanted),
        }

    @api.model
    def _read_stock_levels(self, scope):
        board = self.env["ai.replenishment"].sudo().with_company(scope.company)
        with locks.training(scope.company, "replenishment") as idle:
            if idle:
                board._refresh(scope.company)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT count(*) FILTER (WHERE %(state)s = 'low'),
                       count(*) FILTER (WHERE %(state)s = 'out'),
                       sum(GREATEST(available, 0) * cost.cost), sum(daily_demand * cost.cost),
                       count(*)
                  FROM ai_replenishment
                  JOIN product_product product
                    ON product.id = ai_replenishment.product_id AND product.active
                  JOIN product_template template ON template.id = product.product_tmpl_id
                                                AND template.active AND template.sale_ok
             LEFT JOIN (%(costs)s) cost(product_id, cost)
                    ON cost.product_id = ai_replenishment.product_id
                 WHERE ai_replenishment.company_id = %(company)s
                   AND daily_demand > 0
                """,
                state=state_sql(),
                costs=compat_sql.cost_sql(scope.company),
                company=scope.company.id,
            )
        )
        low, out, value, demand, count = self.env.cr.fetchone()
        if not count:
            return {}
        return {
            "low_stock": scope.now(low),
            "stock_outs": scope.now(out),
            "below_reorder_point": scope.now(low + out),
            "stock_cover": scope.now(value or 0.0, demand or 0.0),
        }
