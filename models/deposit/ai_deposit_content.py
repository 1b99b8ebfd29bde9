"""What is sold in a returnable container, and how many of them one unit takes.

A case of twelve bottles takes twelve bottles and a crate: two rows. A row of a variant stands
instead of those of its template.
"""

from odoo import _, api, fields, models, tools
from odoo.exceptions import ValidationError


class AiDepositContent(models.Model):
    _name = "ai.deposit.content"
    _description = "Product in a Returnable Container"
    _inherit = ["ai.cached.row", "ai.company.row", "ai.editable.row"]
    _order = "container_id, product_tmpl_id, product_id"
    _rec_name = "product_tmpl_id"
    _editable = frozenset({"container_id", "product_tmpl_id", "product_id", "quantity"})

    container_id = fields.Many2one(
        "ai.deposit.container", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="container_id.company_id", store=True, required=False, readonly=True
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    product_id = fields.Many2one(
        "product.product",
        string="Variant",
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('product_tmpl_id', '=', product_tmpl_id)]",
        help="Empty: for all variants that have no row of their own.",
    )
    quantity = fields.Float(
        string="Per Unit",
        required=True,
        default=1.0,
        digits="Product Unit of Measure",
        help="How many containers one unit of the product takes, both in their own units.",
    )

    _sql_constraints = [
        ("quantity_positive", "CHECK(quantity > 0)", "Give the number of containers in a unit."),
    ]

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS ai_deposit_content_once ON ai_deposit_content"
            " (container_id, product_tmpl_id, COALESCE(product_id, 0))"
        )

    @api.constrains("container_id", "product_tmpl_id", "product_id")
    def _check_product(self):
        for content in self:
            container, template = content.container_id.product_id, content.product_tmpl_id
            if container.product_tmpl_id == template:
                raise ValidationError(
                    _(
                        "%s cannot be sold in itself: the container is another product than what "
                        "is in it.",
                        container.display_name,
                    )
                )
            if content.product_id and content.product_id.product_tmpl_id != template:
                raise ValidationError(
                    _(
                        "%(variant)s is no variant of %(product)s: choose one of its own.",
                        variant=content.product_id.display_name,
                        product=template.display_name,
                    )
                )

    @api.model
    @tools.ormcache("company_id")
    def _by_product(self, company_id):
        """{(template id, variant id or False): ((container id, containers a unit), …)} of the
        containers that a company uses; in the worker's memory, for each order line asks for it."""
        found = {}
        rows = self.sudo().search(
            [("company_id", "=", company_id), ("container_id.active", "=", True)]
        )
        for row in rows:
            key = (row.product_tmpl_id.id, row.product_id.id)
            found.setdefault(key, []).append((row.container_id.id, row.quantity))
        return {key: tuple(containers) for key, containers in found.items()}

    @api.model
    def _of_product(self, company, product):
        """((container id, containers a unit), …) of a product in a company."""
        contents = self._by_product(company.id)
        if not contents:
            return ()
        template = product.product_tmpl_id.id
        return contents.get((template, product.id)) or contents.get((template, False), ())
