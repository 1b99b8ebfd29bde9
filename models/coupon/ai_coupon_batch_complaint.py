from odoo import fields, models


class AiCouponBatch(models.Model):
    _inherit = "ai.coupon.batch"

    complaint_id = fields.Many2one(
        "ai.complaint",
        string="Complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What the client was given the coupons for.",
    )
