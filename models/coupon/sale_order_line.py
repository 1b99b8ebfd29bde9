from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # Portal users read order lines: the group keeps this field from them.
    ai_coupon_redemption_id = fields.Many2one(
        "ai.coupon.redemption",
        string="Coupon Used",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="This line is a coupon's part of the order, for the taxes that it has.",
    )
