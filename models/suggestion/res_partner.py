"""Offers from the sheet of a client: show, add to a quotation, dismiss, bring back."""

from odoo import _, models
from odoo.exceptions import AccessError, UserError

from ...tools.compat import check_access, permitted
from .sale_order_line import KINDS

# More open quotations than this nobody looks through.
MOST_QUOTATIONS = 20


class ResPartner(models.Model):
    _inherit = "res.partner"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def get_offers(self):
        """What to offer this client now, see ``ai.customer.recommendation._offers``.

        Raises AccessError for users who may not see suggestions or the client.
        """
        self._ai_check_client()
        return self.env["ai.customer.recommendation"]._offers(self, self.env.company)

    def action_add_offer(
        self, product_id, order_id=False, new=False, quantity=None, kind=None, rank=None
    ):
        """Add a product to a quotation of this client.

        product_id : int. order_id : int, the quotation; without it the client's newest open one
        that the user may write, or a new one. new : bool, a new one in any case.
        quantity : float in the product's own unit, the one that the user saw; without it that of
        the offer as it is now, or 1. kind : str, rank : int, those of the offer that the user saw;
        without them those of the offer as it is now.
        Returns {"order_id", "order_name", "line_id", "created"}.
        Raises AccessError for users who may not see suggestions, the client or write the order;
        UserError where the order is another client's or takes no products, the product cannot be
        sold, the quantity is not above zero, or the kind is not known.
        """
        self._ai_check_client()
        order = self._ai_given_quotation(order_id) if order_id else None
        if order is None and not new:
            order = self._ai_open_quotation()
        created = not order
        if created:
            order = self._ai_new_quotation()
        if kind and kind not in dict(KINDS):
            raise UserError(
                _(
                    "%(kind)s is no kind of suggestion: give one of %(kinds)s, or none.",
                    kind=kind,
                    kinds=", ".join(dict(KINDS)),
                )
            )
        item = {"kind": kind, "rank": rank or 0} if kind else {}
        if quantity is None or not kind:
            item = self._ai_offered_item(product_id)
        if quantity is None:
            quantity = item.get("quantity", 1.0)
        line_id = order._ai_add_product(product_id, quantity, order._ai_origin("sheet", item))
        return {
            "order_id": order.id,
            "order_name": order.name,
            "line_id": line_id,
            "created": created,
        }

    def action_dismiss_offer(self, product_id):
        """Send an offer away for this client, for the days of the settings.

        Raises AccessError for users who may not see suggestions or the client, UserError for an
        unknown product.
        """
        self._ai_check_client()
        product = self.env["product.product"].browse(product_id).exists()
        if not product:
            raise UserError(self.env["sale.order"]._ai_unknown_product_message(product_id))
        check_access(product, "read")
        self.env["ai.customer.dismissal"]._dismiss(
            self.env.company, self.commercial_partner_id, product
        )
        return True

    def action_restore_offers(self):
        """Bring back every offer that was dismissed for this client.

        Raises AccessError for users who may not see suggestions or the client.
        """
        self._ai_check_client()
        self.env["ai.customer.dismissal"]._restore(self.env.company, self.commercial_partner_id)
        return True

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    def _ai_check_client(self):
        """Group, existence and record access of one client."""
        self.ensure_one()
        self.env["sale.order"]._ai_check_user()
        if not self.exists():
            raise UserError(_("This client no longer exists. Reload the page."))
        check_access(self, "read")
        company = self.commercial_partner_id.sudo().company_id
        if company and company not in self.env.company.sudo().parent_ids:
            raise AccessError(
                _(
                    "%(client)s is a client of another company than %(company)s.",
                    client=self.display_name,
                    company=self.env.company.name,
                )
            )

    def _ai_given_quotation(self, order_id):
        order = self.env["sale.order"].browse(order_id).exists()
        if not order:
            raise UserError(_("There is no quotation with the id %s. Reload the page.", order_id))
        check_access(order, "read")
        entity = order.partner_id.commercial_partner_id
        if entity != self.commercial_partner_id or order.company_id != self.env.company:
            raise UserError(
                _(
                    "%(order)s is not a quotation of %(client)s.",
                    order=order.name,
                    client=self.display_name,
                )
            )
        return order

    def _ai_open_quotation(self):
        """The newest quotation of the commercial entity that takes products from this user."""
        orders = self.env["sale.order"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
                ("state", "in", ("draft", "sent")),
                ("locked", "=", False),
            ],
            order="id desc",
            limit=MOST_QUOTATIONS,
        )
        return permitted(orders, "write")[:1]

    def _ai_new_quotation(self):
        # The user's own, whoever looks after the client: else it could not be written any more.
        return self.env["sale.order"].create(
            {
                "partner_id": self.id,
                "company_id": self.env.company.id,
                "user_id": self.env.uid,
            }
        )

    def _ai_offered_item(self, product_id):
        """The offer of a product that is shown now, empty where it is none."""
        items = self.get_offers()["items"]
        return next((item for item in items if item["product_id"] == product_id), {})
