from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    # Portal users read products: the group keeps this field from them.
    ai_deposit_content_ids = fields.One2many(
        "ai.deposit.content",
        "product_tmpl_id",
        string="Returnable Containers",
        groups="base.group_user",
    )
