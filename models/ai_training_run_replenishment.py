"""Training for replenishment: how much each warehouse sells of each product, and how surely.

    first turn    demand of all rows, then the plan of today
    other turns   the replay of the last year, some products at a time (see
                  :mod:`.ai_training_run_replay`)

How demand is learned is in :mod:`.ai_training_run_stock_demand`.
"""

from datetime import timedelta

from odoo import _, fields, models
from odoo.tools import formatLang

from ..tools.turn import Turn
from .ai_training_run_stock_demand import SHARE_DAYS

REACH_BACK_DAYS = 90


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("replenishment", "Replenishment")], ondelete={"replenishment": "cascade"}
    )
    order_now_count = fields.Integer(
        string="To Order", readonly=True, help="Products and warehouses to order for."
    )
    stock_row_count = fields.Integer(
        string="Planned", readonly=True, help="Products and warehouses that were planned."
    )

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_replenishment(self):
        """One turn. Returns whether the run has ended."""
        turn = Turn()
        if not self.cursor:
            self._learn_stock_demand()
        return self._replay_portions(turn)

    def _learn_stock_demand(self):
        """Learn the demand of every row, and plan."""
        company = self.company_id
        extract = self.env["ai.sales.extract"]
        today = extract._local_now(company).date()
        # What was out of stock for long is known from the days before.
        window = max(company.ai_demand_days, SHARE_DAYS) + REACH_BACK_DAYS
        self.write(
            {
                "date_from": today - timedelta(days=window),
                "date_to": today - timedelta(days=1),
                "parameters": self._stock_settings(),
                "metrics": {},
            }
        )
        table, rows = self._demand_table(), self.env["ai.replenishment"]
        if table is None:
            rows.search([("company_id", "=", company.id)]).unlink()
            return
        rows._store_demand(self, table)
        rows._refresh(company)
        in_company = [("company_id", "=", company.id)]
        self.write(
            {
                "product_count": len(set(table["product_id"].tolist())),
                "stock_row_count": len(table["product_id"]),
                "order_now_count": rows.search_count([*in_company, ("action", "=", "order_now")]),
            }
        )

    def _stock_settings(self):
        company = self.company_id
        names = (
            "ai_rop_method",
            "ai_default_lead_time",
            "ai_safety_days",
            "ai_service_level",
            "ai_demand_days",
            "ai_available_stock",
            "ai_use_receipts",
            "ai_cycle_days",
        )
        return {name.removeprefix("ai_"): company[name] for name in names}

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _no_stock_message(self):
        return _(
            "%(company)s keeps nothing in stock that could be planned: it needs a warehouse and "
            "active storable products that Settings › AI Recommender does not exclude.",
            company=self.company_id.name,
        )

    def _advice_replenishment(self):
        return _(
            "Shorten the demand window in Settings › AI Recommender, archive products that are no "
            "longer kept, or raise limit_time_cpu and limit_memory_hard of the server."
        )

    def _message_replenishment(self):
        # A company of services is no failure.
        if not self.stock_row_count:
            return self._no_stock_message()
        return _(
            "%(rows)s products and warehouses planned, %(orders)s of them to order, in %(seconds)s "
            "s.",
            rows=self.stock_row_count,
            orders=self.order_now_count,
            seconds=formatLang(self.env, self.duration, digits=1),
        )
