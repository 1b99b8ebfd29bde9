"""Orders of a decision: Odoo makes them by its reordering rules; what it did is kept for undo.

Odoo adds to requests for quotation, transfers and production orders that are still open, and a
production asks for its components: what an order has done is the difference between the company's
open documents before and after it. A transaction sees its own new rows and nobody else's, so that
nobody else's work is in that difference.
"""

from odoo import _, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...tools import compat

OPEN_REQUEST = ("draft", "sent", "to approve")
OPEN_MOVE = ("draft", "waiting", "confirmed", "partially_available", "assigned")
OPEN_PRODUCTION = ("draft", "confirmed")
# {model: (field of the state, open states, what Odoo changes when it adds to a document)}; fields
# that a series of Odoo does not have are left out. The order is that of undo.
DOCUMENTS = {
    "purchase.order.line": (
        "state",
        OPEN_REQUEST,
        (
            "order_id",
            "product_qty",
            "product_uom",
            "price_unit",
            "technical_price_unit",
            "discount",
            "name",
            "date_planned",
            "orderpoint_id",
            "product_packaging_id",
            "product_packaging_qty",
        ),
    ),
    "purchase.order": ("state", OPEN_REQUEST, ("origin", "date_order", "date_planned")),
    "mrp.production": ("state", OPEN_PRODUCTION, ("product_qty",)),
    "stock.move": ("state", OPEN_MOVE, ("product_uom_qty",)),
}
# Known by the lines of the request.
NOT_RESTORED = ("order_id",)


class AiReplenishmentDecision(models.Model):
    _inherit = "ai.replenishment.decision"

    def _make_orders(self, lines):
        """Let Odoo order the quantities of lines with a rule, and keep what it did."""
        rules = lines.orderpoint_id
        manual = compat.manual_quantities(lines.filtered("had_rule").orderpoint_id)
        before = self._open_documents()
        for line in lines:
            compat.set_quantity_to_order(line.orderpoint_id, line.quantity)
        rules.action_replenish()
        self.env.flush_all()
        after = self._open_documents()
        self.sudo().trace = {
            "documents": {
                name: {
                    key: {"before": before[name].get(key), "after": values}
                    for key, values in after[name].items()
                    if values != before[name].get(key)
                }
                for name in after
            },
            "manual": manual,
        }

    def _open_documents(self):
        """{model: {id as text: {field: value}}} of the company's open documents."""
        return {
            name: {
                str(record["id"]): {key: _plain(record[key]) for key in record if key != "id"}
                for record in self.env[name]
                .sudo()
                .search([("company_id", "=", self.company_id.id), (state, "in", open_states)])
                .read([key for key in names if key in self.env[name]._fields], load=None)
            }
            for name, (state, open_states, names) in DOCUMENTS.items()
            if name in self.env
        }

    # ------------------------------------------------------------------
    # What was done
    # ------------------------------------------------------------------

    def _traced(self, name):
        """[(record, values before or None, values after)] of what this decision made or changed."""
        self.ensure_one()
        changes = (self.sudo().trace or {}).get("documents", {}).get(name, {})
        records = self.env[name].sudo() if changes else None
        return [
            (records.browse(int(key)), values["before"], values["after"])
            for key, values in changes.items()
        ]

    def _traced_ids(self, name):
        return [record.id for record, _before, _after in self._traced(name)]

    def _check_last(self):
        """Undo goes back one decision after the other: raise a UserError where a later one is."""
        later = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "applied"),
                ("applied_number", ">", self.applied_number),
            ]
        )
        for decision in later.sorted("applied_number", reverse=True):
            if self._is_shared(decision):
                raise UserError(
                    _(
                        "Undo %s first: it was applied later to the same rules or orders.",
                        decision.display_name,
                    )
                )

    def _is_shared(self, other):
        if self.line_ids.orderpoint_id & other.line_ids.orderpoint_id:
            return True
        return any(set(self._traced_ids(name)) & set(other._traced_ids(name)) for name in DOCUMENTS)

    def _changed_orders(self):
        """Texts of the orders that are not as this decision left them."""
        for name, (state, open_states, _names) in DOCUMENTS.items():
            for record, _before, after in self._traced(name):
                if not record.exists():
                    if name == "purchase.order.line":
                        yield _("A line of a request for quotation was deleted.")
                    elif name != "purchase.order":
                        yield _("A transfer or production order was deleted.")
                elif record[state] not in open_states:
                    yield _("%s was confirmed, done or cancelled.", _label(record))
                elif name != "purchase.order" and not self._is_as_left(record, after):
                    yield _("%s was changed.", _label(record))

    def _is_as_left(self, record, after):
        now = record.read(list(after), load=None)[0]
        return all(_is_equal(_plain(now[key]), value) for key, value in after.items())

    # ------------------------------------------------------------------
    # Undo
    # ------------------------------------------------------------------

    def _undo_orders(self):
        self._undo_requests()
        self._undo_productions()
        self._undo_moves()
        manual = (self.sudo().trace or {}).get("manual") or {}
        compat.restore_manual_quantities(self.line_ids.orderpoint_id, manual)

    def _undo_requests(self):
        for line, before, _after in self._traced("purchase.order.line"):
            if before:
                line.write(_restored(before))
            else:
                line.unlink()
        for order, before, _after in self._traced("purchase.order"):
            if before:
                order.write(_restored(before))
            elif order.exists() and not order.order_line:
                order.button_cancel()
                order.unlink()

    def _undo_productions(self):
        made = self.env["mrp.production"].sudo() if "mrp.production" in self.env else None
        for production, before, _after in self._traced("mrp.production"):
            if before:
                wizard = self.env["change.production.qty"].sudo().with_context(skip_activity=True)
                wizard.create(
                    {"mo_id": production.id, "product_qty": before["product_qty"]}
                ).change_prod_qty()
            else:
                made |= production
        if made:
            # They take their moves along.
            made.action_cancel()
            made.unlink()

    def _undo_moves(self):
        made = self.env["stock.move"].sudo()
        for move, before, _after in self._traced("stock.move"):
            if not move.exists():
                continue
            if not before:
                made |= move
            elif not _is_equal(move.product_uom_qty, before["product_uom_qty"]):
                reserved = move.quantity > 0
                move.product_uom_qty = before["product_uom_qty"]
                if reserved:
                    # Odoo gives up the whole reservation where a quantity gets smaller.
                    move._action_assign()
        pickings = made.picking_id
        made.filtered(lambda move: move.state != "cancel")._action_cancel()
        made.unlink()
        pickings.filtered(lambda picking: not picking.move_ids).unlink()


def _label(record):
    """A document's name for people: that of the order or transfer that a line is of."""
    if record._name == "purchase.order.line":
        return f"{record.order_id.name}, {record.product_id.display_name}"
    if record._name == "stock.move":
        return f"{record.picking_id.name or record.reference}, {record.product_id.display_name}"
    return record.display_name


def _plain(value):
    """A value as JSON keeps it."""
    if isinstance(value, str | bool | int | float):
        return value
    return fields.Datetime.to_string(value)


def _restored(before):
    return {name: value for name, value in before.items() if name not in NOT_RESTORED}


def _is_equal(one, other):
    if isinstance(one, float) or isinstance(other, float):
        return not float_compare(one or 0.0, other or 0.0, precision_digits=4)
    return one == other
