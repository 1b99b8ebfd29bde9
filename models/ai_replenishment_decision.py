"""A decision on the replenishment board: prepared, looked at, applied by a click, and undone exactly.

    orderpoint   writes minimum and maximum of Odoo's reordering rules, or creates the rules
    order        makes Odoo order a quantity through such a rule, created where there is none; an
                 existing rule keeps its minimum and maximum

Each line keeps what was there before. Undo puts exactly that back, and refuses where somebody has
changed the rule or confirmed the order since: their work must not get lost.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_round

# Prepared and never applied: forgotten after so many days.
KEPT_DAYS = 7


class AiReplenishmentDecision(models.Model):
    _name = "ai.replenishment.decision"
    _description = "Replenishment Decision"
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
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

    @api.depends("trace")
    def _compute_has_orders(self):
        for decision in self:
            decision.has_orders = bool((decision.trace or {}).get("orders"))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_apply(self):
        """Write the rules or make the orders. Inventory administrators only.

        Raises UserError where it was applied already or nothing is left to do.
        """
        self.ensure_one()
        self.env["ai.replenishment"]._check_decider()
        if self.state != "draft":
            raise UserError(_("This decision was applied already: prepare a new one on the board."))
        lines = self.line_ids.filtered(lambda line: not line.problem)
        if self.kind == "order":
            lines = lines.filtered(lambda line: line.quantity > 0)
        if not lines:
            raise UserError(self._nothing_to_do())
        self.write({"state": "applied", "date_applied": fields.Datetime.now()})
        (self.line_ids - lines).unlink()
        lines = lines.with_company(self.company_id)
        lines._write_orderpoints()
        if self.kind == "order":
            self._make_orders(lines)
        self.env["ai.replenishment"]._refresh_products(self.company_id, lines.product_id.ids)
        return self._action_open()

    def action_undo(self):
        """Put back what was there before. Inventory administrators only.

        Raises UserError where a rule or an order was changed since.
        """
        self.ensure_one()
        self.env["ai.replenishment"]._check_decider()
        if self.state != "applied":
            raise UserError(_("Only an applied decision can be undone."))
        lines = self.line_ids.with_company(self.company_id)
        changed = [*self._changed_orders(), *lines._changed_orderpoints()]
        if changed:
            raise UserError(
                _(
                    "Not undone, for this was changed since:\n%s\nPut it right by hand.",
                    "\n".join(f"• {text}" for text in changed),
                )
            )
        self.write({"state": "undone", "date_undone": fields.Datetime.now()})
        if self.kind == "order":
            self._undo_orders()
        lines._restore_orderpoints()
        self.env["ai.replenishment"]._refresh_products(self.company_id, lines.product_id.ids)
        return self._action_open()

    def action_open_orders(self):
        """Open the requests for quotation that this decision has made or added to."""
        self.ensure_one()
        self.env["ai.replenishment"]._check_decider()
        orders = list(map(int, (self.sudo().trace or {}).get("orders", {})))
        action = self.env["ir.actions.act_window"]._for_xml_id("purchase.purchase_rfq")
        return {**action, "domain": [("id", "in", orders)], "context": {}}

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    def _prepare(self, rows, kind):
        """A decision with a line for each row, with the figures of now."""
        company = rows.company_id
        self.env["ai.replenishment"]._refresh_products(company, rows.product_id.ids)
        return self.create(
            {
                "company_id": company.id,
                "kind": kind,
                "line_ids": [(0, 0, self._line_vals(row, kind)) for row in rows],
            }
        )

    @api.model
    def _line_vals(self, row, kind):
        rule = row.orderpoint_id
        keeps = rule and kind == "order"
        rounding = row.uom_id.rounding

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
            "new_min": rule.product_min_qty if keeps else whole(row.rop),
            "new_max": rule.product_max_qty if keeps else whole(max(row.order_up_to, row.rop)),
            **self._before_vals(rule),
        }

    @api.model
    def _before_vals(self, rule):
        return {
            "orderpoint_id": rule.id,
            "had_rule": bool(rule),
            "old_min": rule.product_min_qty,
            "old_max": rule.product_max_qty,
        }

    def _nothing_to_do(self):
        problems = sorted(set(self.line_ids.filtered("problem").mapped("problem")))
        if problems:
            return _("Nothing can be done: %s", " ".join(problems))
        return _("Nothing is to be ordered: enter a quantity in at least one line.")

    @api.autovacuum
    def _forget_prepared(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search([("state", "=", "draft"), ("create_date", "<", old)]).unlink()
