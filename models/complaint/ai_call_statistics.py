"""Complaints among the statistics of the call center."""

from odoo import _, api, models

from .ai_complaint import OPEN

MOST = 10


class AiCallStatistics(models.AbstractModel):
    _inherit = "ai.call.statistics"

    @api.model
    def _blocks(self):
        return {
            **super()._blocks(),
            "complaints": (100, "_complaints"),
            "complaints_product": (110, "_complaints_by_product"),
            "complaints_motive": (120, "_complaints_by_motive"),
            "complaints_operator": (130, "_complaints_by_operator"),
        }

    @api.model
    def _complaints(self, asked):
        """Complaints that were taken in these days by the operator, as they stand now."""
        domain = self._complaint_domain(asked)
        found = self.env["ai.complaint"].search(domain)
        rows = [
            {
                "label": motive.name,
                "values": [
                    len(members),
                    len(members.filtered(lambda each: each.state in OPEN)),
                    len(members.filtered("escalated_at")),
                    len(members.filtered(lambda each: each.state == "refused")),
                ],
                "action": self._complaint_action([*domain, ("motive_id", "=", motive.id)]),
            }
            for motive, members in found.grouped("motive_id").items()
        ]
        return {
            "title": _("Complaints"),
            "note": _("Taken in these days, as they stand now."),
            "chart": "bar",
            "head": _("Motive"),
            "series": [
                {"label": _("Complaints"), "unit": "count"},
                {"label": _("Still Open"), "unit": "count"},
                {"label": _("Escalated"), "unit": "count"},
                {"label": _("Refused"), "unit": "count", "is_drawn": False},
            ],
            "rows": sorted(rows, key=lambda row: -row["values"][0]),
            "empty": _("No complaint in these days."),
        }

    @api.model
    def _complaint_domain(self, asked):
        """Domain of the complaints of the days asked for, each company's own."""
        bounds = self.env["ai.sales.extract"]._utc_bounds
        domain = ["|"] * (len(asked.companies) - 1)
        for company in asked.companies:
            start, end = bounds(company, asked.date_from, asked.date_to)
            domain += [
                "&",
                "&",
                ("company_id", "=", company.id),
                ("create_date", ">=", start),
                ("create_date", "<", end),
            ]
        return [*domain, ("user_id", "=", asked.user.id)] if asked.user else domain

    @api.model
    def _complaint_action(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_complaint_action"
        )
        return {**action, "domain": domain, "context": {}}

    # ------------------------------------------------------------------
    # For each thousand deliveries
    # ------------------------------------------------------------------

    @api.model
    def _complaints_by_product(self, asked):
        title = _("Complaints per 1,000 Deliveries, by Product")
        return self._complaint_rates(asked, "product", title, _("Product"))

    @api.model
    def _complaints_by_motive(self, asked):
        title = _("Complaints per 1,000 Deliveries, by Motive")
        return self._complaint_rates(asked, "motive", title, _("Motive"))

    @api.model
    def _complaints_by_operator(self, asked):
        title = _("Complaints per 1,000 Deliveries, by Operator")
        return self._complaint_rates(asked, "operator", title, _("Operator"))

    @api.model
    def _complaint_rates(self, asked, by, title, head):
        days = (asked.date_from, asked.date_to)
        rates = self.env["ai.complaint.rate"]._rates(asked.companies, *days, by, asked.user)
        return {
            "title": title,
            "note": _("Of the operator who took the order; deliveries that were done."),
            "chart": "",
            "head": head,
            "series": [
                {"label": _("Complaints"), "unit": "count"},
                {"label": _("Deliveries"), "unit": "count"},
                {"label": _("Per 1,000"), "unit": "count"},
            ],
            "rows": [
                {
                    "label": row["name"],
                    "values": [
                        row["complaints"],
                        row["deliveries"],
                        row["rate"] and round(row["rate"], 1),
                    ],
                }
                for row in rates[:MOST]
            ],
            "empty": _("No complaint in these days that says it."),
        }
