from odoo import fields, models


class AiCouponPrint(models.Model):
    """That coupons were printed or mailed, with their PINs: when, by whom, which."""

    _name = "ai.coupon.print"
    _description = "Print of Coupons"
    _inherit = ["ai.editable.row", "ai.company.row"]
    _order = "date desc, id desc"

    batch_id = fields.Many2one(
        "ai.coupon.batch", required=True, readonly=True, index=True, ondelete="restrict"
    )
    coupon_ids = fields.Many2many("ai.coupon", string="Coupons", readonly=True)
    count = fields.Integer(string="Coupons Printed", readonly=True)
    user_id = fields.Many2one("res.users", string="Printed By", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    how = fields.Selection(
        [("paper", "On Paper"), ("mail", "By Mail")], required=True, readonly=True
    )
