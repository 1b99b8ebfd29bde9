from odoo import fields, models

from ..client.res_partner import OPERATORS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Portal users read orders: the group keeps this field from them.
    ai_call_ids = fields.One2many("ai.call", "order_id", string="Calls", groups=OPERATORS)
