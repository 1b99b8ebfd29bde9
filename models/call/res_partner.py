from odoo import fields, models

from ..client.res_partner import OPERATORS


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Portal users read partners: the group keeps this field from them.
    ai_call_ids = fields.One2many("ai.call", "partner_id", string="Calls", groups=OPERATORS)
