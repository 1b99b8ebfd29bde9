"""The dashboard: what stands on it for whom, and each of its parts by itself.

Figures of cards come from ``ai.kpi.reader``; here are the rest: how cards are arranged
(``ai_dashboard_layout``), sales over time and best products (``ai_dashboard_sales``), strips of
other subjects, and the history to be exported (``ai_dashboard_history``). Each method checks who
asks, since all of them can be called over RPC.
"""

from odoo import _, api, models
from odoo.exceptions import AccessError


class AiDashboard(models.AbstractModel):
    _name = "ai.dashboard"
    _description = "Dashboard"

    @api.model
    def get_layout(self):
        """What the page is made of for this user, JSON-ready:

        cards : see ``_cards``; is_default : whether the user arranged none of them.
        categories : [{"code", "name"}] in the order of the role.
        strips : codes of the strips, in their order.
        companies : [{"id", "name"}] of the user, the active ones first; active_ids : ids of these.
        sees_sales, can_export : bool.
        """
        self._check()
        words = dict(self.env["ai.kpi"]._fields["category"]._description_selection(self.env))
        strips = self.env["ai.dashboard.strip"]._strips()
        return {
            "cards": self._cards(),
            "is_default": not self._preferences(),
            "categories": [{"code": code, "name": words[code]} for code in self._role()[1]],
            "strips": sorted(strips, key=lambda code: strips[code]),
            "companies": [
                {"id": company.id, "name": company.name}
                for company in self.env.companies | self.env.user.company_ids
            ],
            "active_ids": self.env.companies.ids,
            "sees_sales": self._sees_sales(),
            "can_export": self.env.user.has_group("base.group_allow_export"),
        }

    @api.model
    def get_strip(self, code):
        """A strip by its code, see ``ai.dashboard.strip``, over the active companies."""
        self._check()
        strips = self.env["ai.dashboard.strip"]
        if code not in strips._strips():
            raise AccessError(_("You may not see the part %s of the dashboard.", code))
        return strips._strip(code, self.env.companies)

    def _check(self):
        """Raise an AccessError for who sees no indicator at all."""
        if not self.env.user.has_group("base.group_user") or not self.env["ai.kpi"]._audiences():
            raise AccessError(
                _(
                    "The dashboard is for those who work with sales, stock, purchases or "
                    "accounting. Ask your administrator."
                )
            )

    def _sees_sales(self):
        return "own" in self.env["ai.kpi"]._audiences()
