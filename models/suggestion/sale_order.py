from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_is_zero

from ...tools.compat import check_access, is_blocked_for_sale
from ...tools.quantities import exactly_in
from ...tools.rights import check_group


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Portal users read sale orders: the groups keep these fields from them.
    ai_suggestions = fields.Json(
        string="AI Suggestions",
        compute="_compute_ai_suggestions",
        groups="smart_recommender.group_user",
    )
    ai_dismissed_product_ids = fields.Many2many(
        "product.product",
        "sale_order_ai_dismissed_product_rel",
        "order_id",
        "product_id",
        string="Dismissed Suggestions",
        copy=False,
        groups="smart_recommender.group_user",
    )

    @api.depends(
        "order_line.product_id",
        "partner_id",
        "pricelist_id",
        "currency_id",
        "fiscal_position_id",
        "company_id",
        "date_order",
        "state",
        "locked",
        "ai_dismissed_product_ids",
    )
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_ai_suggestions(self):
        for order in self:
            order.ai_suggestions = self.env["ai.suggestion"]._suggest(order)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_add_to_cart(self, product_id):
        """Add a product to the quotation, or more of it where it is there already.

        product_id : int, id of a product that may be sold.
        Quantity is the usual one of the suggestion or 1; price, unit, taxes and description are
        computed by the order line. A line that would end with a part of a piece or package, such as
        one unit more on a line in dozens, stays as it is and a new one takes it. Returns the id of
        the line.
        Raises AccessError for users who may not see suggestions or write the order, UserError where
        the order takes no products or the product cannot be sold.
        """
        return self._ai_add_product(product_id)

    def _ai_add_product(self, product_id, quantity=None, origin=None):
        """``action_add_to_cart``, and keep on the line what suggested it.

        quantity : float in the product's unit; origin : what the line keeps of the suggestion, see
        ``_ai_origin``. Both are those of the order's own tab without them.
        """
        self.ensure_one()
        self._ai_check_user()
        check_access(self, "write")
        self._ai_check_takes_products()
        product = self._ai_saleable_product(product_id)
        if origin is None:
            item = self._ai_suggested_item(product)
            quantity = self._ai_item_quantity(item) if quantity is None else quantity
            origin = self._ai_origin("cart", item)
        if quantity <= 0:
            raise UserError(
                _(
                    "%(product)s cannot be added %(quantity)s times: give a quantity above zero.",
                    product=product.display_name,
                    quantity=quantity,
                )
            )
        for line in self._ai_lines_of(product):
            more = exactly_in(quantity, product.uom_id, line.product_uom, line._ai_package_size())
            if more:
                line.product_uom_qty += more
                break
        else:
            vals = {"order_id": self.id, "product_id": product.id, "product_uom_qty": quantity}
            line = self.env["sale.order.line"].create(vals)
        if origin:
            line._ai_log_added(quantity, origin)
        return line.id

    def _ai_lines_of(self, product):
        """Lines that may take more of a product, those in its own unit first."""
        lines = self.order_line.filtered(
            lambda line: line.product_id == product and not line.is_downpayment
        )
        return lines.sorted(lambda line: line.product_uom != product.uom_id)

    def action_dismiss_suggestion(self, product_id):
        """Send a suggested product away for this order.

        Raises AccessError for users who may not see suggestions or write the order, UserError for
        an unknown product.
        """
        self.ensure_one()
        self._ai_check_user()
        product = self.env["product.product"].browse(product_id).exists()
        if not product:
            raise UserError(self._ai_unknown_product_message(product_id))
        check_access(product, "read")
        self.ai_dismissed_product_ids = [(4, product.id)]
        return True

    # ------------------------------------------------------------------
    # Hooks and tools
    # ------------------------------------------------------------------

    def _ai_basket(self):
        """Products on the lines of the order, saved or not."""
        products = self.order_line.filtered(lambda line: not line.display_type).product_id
        return products._origin

    def _ai_takes_products(self):
        """Whether suggestions can be added: only quotations are still open to them."""
        return self.state in ("draft", "sent") and not self.locked

    @api.model
    def _ai_check_user(self):
        check_group(
            self.env,
            "smart_recommender.group_user",
            _("Only users of the AI Recommender may use suggestions. Ask your administrator."),
        )

    def _ai_check_takes_products(self):
        if not self._ai_takes_products():
            raise UserError(
                _(
                    "%s is confirmed, locked or cancelled and takes no suggestions. Set it back "
                    "to quotation first.",
                    self.name,
                )
            )

    def _ai_saleable_product(self, product_id):
        """The product behind an id from outside, after every check that a click would pass."""
        product = self.env["product.product"].browse(product_id).exists()
        if not product:
            raise UserError(self._ai_unknown_product_message(product_id))
        check_access(product, "read")
        allowed = self.company_id.sudo().parent_ids
        if (
            not product.active
            or not product.sale_ok
            or (product.company_id and product.company_id not in allowed)
        ):
            raise UserError(
                _(
                    "%(product)s cannot be sold by %(company)s: it is archived, not for sale or "
                    "another company's.",
                    product=product.display_name,
                    company=self.company_id.name,
                )
            )
        if is_blocked_for_sale(product):
            raise UserError(
                _(
                    "%(product)s is blocked for sale: %(reason)s",
                    product=product.display_name,
                    reason=product.sale_line_warn_msg or "",
                )
            )
        return product

    def _ai_suggested_item(self, product):
        """The suggestion of a product that the order shows now, empty where it shows none."""
        items = (self.ai_suggestions or {}).get("items", [])
        return next((item for item in items if item["product_id"] == product.id), {})

    @api.model
    def _ai_item_quantity(self, item):
        quantity = item.get("quantity", 1.0)
        return 1.0 if float_is_zero(quantity, precision_digits=6) else quantity

    @api.model
    def _ai_origin(self, source, item):
        """What a line keeps of the suggestion that it came from; empty where none was made."""
        if not item:
            return {}
        return {"ai_source": source, "ai_kind": item["kind"], "ai_rank": item["rank"]}

    @api.model
    def _ai_unknown_product_message(self, product_id):
        return _("There is no product with the id %s. Reload the page.", product_id)
