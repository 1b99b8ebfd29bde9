"""Which card stands where: what a role wants to see first, and what each user made of it."""

from odoo import _, api, models
from odoo.exceptions import UserError

ALL_CATEGORIES = ("sales", "customers", "orders", "stock", "products", "learning")
# The first role of which somebody has the group: what is pinned, and which categories come first.
ROLES = [
    (
        "sales_team.group_sale_manager,smart_recommender.group_manager",
        ("revenue", "orders", "gross_margin", "average_order_value", "active_clients"),
        ALL_CATEGORIES,
    ),
    (
        "stock.group_stock_user",
        (
            "below_reorder_point",
            "stock_outs",
            "late_orders",
            "on_time",
            "stock_cover",
            "stock_value",
        ),
        ("stock", "orders", "products", "sales", "customers", "learning"),
    ),
    (
        "purchase.group_purchase_user",
        ("below_reorder_point", "stock_outs", "vendor_on_time", "stock_cover"),
        ("stock", "orders", "products", "sales", "customers", "learning"),
    ),
    (
        "sales_team.group_sale_salesman",
        ("revenue", "orders", "average_order_value", "win_rate"),
        ALL_CATEGORIES,
    ),
    (
        "account.group_account_invoice,account.group_account_readonly",
        ("order_cycle",),
        ("orders", "sales", "customers", "stock", "products", "learning"),
    ),
]
MARKS = ("is_pinned", "is_hidden")


class AiDashboardLayout(models.AbstractModel):
    _inherit = "ai.dashboard"

    @api.model
    def save_cards(self, cards):
        """Keep the user's own arrangement.

        cards : [{"code", "is_pinned", "is_hidden"}] in their order; indicators that the user may
        not see are left out. Returns the cards as they are now.
        """
        self._check()
        try:
            wanted = {
                card["code"]: {name: bool(card[name]) for name in MARKS} | {"sequence": place}
                for place, card in enumerate(cards)
            }
        except (KeyError, TypeError):
            raise UserError(_("A card has a code, and whether it is pinned and hidden.")) from None
        preferences = self.env["ai.kpi.preference"]
        known = {row.kpi_id.id: row for row in self._preferences()}
        missing = []
        for kpi in self.env["ai.kpi"]._visible(list(wanted)):
            if kpi.id in known:
                known[kpi.id].write(wanted[kpi.code])
            else:
                missing.append({"kpi_id": kpi.id, **wanted[kpi.code]})
        preferences.create(missing)
        return self._cards()

    @api.model
    def reset_cards(self):
        """Give the user back the arrangement of the role. Returns the cards as they are now."""
        self._check()
        self._preferences().unlink()
        return self._cards()

    def _preferences(self):
        return self.env["ai.kpi.preference"].search([("user_id", "=", self.env.uid)])

    def _role(self):
        """What the user's role has pinned, and its categories in their order."""
        for groups, pinned, categories in ROLES:
            if any(self.env.user.has_group(group) for group in groups.split(",")):
                return pinned, categories
        return (), ALL_CATEGORIES

    def _cards(self):
        """[{code, name, formula, category, unit, is_pinned, is_hidden}], as the user sees them."""
        pinned, categories = self._role()
        own = {row.kpi_id.id: row for row in self._preferences()}

        def place(kpi):
            if kpi.id in own:
                return 0, own[kpi.id].sequence
            if kpi.code in pinned:
                return 0 if not own else 1, pinned.index(kpi.code)
            # What is new since somebody arranged the cards comes last.
            return 1, 100 * categories.index(kpi.category) + kpi.sequence

        def marks(kpi):
            if kpi.id in own:
                return {name: own[kpi.id][name] for name in MARKS}
            return {"is_pinned": not own and kpi.code in pinned, "is_hidden": False}

        return [
            {
                **{name: kpi[name] for name in ("code", "name", "formula", "category", "unit")},
                **marks(kpi),
            }
            for kpi in self.env["ai.kpi"]._visible().sorted(place)
        ]
