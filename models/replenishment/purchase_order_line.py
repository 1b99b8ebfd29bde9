from odoo import _, api, fields, models
from odoo.exceptions import AccessError

from .purchase_order import CONFIRMED


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    ai_promised = fields.Datetime(
        string="Promised at Confirmation",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The expected arrival as it was when the order was confirmed. Later changes of the "
        "expected arrival do not change it: the vendor is judged by it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._ai_check_promise(*vals_list)
        lines = super().create(vals_list)
        # A line that is added to a confirmed order is promised with what it says now.
        lines.filtered(lambda line: line.order_id.state in CONFIRMED)._ai_keep_promise()
        return lines

    def write(self, vals):
        self._ai_check_promise(vals)
        return super().write(vals)

    def _ai_check_promise(self, *all_vals):
        if not self.env.su and any("ai_promised" in vals for vals in all_vals):
            raise AccessError(
                _("What a vendor promised is kept when the order is confirmed, and never edited.")
            )

    def _ai_keep_promise(self):
        """Keep the expected arrival of lines that have no promise yet."""
        for line in self.sudo().filtered(lambda line: line.date_planned and not line.ai_promised):
            line.ai_promised = line.date_planned
