"""One product and warehouse of a decision: its reordering rule before and after."""

from odoo import SUPERUSER_ID, _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_compare, formatLang

from ...tools import compat, quantities
from .ai_replenishment import UNIT_DIGITS


class AiReplenishmentDecisionLine(models.Model):
    _name = "ai.replenishment.decision.line"
    _description = "Line of a Replenishment Decision"
    _inherit = ["ai.editable.row"]
    _order = "vendor_id, id"
    _check_company_auto = True
    # What a person may write over RPC; the rest is written here alone.
    _editable = frozenset({"new_min", "new_max", "quantity"})

    decision_id = fields.Many2one(
        "ai.replenishment.decision", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="decision_id.company_id", store=True, required=True, index=True, precompute=True
    )
    kind = fields.Selection(related="decision_id.kind")
    state = fields.Selection(related="decision_id.state")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="cascade"
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, readonly=True, ondelete="cascade", check_company=True
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit", help="Of the quantities.")
    supply = fields.Selection(
        [("buy", "Buy"), ("make", "Manufacture"), ("none", "No Vendor")], readonly=True
    )
    vendor_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    seller_id = fields.Many2one("product.supplierinfo", readonly=True, ondelete="set null")
    is_known = fields.Boolean(string="Demand Known", readonly=True)
    available = fields.Float(readonly=True, digits=UNIT_DIGITS)
    multiple = fields.Float(readonly=True, digits=UNIT_DIGITS)
    orderpoint_id = fields.Many2one(
        "stock.warehouse.orderpoint", string="Reordering Rule", readonly=True, ondelete="set null"
    )
    had_rule = fields.Boolean(string="Rule Before", readonly=True)
    had_active_rule = fields.Boolean(readonly=True, default=True)
    # Odoo's own replenishment page makes rules as the superuser, and deletes them where nothing is
    # to be ordered any more.
    was_temporary = fields.Boolean(readonly=True)
    old_min = fields.Float(string="Min Before", readonly=True, digits=UNIT_DIGITS)
    old_max = fields.Float(string="Max Before", readonly=True, digits=UNIT_DIGITS)
    new_min = fields.Float(string="Min After", digits=UNIT_DIGITS)
    new_max = fields.Float(string="Max After", digits=UNIT_DIGITS)
    quantity = fields.Float(string="To Order", digits=UNIT_DIGITS)
    problem = fields.Char(compute="_compute_problem", help="Why this line will be left out.")

    _sql_constraints = [
        (
            "min_max",
            "CHECK(new_min >= 0 AND new_max >= new_min)",
            "The minimum cannot be negative, and the maximum cannot be below it.",
        ),
        ("quantity", "CHECK(quantity >= 0)", "A quantity to order cannot be negative."),
    ]

    @api.model
    def _not_editable_message(self):
        return _("Only the figures of a prepared decision can be edited.")

    def _check_written(self, vals):
        self._check_draft()
        return super()._check_written(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        if not self.env.su:
            self._check_draft()

    def _check_draft(self):
        if any(line.decision_id.state != "draft" for line in self):
            raise UserError(_("This decision was applied: its figures are kept as they were."))

    @api.depends("kind", "supply", "is_known")
    def _compute_problem(self):
        for line in self:
            line.problem = line._find_problem()

    def _find_problem(self):
        self.ensure_one()
        name = self.product_id.display_name
        if self.state == "draft" and not self.product_id.active:
            return _("%s was archived.", name)
        if self.kind == "order" and self.supply == "none" and not self._is_transferred():
            return _("%s has no vendor: enter one on its Purchase tab.", name)
        if self.kind == "orderpoint" and not self.is_known:
            return _("The demand of %s is not known yet: a reordering rule would hold 0.", name)
        return False

    def _check_units(self):
        """Raise a UserError where the vendor's unit does not hold a quantity: Odoo would write 20
        pieces as 1.67 dozens."""
        for line in self.filtered("seller_id"):
            unit = compat.purchase_unit(line.product_id.sudo(), line.seller_id.sudo())
            if quantities.exactly_in(line.quantity, line.uom_id.sudo(), unit) is None:
                raise UserError(
                    _(
                        "%(vendor)s delivers %(product)s in %(unit)s, and %(quantity)s %(own)s are "
                        "no whole number of them. Enter a multiple of %(step)s.",
                        vendor=line.vendor_id.name,
                        product=line.product_id.display_name,
                        unit=unit.name,
                        quantity=formatLang(self.env, line.quantity),
                        own=line.uom_id.name,
                        step=formatLang(self.env, line.multiple),
                    )
                )

    def _is_transferred(self):
        """Whether Odoo's routes bring it from elsewhere in the company: another warehouse."""
        self.ensure_one()
        place = self.warehouse_id.lot_stock_id.sudo()
        product = self.product_id.sudo().with_company(self.company_id)
        rules = product._get_rules_from_location(
            place, route_ids=self.orderpoint_id.sudo().route_id
        )
        return bool(rules) and rules[-1].action in ("pull", "pull_push")

    # ------------------------------------------------------------------
    # Reordering rules
    # ------------------------------------------------------------------

    def _update_before(self):
        """Bring what was there before up to date. Returns the lines that showed something else."""
        rules = self._all_rules()
        changed = self.browse()
        for line in self:
            rule = rules.get((line.product_id.id, line.warehouse_id.lot_stock_id.id))
            vals = line._before_vals(rule or self.env["stock.warehouse.orderpoint"])
            shown = line._convert_to_write({name: line[name] for name in vals})
            if any(not line._is_equal(shown[name], value) for name, value in vals.items()):
                changed |= line
                line.sudo().write(vals)
        return changed

    def _before_vals(self, rule):
        vals = {
            "orderpoint_id": rule.id,
            "had_rule": bool(rule),
            "had_active_rule": not rule or rule.active,
            "was_temporary": rule.create_uid.id == SUPERUSER_ID and rule.trigger == "manual",
            "old_min": rule.product_min_qty,
            "old_max": rule.product_max_qty,
        }
        # An order leaves minimum and maximum as they are.
        kept = {"new_min": rule.product_min_qty, "new_max": rule.product_max_qty}
        return vals | kept if rule and self.kind == "order" else vals

    def _is_equal(self, one, other):
        return self._same(one, other) if isinstance(other, float) else one == other

    def _write_orderpoints(self):
        """Bring the rules to the new minimum and maximum, and create those that are missing."""
        for line in self.filtered("had_rule"):
            rule = line.orderpoint_id
            if not rule.active:
                rule.active = True
            if line.kind == "orderpoint":
                line._write_changes(rule)
        self.filtered(lambda line: line.kind == "orderpoint")._set_temporary(False)
        missing = self.filtered(lambda line: not line.had_rule)
        created = self.env["stock.warehouse.orderpoint"].create(
            [line._orderpoint_vals() for line in missing]
        )
        for line, rule in zip(missing, created, strict=True):
            line.sudo().orderpoint_id = rule

    def _set_temporary(self, temporary):
        """Make rules of Odoo's own replenishment page ones of the user, so that they stay, or back.

        Who has made a rule is how Odoo knows them, and no field of Odoo's says it otherwise.
        """
        rules = self.filtered("was_temporary").orderpoint_id
        if not rules:
            return
        rules.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE stock_warehouse_orderpoint SET create_uid = %s WHERE id = ANY(%s)",
                SUPERUSER_ID if temporary else self.env.uid,
                rules.ids,
            )
        )
        rules.invalidate_recordset(["create_uid"])

    def _all_rules(self):
        """{(product id, location id): rule}, archived ones too: they hold a new one's place."""
        rules = self.env["stock.warehouse.orderpoint"].with_context(active_test=False)
        found = rules.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("product_id", "in", self.product_id.ids),
                ("location_id", "in", self.warehouse_id.lot_stock_id.ids),
            ]
        )
        return {(rule.product_id.id, rule.location_id.id): rule for rule in found}

    def _write_changes(self, rule):
        """Only what differs: each write of a minimum makes Odoo recompute the rule's order."""
        self.ensure_one()
        wanted = {"product_min_qty": self.new_min, "product_max_qty": self.new_max}
        changes = {
            name: value for name, value in wanted.items() if not self._same(rule[name], value)
        }
        if changes:
            rule.write(changes)

    def _orderpoint_vals(self):
        self.ensure_one()
        warehouse = self.warehouse_id
        vals = {
            "product_id": self.product_id.id,
            "warehouse_id": warehouse.id,
            "location_id": warehouse.lot_stock_id.id,
            "company_id": self.company_id.id,
            "product_min_qty": self.new_min,
            "product_max_qty": self.new_max,
            "trigger": self.decision_id.trigger,
            **compat.orderpoint_multiple_vals(self.multiple),
        }
        if self.supply == "buy":
            vals |= {
                "supplier_id": self.seller_id.id,
                "route_id": warehouse.buy_pull_id.route_id.id,
            }
        elif self.supply == "make":
            vals["route_id"] = warehouse.manufacture_pull_id.route_id.id
        return vals

    def _changed_orderpoints(self):
        """Texts of the rules that are not as this decision left them."""
        for line in self:
            rule = line.orderpoint_id.with_context(active_test=False).exists()
            if not rule and line.was_temporary and line.kind == "order":
                # Odoo deleted it: nothing was left to order.
                continue
            if not rule:
                yield _("%s: its reordering rule was deleted.", line.product_id.display_name)
            elif not rule.active:
                yield _("%s: its reordering rule was archived.", line.product_id.display_name)
            elif line._is_changed(rule):
                yield _(
                    "%(product)s: its reordering rule is now %(min)s to %(max)s.",
                    product=line.product_id.display_name,
                    min=rule.product_min_qty,
                    max=rule.product_max_qty,
                )

    def _is_changed(self, rule):
        """Whether a rule that this decision wrote holds other figures now."""
        written = self.kind == "orderpoint" or not self.had_rule
        same = self._same(rule.product_min_qty, self.new_min) and self._same(
            rule.product_max_qty, self.new_max
        )
        return written and not same

    def _restore_orderpoints(self):
        """Remove the rules that were created, and put back what the others held."""
        for line in self.filtered("had_rule"):
            rule = line.orderpoint_id
            if line.kind == "orderpoint":
                rule.write({"product_min_qty": line.old_min, "product_max_qty": line.old_max})
            if not line.had_active_rule:
                rule.active = False
        self.filtered(lambda line: line.kind == "orderpoint")._set_temporary(True)
        self.filtered(lambda line: not line.had_rule).orderpoint_id.unlink()

    def _same(self, one, other):
        return not float_compare(one, other, precision_rounding=self.uom_id.rounding)
