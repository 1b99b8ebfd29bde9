"""What supervisors count calls by: the revenue that they brought, and whom they were with most.

The revenue of a call is that of its order once it is confirmed, without taxes and in the currency
of the call's company. An order of several calls counts for the first of them: sums are true.
"""

from datetime import datetime, time

from dateutil.relativedelta import relativedelta
from pytz import timezone, utc

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.searching import asks_for_yes


class AiCall(models.Model):
    _inherit = "ai.call"

    currency_id = fields.Many2one(related="company_id.currency_id")
    revenue = fields.Monetary(
        compute="_compute_revenue",
        store=True,
        help=(
            "Untaxed amount of the confirmed order that the call led to. An order of several calls "
            "counts once, for the first."
        ),
    )
    month_rank = fields.Integer(
        string="Rank of the Client This Month",
        compute="_compute_month_rank",
        search="_search_month_rank",
        help="1: the client with most calls since the first of the month.",
    )
    is_current_company = fields.Boolean(
        string="Of the Current Company",
        compute="_compute_is_current_company",
        search="_search_is_current_company",
    )

    @api.depends(
        "company_id",
        "order_id.state",
        "order_id.amount_untaxed",
        "order_id.currency_id",
        "order_id.date_order",
        "order_id.ai_call_ids",
        "order_id.ai_call_ids.start",
    )
    def _compute_revenue(self):
        for call in self:
            order = call.order_id
            calls = order.ai_call_ids.sorted(lambda each: (each.start, each.id))
            is_first = calls[:1] in (call, call._origin)
            if order.state == "sale" and is_first:
                call.revenue = order.currency_id._convert(
                    order.amount_untaxed, call.currency_id, call.company_id, order.date_order
                )
            else:
                call.revenue = 0.0

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "tz", "allowed_company_ids")
    def _compute_month_rank(self):
        ranks = self._month_ranks()
        for call in self:
            call.month_rank = ranks.get(call.commercial_partner_id.id, 0)

    @api.model
    def _search_month_rank(self, operator, value):
        if operator not in ("<", "<=") or not isinstance(value, int):
            raise UserError(
                _("The rank of a client can be compared with < and ≤ and a whole number only.")
            )
        last = value - (operator == "<")
        best = [partner for partner, rank in self._month_ranks(last).items() if rank <= last]
        return [("commercial_partner_id", "in", best)]

    @api.model
    def _month_ranks(self, limit=None):
        """{id of a commercial entity: its rank by calls since the first of the month}, of the calls
        that the user sees in the active companies."""
        zone = timezone(self.env.user.tz or "UTC")
        first = fields.Date.context_today(self) + relativedelta(day=1)
        since = zone.localize(datetime.combine(first, time.min)).astimezone(utc)
        groups = self._read_group(
            [
                ("start", ">=", since.replace(tzinfo=None)),
                ("commercial_partner_id", "!=", False),
                ("company_id", "in", self.env.companies.ids),
            ],
            ["commercial_partner_id"],
            ["__count"],
            order="__count desc, commercial_partner_id",
            limit=limit,
        )
        return {partner.id: rank for rank, (partner, _count) in enumerate(groups, start=1)}

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_is_current_company(self):
        for call in self:
            call.is_current_company = call.company_id == self.env.company

    @api.model
    def _search_is_current_company(self, operator, value):
        comparison = "=" if asks_for_yes(operator, value) else "!="
        return [("company_id", comparison, self.env.company.id)]
