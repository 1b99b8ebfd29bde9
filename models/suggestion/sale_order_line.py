"""Lines that a suggestion brought: from where, of which kind, and how much of them.

The log of what a click added. It outlives edits of the line; what is counted of it later is the
lesser of what was added and what is left. A line that is given another product loses it.
"""

from odoo import api, fields, models

# What speaks for a suggestion, see ``ai.suggestion._kind_of``.
KINDS = [
    ("rule", "Bought Together"),
    ("affinity", "Goes With the Basket"),
    ("reorder", "Due for Reorder"),
    ("similar", "Similar Clients"),
    ("history", "Bought Before"),
    ("popular", "Popular"),
]
SOURCES = [
    ("tab", "Quotation"),
    ("cart", "Another Program"),
    ("sheet", "Client Sheet"),
    ("portal", "Client's Own Page"),
]
# Which training finds those of some kinds; the others are of association rules.
TRAININGS = {"reorder": "customers", "similar": "customers"}
NO_SUGGESTION = {
    "ai_source": False,
    "ai_kind": False,
    "ai_rank": 0,
    "ai_added_qty": 0.0,
    "ai_run_id": False,
}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # Portal users read order lines: the group keeps these fields from them.
    ai_source = fields.Selection(
        SOURCES,
        string="Suggested In",
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="Where a click on a suggestion added this product; empty where none did.",
    )
    ai_kind = fields.Selection(
        KINDS,
        string="Kind of Suggestion",
        copy=False,
        groups="base.group_user",
        help="What spoke for the suggestion when it was added.",
    )
    ai_rank = fields.Integer(
        string="Rank of the Suggestion",
        copy=False,
        group_operator="avg",
        groups="base.group_user",
        help="1 is the suggestion that stood first.",
    )
    ai_added_qty = fields.Float(
        string="Added by Suggestion",
        copy=False,
        digits="Product Unit of Measure",
        groups="base.group_user",
        help="How much the click added, in the product's own unit.",
    )
    ai_run_id = fields.Many2one(
        "ai.training.run",
        string="Training of the Suggestion",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="The training that the suggestion came from.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(vals.get("ai_source") for vals in vals_list):
            # A form knows no runs: salespeople may not read them.
            unnamed = lines.sudo().filtered(lambda line: line.ai_source and not line.ai_run_id)
            unnamed._ai_name_training()
        return lines

    def write(self, vals):
        if "product_id" in vals and "ai_source" not in vals:
            other = self.sudo().filtered(
                lambda line: line.ai_source and line.product_id.id != vals["product_id"]
            )
            other.write(dict(NO_SUGGESTION))
        return super().write(vals)

    @api.onchange("product_id")
    def _onchange_product_id_ai(self):
        """The product that was suggested is gone. The widget names its source after the product."""
        if self.env.user.has_group("base.group_user") and self.ai_source:
            self.update(NO_SUGGESTION)

    def _ai_name_training(self):
        """Note on lines of a suggestion the training that it came from, as far as there is one."""
        model = self.env["ai.suggestion"]
        lines = self.sudo()
        for company, of_company in lines.grouped("company_id").items():
            trainings = of_company.grouped(lambda line: TRAININGS.get(line.ai_kind, "rules"))
            for kind, group in trainings.items():
                group.ai_run_id = model._last_training(company, kind)

    def _ai_log_added(self, quantity, origin):
        """Note that a suggestion added to a line, above what others may have added before.

        quantity : float, in the product's own unit; origin : {"ai_source", "ai_kind", "ai_rank"}.
        """
        line = self.sudo()
        is_first = not line.ai_source
        vals = {"ai_added_qty": line.ai_added_qty + quantity}
        line.write({**vals, **origin} if is_first else vals)
        if is_first:
            line._ai_name_training()

    def _ai_package_size(self):
        """Units of the line in the package that it is sold in, 0 for none; series of Odoo without
        packagings sell packages as units."""
        package = "product_packaging_id" in self._fields and self.product_packaging_id
        if not package:
            return 0.0
        own = self.product_id.uom_id
        return own._compute_quantity(package.qty, self.product_uom, round=False)
