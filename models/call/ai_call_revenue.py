"""The revenue that a call brought, which supervisors count calls by.

The revenue of a call is that of its order once it is confirmed, without taxes and in the currency
of the call's company. An order of several calls counts for the first of them: sums are true.
"""

from odoo import api, fields, models


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
