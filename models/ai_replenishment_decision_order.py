"""Orders of a decision: Odoo makes them by its reordering rules; what it made is kept for undo.

A transaction sees its own new rows and nobody else's, so that what is there afterwards and was not
before is what Odoo has made: lines of requests for quotation (or a larger quantity on such a line),
production orders, and moves between warehouses.
"""

from odoo import _, models
from odoo.tools import float_compare

from ..tools import compat

OPEN_STATES = ("draft", "sent")
LINE_FIELDS = ("product_qty", "price_unit")
ORDER_FIELDS = ("origin", "date_order")


class AiReplenishmentDecision(models.Model):
    _inherit = "ai.replenishment.decision"

    def _make_orders(self, lines):
        """Let Odoo order the quantities of lines with a rule, and keep what it did."""
        products = lines.product_id
        before, newest = self._requests(products), self._newest()
        for line in lines:
            compat.set_quantity_to_order(line.orderpoint_id, line.quantity)
        lines.orderpoint_id.action_replenish()
        self.env.flush_all()
        after = self._requests(products)
        changed = {key: values for key, values in after["lines"].items()
                   if values != before["lines"].get(key)}  # fmt: skip
        orders = {values["order_id"] for values in changed.values()}
        self.sudo().trace = {
            "lines": {
                key: {"before": before["lines"].get(key), "after": values}
                for key, values in changed.items()
            },
            "orders": {str(order): before["orders"].get(str(order)) for order in orders},
            "moves": self._new("stock.move", newest, products),
            "productions": self._new("mrp.production", newest, products),
        }

    def _requests(self, products):
        """Open requests for quotation: their lines of some products, and the requests."""
        orders = self.env["purchase.order"].sudo()
        found = orders.search(
            [("state", "in", OPEN_STATES), ("company_id", "=", self.company_id.id)]
        )
        lines = found.order_line.filtered(lambda line: line.product_id in products)
        return {
            "lines": {
                str(line.id): {
                    "order_id": line.order_id.id,
                    **{name: line[name] for name in LINE_FIELDS},
                }
                for line in lines
            },
            "orders": {
                str(order.id): {name: _plain(order[name]) for name in ORDER_FIELDS}
                for order in found
            },
        }

    def _newest(self):
        """{model: highest id there is}."""
        return {
            name: self.env[name].sudo().search([], order="id desc", limit=1).id or 0
            for name in ("stock.move", "mrp.production")
            if name in self.env
        }

    def _new(self, name, newest, products):
        if name not in self.env:
            return []
        domain = [("id", ">", newest[name]), ("product_id", "in", products.ids)]
        return self.env[name].sudo().search(domain).ids

    # ------------------------------------------------------------------
    # Undo
    # ------------------------------------------------------------------

    def _changed_orders(self):
        """Texts of the orders that are not as this decision left them."""
        trace = self.sudo().trace or {}
        lines = self.env["purchase.order.line"].sudo()
        for key, values in trace.get("lines", {}).items():
            line, after = lines.browse(int(key)).exists(), values["after"]
            if not line:
                yield _("A line of a request for quotation was deleted.")
            elif line.order_id.state not in OPEN_STATES:
                yield _(
                    "%(order)s was confirmed or cancelled: %(product)s.",
                    order=line.order_id.name,
                    product=line.product_id.display_name,
                )
            elif float_compare(line.product_qty, after["product_qty"], precision_digits=4):
                yield _(
                    "%(order)s: %(product)s is now %(quantity)s.",
                    order=line.order_id.name,
                    product=line.product_id.display_name,
                    quantity=line.product_qty,
                )
        for record in [*self._traced("stock.move"), *self._traced("mrp.production")]:
            if record.state == "done":
                yield _("%s is done.", record.display_name)

    def _traced(self, name):
        """Records that this decision has made and that still are."""
        key = {"stock.move": "moves", "mrp.production": "productions"}[name]
        ids = (self.sudo().trace or {}).get(key) or []
        return self.env[name].sudo().browse(ids).exists() if ids else ()

    def _undo_orders(self):
        trace = self.sudo().trace or {}
        self._undo_requests(trace)
        for name in ("mrp.production", "stock.move"):
            # A production order takes its moves along.
            records = self._traced(name)
            if records:
                pickings = records.picking_id if name == "stock.move" else ()
                open_ones = records.filtered(lambda record: record.state != "cancel")
                open_ones.action_cancel() if name == "mrp.production" else open_ones._action_cancel()
                records.unlink()
                for picking in pickings:
                    if not picking.move_ids:
                        picking.unlink()

    def _undo_requests(self, trace):
        lines = self.env["purchase.order.line"].sudo()
        for key, values in trace.get("lines", {}).items():
            line, before = lines.browse(int(key)), values["before"]
            if before:
                line.write({name: before[name] for name in LINE_FIELDS})
            else:
                line.unlink()
        for key, before in trace.get("orders", {}).items():
            order = self.env["purchase.order"].sudo().browse(int(key))
            if before:
                order.write(before)
            elif not order.order_line:
                order.button_cancel()
                order.unlink()


def _plain(value):
    """A value as JSON keeps it."""
    return value if isinstance(value, str | bool | int | float) else str(value)
