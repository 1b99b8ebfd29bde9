"""Quotations that clients ask for on their own pages."""

from odoo import Command, _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...tools import locks
from ...tools.compat import users_of
from ...tools.concurrency import check_up_to_date

MOST_QUANTITY = 1_000_000


class SaleOrder(models.Model):
    _inherit = "sale.order"

    ai_asked_by_id = fields.Many2one(
        "res.partner",
        string="Asked For By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="The contact who asked for this quotation on the client's own page.",
    )

    @api.model
    def _ai_ask(self, partner, company, item, quantity):
        """Put a product on the request of a client, or on a new one.

        partner : res.partner, the contact. item : {"product_id", "kind", "rank"}, the suggestion
        that it answers, without kind where there was none. quantity : float, in the product's own
        unit. Returns the quotation (sudo).
        Raises UserError where the product is not sold any more, or for no quantity.
        """
        if not 0 < quantity <= MOST_QUANTITY:
            raise UserError(self._ai_quantity_message())
        self._ai_await_turn(partner, company)
        order = self._ai_open_request(partner, company) or self._ai_new_request(partner, company)
        origin = order._ai_origin("portal", item if item.get("kind") else {})
        order._ai_add_product(item["product_id"], quantity, origin)
        order._ai_tell_of_request(partner)
        return order

    @api.model
    def _ai_quantity_message(self):
        most = formatLang(self.env, MOST_QUANTITY, digits=0)
        return _("Ask for more than 0 and at most %s units. Nothing was asked for.", most)

    @api.model
    def _ai_ask_again(self, order, partner):
        """A new quotation of what an order held, at today's prices.

        order : sale.order (sudo) of the client; partner : res.partner, the contact.
        Returns (quotation (sudo), names of the products that are not sold any more).
        Raises UserError where nothing of it is sold any more.
        """
        lines = order._ai_goods()
        sold = self.env["ai.suggestion"].sudo()._offered(order.company_id, lines.product_id.ids)
        again = lines.filtered(lambda line: line.product_id in sold)
        if not again:
            raise UserError(_("Nothing of %s is sold any more.", order.name))
        request = self._ai_new_request(partner, order.company_id)
        request.order_line = [
            Command.create(
                {
                    "product_id": line.product_id.id,
                    "product_uom_qty": line.product_uom_qty,
                    "product_uom": line.product_uom.id,
                }
            )
            for line in again
        ]
        request._ai_tell_of_request(partner)
        return request, (lines - again).product_id.mapped("name")

    @api.model
    def _ai_past_orders(self, partner, company, limit=None, order_id=None):
        """Confirmed orders of a client, past the rights of who asks; the newest first."""
        entity = partner.sudo().commercial_partner_id
        domain = [
            ("company_id", "=", company.id),
            ("partner_id.commercial_partner_id", "=", entity.id),
            ("state", "=", "sale"),
        ]
        if order_id:
            domain.append(("id", "=", order_id))
        return self.sudo().search(domain, order="date_order desc, id desc", limit=limit)

    def _ai_goods(self):
        """Lines of products that were bought: no deliveries, rewards, down payments or returns, and
        services only where the company learns from them."""
        services = self.company_id.ai_include_services
        return self.order_line.filtered(
            lambda line: (
                line.product_id
                and (services or line.product_id.type != "service")
                and not line.display_type
                and not line.is_downpayment
                and not line.is_expense
                and not ("is_delivery" in line._fields and line.is_delivery)
                and not ("reward_id" in line._fields and line.reward_id)
                and line.product_uom_qty > 0
            )
        )

    @api.model
    def _ai_await_turn(self, partner, company):
        """Let a client who clicks twice have one request: the second click finds that of the first.

        Raises OutdatedError, by which Odoo begins again, where it cannot be seen yet.
        """
        entity = partner.sudo().commercial_partner_id
        locks.await_turn(self.env.cr, f"ai.request.{entity.id}", company)
        check_up_to_date(
            self.env,
            """
            SELECT max(request.id)
              FROM sale_order request
              JOIN res_partner contact ON contact.id = request.partner_id
             WHERE request.company_id = %s AND contact.commercial_partner_id = %s
               AND request.ai_asked_by_id IS NOT NULL
            """,
            company.id,
            entity.id,
        )

    @api.model
    def _ai_open_request(self, partner, company):
        """The newest request of a client that nobody has answered yet, none where there is none."""
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    partner.sudo().commercial_partner_id.id,
                ),
                ("ai_asked_by_id", "!=", False),
                ("state", "=", "draft"),
                ("locked", "=", False),
            ],
            order="id desc",
            limit=1,
        )

    @api.model
    def _ai_new_request(self, partner, company):
        return (
            self.sudo()
            .with_company(company)
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "ai_asked_by_id": partner.id,
                }
            )
        )

    def _ai_tell_of_request(self, partner):
        """Say on the quotation who asked, once, and ask the salesperson to answer."""
        self.ensure_one()
        user = self._ai_request_user()
        known = self.activity_ids.filtered(lambda activity: activity.automated)
        if known:
            return
        speaking = self.with_context(lang=user.lang or self.company_id.partner_id.lang)
        self.message_post(
            body=speaking._ai_request_text(partner),
            author_id=partner.id,
            subtype_xmlid="mail.mt_note",
        )
        if user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=speaking._ai_request_text(partner),
                user_id=user.id,
            )

    def _ai_request_text(self, partner):
        return _("%s asks for this quotation on the client's own page", partner.display_name)

    def _ai_request_user(self):
        """Who answers: the salesperson, who leads the team, or a sales manager of the company."""
        self.ensure_one()
        managers = users_of(self.env.ref("sales_team.group_sale_manager")).filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )
        return self.user_id or self.team_id.user_id or managers.sorted("id")[:1]
