"""The state of the stock in a word: what the dashboard counts and the board filters by.

out       nothing available of what is asked for
low       available, but less than the reorder point
much      more than twice the order-up-to level, or enough for half a year, or in stock without
          anybody asking for it
enough    between the two
unknown   too little is known of the demand, or there is neither stock nor demand
"""

from odoo import api, fields, models
from odoo.tools import SQL

STATES = [
    ("out", "Out of Stock"),
    ("low", "Low"),
    ("enough", "Enough"),
    ("much", "Too Much"),
    ("unknown", "Not Known"),
]
# More than this many times the order-up-to level, or cover for this many days, is too much.
MUCH = 2.0
MUCH_DAYS = 180.0


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


def state_sql():
    """State of a row of ai_replenishment."""
    return SQL(
        """
        CASE WHEN ai_replenishment.daily_demand > 0 AND ai_replenishment.available <= 0 THEN 'out'
             WHEN ai_replenishment.action = 'unknown' OR ai_replenishment.available <= 0
             THEN 'unknown'
             WHEN NOT ai_replenishment.daily_demand > 0 THEN 'much'
             WHEN ai_replenishment.available < ai_replenishment.rop THEN 'low'
             WHEN ai_replenishment.cover > %(days)s
               OR ai_replenishment.available > %(times)s * ai_replenishment.order_up_to
                  AND ai_replenishment.order_up_to > 0 THEN 'much'
             ELSE 'enough' END
        """,
        days=MUCH_DAYS,
        times=MUCH,
    )
