"""Coupons among the statistics of the call center."""

from odoo import _, api, models

from .ai_coupon import OUTSTANDING


class AiCallStatistics(models.AbstractModel):
    _inherit = "ai.call.statistics"

    @api.model
    def _blocks(self):
        return {
            **super()._blocks(),
            "coupons": (140, "_coupons"),
            "coupons_operator": (150, "_coupons_by_operator"),
        }

    @api.model
    def _coupons(self, asked):
        """What was given and used in these days, and what clients still hold today."""
        rates = self._rates(asked.companies)
        given, used, held = [0, 0.0], [0, 0.0], [0, 0.0]
        for company in asked.companies:
            domain = [("company_id", "=", company.id)]
            held_domain = [*domain, ("state", "in", OUTSTANDING)]
            for total, model, found, name in (
                (given, "ai.coupon", self._given_domain(asked, company), "amount"),
                (used, "ai.coupon.redemption", self._used_domain(asked, company), "amount"),
                (held, "ai.coupon", held_domain, "remaining"),
            ):
                count, amount = self._counted(company, model, found, name)
                total[0] += count
                total[1] += amount * rates[company]
        series = (
            (_("Given"), given[0], "count"),
            (_("Amount Given"), given[1], "money"),
            (_("Used"), used[0], "count"),
            (_("Amount Used"), used[1], "money"),
            (_("With Clients Today"), held[0], "count"),
            (_("Owed to Clients Today"), held[1], "money"),
        )
        return {
            "title": _("Coupons"),
            "note": _("Given and used in these days; what was undone is left out."),
            "chart": "figures",
            "head": "",
            "series": [{"label": label, "unit": unit} for label, _value, unit in series],
            "rows": [
                {
                    "label": _("Coupons"),
                    "values": [value for _label, value, _unit in series],
                    "action": self._redemption_action(self._all_used_domain(asked)),
                }
            ]
            if given[0] or used[0] or held[0]
            else [],
            "empty": _("No coupon was given or used in these days, and clients hold none."),
        }

    @api.model
    def _coupons_by_operator(self, asked):
        """Who used how many of them for clients, the largest amount first."""
        rates, found = self._rates(asked.companies), {}
        for company in asked.companies:
            own = self.env["ai.coupon.redemption"].sudo()
            groups = own.with_context(allowed_company_ids=company.ids)._read_group(
                self._used_domain(asked, company), ["user_id"], ["__count", "amount:sum"]
            )
            for user, count, amount in groups:
                total = found.setdefault(user, [0, 0.0])
                total[0] += count
                total[1] += amount * rates[company]
        domain = self._all_used_domain(asked)
        return {
            "title": _("Coupons by Operator"),
            "note": _("Who validated them, and what they took off."),
            "chart": "bar",
            "head": _("Operator"),
            "series": [
                {"label": _("Used"), "unit": "count"},
                {"label": _("Amount Used"), "unit": "money", "is_drawn": False},
            ],
            "rows": [
                {
                    "label": user.name,
                    "values": values,
                    "action": self._redemption_action([*domain, ("user_id", "=", user.id)]),
                }
                for user, values in sorted(found.items(), key=lambda each: -each[1][1])
            ],
            "empty": _("No coupon was used in these days."),
        }

    @api.model
    def _counted(self, company, model, domain, name):
        """(number, sum in the company's currency) of its rows, archived ones too."""
        own = {"active_test": False, "allowed_company_ids": company.ids}
        records = self.env[model].sudo().with_context(**own)
        ((count, amount),) = records._read_group(domain, [], ["__count", f"{name}:sum"])
        return count, amount or 0.0

    # ------------------------------------------------------------------
    # Domains
    # ------------------------------------------------------------------

    @api.model
    def _given_domain(self, asked, company):
        """Coupons of a company that were made in these days, by the operator where one is asked
        for, but for those that were taken back."""
        domain = self._of_days(asked, company, "create_date")
        if asked.user:
            domain.append(("batch_id.user_id", "=", asked.user.id))
        return [*domain, ("state", "!=", "cancelled")]

    @api.model
    def _used_domain(self, asked, company):
        domain = [*self._of_days(asked, company, "date"), ("state", "=", "done")]
        return [*domain, ("user_id", "=", asked.user.id)] if asked.user else domain

    @api.model
    def _all_used_domain(self, asked):
        """Redemptions of all companies; each has days of its own."""
        domain = ["|"] * (len(asked.companies) - 1)
        for company in asked.companies:
            own = self._used_domain(asked, company)
            domain += ["&"] * (len(own) - 1) + own
        return domain

    @api.model
    def _of_days(self, asked, company, name):
        start, end = self.env["ai.sales.extract"]._utc_bounds(
            company, asked.date_from, asked.date_to
        )
        return [("company_id", "=", company.id), (name, ">=", start), (name, "<", end)]

    @api.model
    def _redemption_action(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_coupon_redemption_action"
        )
        return {**action, "domain": domain, "context": {}}
