"""What was told already: each fall below the reorder point, and each dead stock, once."""

from odoo import api, fields, models

# What is told: the mark that says so, and the condition it is about.
KINDS = {
    "low": ("is_low_told", ("action", "=", "order_now")),
    "dead": ("is_dead_told", ("is_dead", "=", True)),
}


class AiReplenishment(models.Model):
    _inherit = "ai.replenishment"

    is_low_told = fields.Boolean(string="Told to Be Low", readonly=True)
    is_dead_told = fields.Boolean(string="Told to Be Dead", readonly=True)

    @api.model
    def _newly(self, company, kind):
        """Rows that are low or dead and were not told so; they are marked, and others unmarked.

        kind : "low" or "dead". Returns rows, the most urgent first.
        """
        mark, (field, operator, value) = KINDS[kind]
        here = [("company_id", "=", company.id), ("product_id.active", "=", True)]
        over = self.search([*here, (mark, "=", True), "!", (field, operator, value)])
        over.write({mark: False})
        new = self.search([*here, (mark, "=", False), (field, operator, value)])
        new.write({mark: True})
        return new
