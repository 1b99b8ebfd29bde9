"""Stock alerts: once a morning, one activity for each responsible user.

A product is reported once when it falls below its reorder point, and again only after it has been
above it; dead stock likewise. The responsible user is that of the product where it may see the
board, else the company's first inventory administrator.
"""

from odoo import _, api, fields, models
from odoo.tools import format_date, groupby

from ...tools.compat import users_of

READERS = (
    "stock.group_stock_manager",
    "purchase.group_purchase_user",
    "smart_recommender.group_manager",
)
NAMED = 5


class AiStockAlert(models.Model):
    _name = "ai.stock.alert"
    _description = "Stock Alert"
    _inherit = "ai.alert"

    low_ids = fields.Many2many(
        "ai.replenishment",
        "ai_stock_alert_low_rel",
        string="Fell Below Their Reorder Point",
        readonly=True,
    )
    dead_ids = fields.Many2many(
        "ai.replenishment", "ai_stock_alert_dead_rel", string="Became Dead Stock", readonly=True
    )
    low_count = fields.Integer(string="To Order", readonly=True)
    dead_count = fields.Integer(string="Dead Stock", readonly=True)

    @api.depends("date")
    def _compute_display_name(self):
        for alert in self:
            day = format_date(self.env, alert.date) if alert.date else ""
            alert.display_name = _("Stock of %s", day)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_board(self):
        """Open the board with the products of this alert."""
        self.ensure_one()
        action = self.env["ai.replenishment"].action_open_board()
        rows = self.low_ids | self.dead_ids
        return {**action, "domain": [("id", "in", rows.ids)], "context": {}}

    # ------------------------------------------------------------------
    # Every morning
    # ------------------------------------------------------------------

    @api.model
    def _cron_alert(self):
        """Tell the responsible users of every company."""
        companies = self.env["res.company"].search(
            [("ai_enabled", "=", True), ("ai_stock_alerts", "=", True)]
        )
        self._each_company(companies, "_alert", "smart_recommender.ir_cron_stock_alerts")

    @api.model
    def _alert(self, company):
        """Make the alerts of one company; returns them."""
        rows = self.env["ai.replenishment"]
        rows._refresh(company)
        low, dead = rows._newly(company, "low"), rows._newly(company, "dead")
        fallback = self._fallback_user(company)
        by_user = {}
        for name, found in (("low_ids", low), ("dead_ids", dead)):
            for user, members in groupby(found, lambda row: self._responsible(row, fallback)):
                by_user.setdefault(user, {})[name] = rows.concat(*members)
        return self.browse().concat(
            *(self._tell(company, user, found) for user, found in by_user.items() if user)
        )

    @api.model
    def _responsible(self, row, fallback):
        user = row.product_id.with_company(row.company_id).responsible_id
        return user if self._may_be_told(user, row.company_id, READERS) else fallback

    @api.model
    def _fallback_user(self, company):
        """The first inventory administrator of a company, or manager of ours."""
        for group in (READERS[0], READERS[2]):
            users = users_of(self.env.ref(group)).filtered(
                lambda user: (
                    self._may_be_told(user, company, READERS) and not user.share and user.id != 1
                )
            )
            if users:
                return users.sorted("id")[0]
        return self.env["res.users"]

    @api.model
    def _tell(self, company, user, found):
        """One alert with its activity, in the user's language."""
        rows = self.env["ai.replenishment"]
        low, dead = found.get("low_ids", rows), found.get("dead_ids", rows)
        return self._tell_user(
            company,
            user,
            low_ids=[(6, 0, low.ids)],
            dead_ids=[(6, 0, dead.ids)],
            low_count=len(low),
            dead_count=len(dead),
        )

    def _summary(self):
        self.ensure_one()
        parts = []
        if self.low_count:
            parts.append(_("%s products to order", self.low_count))
        if self.dead_count:
            parts.append(_("%s of dead stock", self.dead_count))
        return ", ".join(parts)

    def _note(self):
        """The most urgent products by name."""
        self.ensure_one()
        lines = []
        for title, rows in (
            (_("Below the reorder point"), self.low_ids.sorted("urgency", reverse=True)),
            (_("Dead stock"), self.dead_ids.sorted("stock_value", reverse=True)),
        ):
            if rows:
                names = ", ".join(row.product_id.display_name for row in rows[:NAMED])
                more = len(rows) - NAMED
                if more > 0:
                    names = f"{names} (+ {more})"
                lines.append(_("%(label)s: %(value)s", label=title, value=names))
        return "\n".join(lines)
