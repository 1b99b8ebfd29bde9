"""A decision on the replenishment board: prepared, looked at, applied by a click, undone exactly.

    orderpoint   writes minimum and maximum of Odoo's reordering rules, or creates the rules
    order        makes Odoo order a quantity through such a rule, created where there is none; an
                 existing rule keeps its minimum and maximum

Each line keeps what was there before. Undo puts exactly that back, and refuses where somebody has
changed the rule or the order since, and where a later decision rests on it: their work must not get
lost.

Users may edit the figures of a prepared decision and nothing else: undo trusts what is kept here.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_round

from ...tools import quantities
from ...tools.compat import check_access

# Prepared and never applied: forgotten after so many days.
KEPT_DAYS = 7


class AiReplenishmentDecision(models.Model):
    _name = "ai.replenishment.decision"
    _description = "Replenishment Decision"
    _inherit = ["ai.company.row", "ai.editable.row"]
    _order = "id desc"
    # What a person may write over RPC; the rest is written here alone.
    _editable = frozenset({"trigger", "line_ids"})

    kind = fields.Selection(
        [("orderpoint", "Reordering Rules"), ("order", "Orders")], required=True, readonly=True
    )
    state = fields.Selection(
        [("draft", "Prepared"), ("applied", "Applied"), ("undone", "Undone")],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Decided By", readonly=True, default=lambda self: self.env.user
    )
    date_applied = fields.Datetime(string="Applied On", readonly=True)
    date_undone = fields.Datetime(string="Undone On", readonly=True)
    trigger = fields.Selection(
        [("manual", "A person orders"), ("auto", "Odoo orders by itself")],
        string="New Rules",
        required=True,
        default="manual",
        help="For rules that are created; existing ones keep theirs.",
    )
    line_ids = fields.One2many("ai.replenishment.decision.line", "decision_id", string="Lines")
    line_count = fields.Integer(string="Products", compute="_compute_line_count")
    left_out_count = fields.Integer(compute="_compute_line_count")
    currency_id = fields.Many2one(related="company_id.currency_id")
    total = fields.Monetary(
        compute="_compute_total", help="Of the lines that are ordered, at the vendors' prices."
    )
    has_currencies = fields.Boolean(compute="_compute_total")
    no_price_count = fields.Integer(compute="_compute_total")
    applied_number = fields.Integer(
        readonly=True,
        help=("Its number among the company's applied decisions: undo goes backwards."),
    )
    # What an order has made, and what was there before. Undo trusts it with rights that its user
    # may not have: nobody else writes it.
    trace = fields.Json(readonly=True, copy=False, groups="base.group_system")
    has_orders = fields.Boolean(compute="_compute_has_orders", compute_sudo=True)

    @api.depends("kind", "date_applied")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for decision in self:
            decision.display_name = f"{kinds.get(decision.kind, '')} #{decision.id or ''}"

    @api.depends("line_ids.problem")
    def _compute_line_count(self):
        for decision in self:
            decision.line_count = len(decision.line_ids)
            decision.left_out_count = len(decision.line_ids.filtered("problem"))

    @api.depends("line_ids.total", "line_ids.problem", "date_applied")
    def _compute_total(self):
        """The sum in the company's currency, at the rates of the day it was applied, else today."""
        for decision in self:
            company = decision.company_id
            ordered = decision.line_ids.filtered(
                lambda line: line.kind == "order" and line.quantity and not line.problem
            )
            day = decision.date_applied or fields.Datetime.now()
            decision.total = sum(
                line.currency_id._convert(line.total, company.currency_id, company, day)
                for line in ordered
            )
            decision.has_currencies = bool(ordered.currency_id - company.currency_id)
            decision.no_price_count = len(
                ordered.filtered(lambda line: line.supply == "buy" and not line.price)
            )

    @api.depends("trace")
    def _compute_has_orders(self):
        for decision in self:
            decision.has_orders = bool(decision._traced_ids("purchase.order"))

    @api.model
    def _not_editable_message(self):
        return _("Only the figures of a prepared decision can be edited.")

    def _check_written(self, vals):
        if any(decision.state != "draft" for decision in self):
            raise UserError(_("This decision was applied: its figures are kept as they were."))
        return super()._check_written(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        if any(decision.state == "applied" for decision in self):
            raise UserError(_("An applied decision is kept: without it nothing can be undone."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_apply(self):
        """Write the rules or make the orders. Inventory administrators only.

        Where a rule is no longer what the decision shows, nothing is written yet: the figures are
        brought up to date and the user is asked to look again. Raises UserError where it was
        applied already, nothing is left to do, or the vendor's unit does not hold a quantity.
        """
        self._check_mine()
        if self.state != "draft":
            raise UserError(_("This decision was applied already: prepare a new one on the board."))
        lines = self.line_ids.filtered(lambda line: not line.problem)
        if self.kind == "order":
            lines = lines.filtered(lambda line: line.quantity > 0)
            lines._check_units()
        if not lines:
            raise UserError(self._nothing_to_do())
        lines = lines.with_company(self.company_id)
        changed = lines._update_before()
        if changed:
            return self._ask_again(changed)
        self.sudo().write(
            {
                "state": "applied",
                "date_applied": fields.Datetime.now(),
                "applied_number": self._next_number(),
            }
        )
        (self.line_ids - lines).sudo().unlink()
        lines._write_orderpoints()
        if self.kind == "order":
            self._make_orders(lines)
        self.env["ai.replenishment"]._refresh_products(self.company_id, lines.product_id.ids)
        return True

    def action_undo(self):
        """Put back what was there before. Inventory administrators only.

        Raises UserError where a rule or an order was changed since.
        """
        self._check_mine()
        if self.state != "applied":
            raise UserError(_("Only an applied decision can be undone."))
        lines = self.line_ids.with_company(self.company_id)
        self._check_last()
        changed = [*self._changed_orders(), *lines._changed_orderpoints()]
        if changed:
            raise UserError(
                _(
                    "Not undone, because this has changed since: %s Correct it manually.",
                    "\n".join(f"• {text}" for text in changed),
                )
            )
        self.sudo().write({"state": "undone", "date_undone": fields.Datetime.now()})
        if self.kind == "order":
            self._undo_orders()
        lines._restore_orderpoints()
        self.env["ai.replenishment"]._refresh_products(self.company_id, lines.product_id.ids)
        return True

    def action_open_orders(self):
        """Open the requests for quotation that this decision has made or added to."""
        self._check_mine()
        orders = self._traced_ids("purchase.order")
        action = self.env["ir.actions.act_window"]._for_xml_id("purchase.purchase_rfq")
        return {**action, "domain": [("id", "in", orders)], "context": {}}

    def _check_mine(self):
        """Raise where the user may not decide, or not see this decision: what follows reads its
        trace past the access rules."""
        self.ensure_one()
        self.env["ai.replenishment"]._check_decider()
        check_access(self, "read")

    def _ask_again(self, lines):
        """A message that rules have changed since the decision was prepared, and the decision."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": _("Nothing was applied yet"),
                "message": _(
                    "The reordering rules of %s have changed since. Check the figures again, then "
                    "click Apply.",
                    ", ".join(lines.product_id.mapped("display_name")),
                ),
                "next": self.get_formview_action(),
            },
        }

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    def _prepare(self, rows, kind):
        """A decision with a line for each row, with the figures of now."""
        company = rows.company_id
        self.env["ai.replenishment"]._refresh_products(company, rows.product_id.ids)
        # Users may not create decisions: undo trusts what stands in them.
        decision = self.sudo().create(
            {
                "company_id": company.id,
                "kind": kind,
                "line_ids": [(0, 0, self._line_vals(row, kind)) for row in rows],
            }
        )
        decision.line_ids._update_before()
        return decision.sudo(False)

    @api.model
    def _line_vals(self, row, kind):
        rounding = quantities.least_step(row.uom_id.sudo(), row.is_sold_whole)

        def whole(value):
            return float_round(value, precision_rounding=rounding, rounding_method="UP")

        return {
            "product_id": row.product_id.id,
            "warehouse_id": row.warehouse_id.id,
            "vendor_id": row.vendor_id.id,
            "seller_id": row.seller_id.id,
            "supply": row.supply,
            "is_known": row.demand_state != "short",
            "available": row.available,
            "multiple": row.multiple,
            "quantity": row.quantity if kind == "order" else 0.0,
            "new_min": whole(row.rop),
            "new_max": whole(max(row.order_up_to, row.rop)),
        }

    def _next_number(self):
        last = self.sudo().search(
            [("company_id", "=", self.company_id.id), ("applied_number", ">", 0)],
            order="applied_number desc",
            limit=1,
        )
        return last.applied_number + 1

    def _nothing_to_do(self):
        problems = sorted(set(self.line_ids.filtered("problem").mapped("problem")))
        if problems:
            return _("Nothing can be done: %s", " ".join(problems))
        return _("There is nothing to order: enter a quantity in at least one line.")

    @api.autovacuum
    def _forget_prepared(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search([("state", "=", "draft"), ("create_date", "<", old)]).unlink()
