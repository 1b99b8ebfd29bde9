"""The state of the stock as a column of the board; :mod:`.stock_state` says which there are."""

from odoo import api, fields, models
from odoo.tools import SQL

from .stock_state import STATES, state_sql


class AiReplenishment(models.Model):
    _inherit = "ai.replenishment"

    stock_state = fields.Selection(
        STATES,
        compute="_compute_stock_state",
        search="_search_stock_state",
        help="Too much: more than twice the order-up-to level, cover for more than 180 days, or in "
        "stock though nobody asks for it.",
    )

    @api.depends("action", "available", "daily_demand", "rop", "order_up_to", "cover")
    def _compute_stock_state(self):
        states = self._stock_states(SQL("id = ANY(%s)", self.ids)) if self.ids else {}
        for row in self:
            row.stock_state = states.get(row.id, "unknown")

    @api.model
    def _search_stock_state(self, operator, value):
        wanted = [value] if isinstance(value, str) else list(value or [])
        if operator not in ("=", "!=", "in", "not in"):
            raise NotImplementedError(f"stock_state cannot be searched by {operator}")
        states = {state for state, _label in STATES}
        chosen = states & set(wanted) if operator in ("=", "in") else states - set(wanted)
        self.flush_model()
        query = self.sudo()._search([])
        query.add_where(SQL("%s = ANY(%s)", state_sql(), list(chosen)))
        return [("id", "in", query)]

    def _stock_states(self, condition):
        """{id: state} of the rows that meet a condition."""
        self.flush_model()
        self.env.cr.execute(
            SQL("SELECT id, %s FROM ai_replenishment WHERE %s", state_sql(), condition)
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _count_stock_states(self, domain):
        """{state: number of rows} of those of a domain that the user may see."""
        self.flush_model()
        query = self._search(domain)
        self.env.cr.execute(
            SQL(
                "SELECT %s, count(*) FROM ai_replenishment WHERE id IN (%s) GROUP BY 1",
                state_sql(),
                query.select(),
            )
        )
        return dict(self.env.cr.fetchall())
