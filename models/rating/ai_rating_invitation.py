"""Clients are asked by mail to rate what was delivered: where the company wants it, seldom, and not
those who do not want it.

One row for each mail, written with it in one transaction. Only contacts with access to the portal
are asked, for others could not rate.
"""

from datetime import timedelta

from odoo import _, api, fields, models

JOB = "smart_recommender.ir_cron_rating_invitations"
TEMPLATE = "smart_recommender.mail_template_rating_invitation"
MAIL_QUEUE = "mail.ir_cron_mail_scheduler_action"
# A delivery that is older nobody is asked about.
LATEST_DAYS = 14
MOST_NAMED = 5


class AiRatingInvitation(models.Model):
    _name = "ai.rating.invitation"
    _description = "Invitation to Rate"
    _inherit = ["ai.company.row", "ai.company.job"]
    _order = "sent_on desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", string="Client", store=True, index=True
    )
    order_id = fields.Many2one(
        "sale.order", string="Order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    sent_on = fields.Datetime(
        string="Queued On", readonly=True, required=True, default=fields.Datetime.now
    )
    product_ids = fields.Many2many(
        "product.template", string="Products", readonly=True, context={"active_test": False}
    )

    # ------------------------------------------------------------------
    # Every day
    # ------------------------------------------------------------------

    @api.model
    def _cron_invite(self):
        """Invite the clients of every company that wants it."""
        companies = self.env["res.company"].search(
            [("ai_rating_invites", "=", True), ("ai_client_pages", "=", True)]
        )
        self._each_company(companies, "_invite", JOB)

    @api.model
    def _invite(self, company):
        """Write to the clients of a company whose goods arrived so many days ago; returns the
        invitations."""
        invitations = self.browse()
        # Its own column: the clients that were written to are looked up once.
        recent = self._recent(company)
        for order in self._delivered(company):
            contact = self._contact_of(order)
            if not contact or contact.commercial_partner_id in recent:
                continue
            products = self._unrated(company, contact, order)
            if not products:
                continue
            recent |= contact.commercial_partner_id
            invitations |= self.sudo().create(
                {
                    "company_id": company.id,
                    "partner_id": contact.id,
                    "order_id": order.id,
                    "product_ids": products.ids,
                }
            )
        for invitation in invitations:
            invitation._send()
        if invitations:
            self.env.ref(MAIL_QUEUE)._trigger()
        return invitations

    @api.model
    def _recent(self, company):
        """Commercial entities that were invited within the days of the settings."""
        since = fields.Datetime.now() - timedelta(days=company.ai_rating_pause_days)
        rows = self.sudo().search([("company_id", "=", company.id), ("sent_on", ">", since)])
        return rows.commercial_partner_id

    @api.model
    def _delivered(self, company):
        """Orders (sudo) of which something was delivered so many days ago or a little more."""
        latest = fields.Datetime.now() - timedelta(days=company.ai_rating_days)
        pickings = (
            self.env["stock.picking"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("picking_type_code", "=", "outgoing"),
                    ("state", "=", "done"),
                    ("date_done", "<=", latest),
                    ("date_done", ">", latest - timedelta(days=LATEST_DAYS)),
                    ("sale_id", "!=", False),
                ],
                order="date_done desc, id desc",
            )
        )
        return pickings.sale_id.filtered(lambda order: order.state == "sale")

    @api.model
    def _contact_of(self, order):
        """Who is asked about an order: who ordered, else another contact of the client that has
        access to the portal; nobody who does not want to be."""
        partner = order.partner_id
        contacts = partner | partner.commercial_partner_id.child_ids
        contacts |= partner.commercial_partner_id
        return next((contact for contact in contacts if self._may_be_asked(contact)), None)

    @api.model
    def _may_be_asked(self, contact):
        has_access = any(user.active and user.share for user in contact.user_ids)
        return (
            has_access
            and bool(contact.email)
            and not contact.is_blacklisted
            and not contact.ai_no_invitations
        )

    @api.model
    def _unrated(self, company, contact, order):
        """Products of an order that a contact may rate and has not rated, at most a few."""
        page = self.env["ai.client.page"].sudo()
        unrated = {row["template_id"] for row in page._bought(contact, company, only="unrated")}
        products = order._ai_goods().product_id.product_tmpl_id
        return products.filtered(lambda template: template.id in unrated)[:MOST_NAMED]

    # ------------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------------

    def _send(self):
        """Queue the mail of an invitation, with the header by which mail programs unsubscribe."""
        self.ensure_one()
        url = self._unsubscribe_url()
        headers = {
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "X-Auto-Response-Suppress": "OOF",
        }
        self.env.ref(TEMPLATE).sudo().send_mail(self.id, email_values={"headers": repr(headers)})

    def _page_url(self):
        return f"{self.company_id.get_base_url()}/my/products?only=unrated"

    def _unsubscribe_url(self):
        partner = self.partner_id
        token = partner._ai_unsubscribe_token()
        base = self.company_id.get_base_url()
        return f"{base}/smart_recommender/ratings/unsubscribe/{partner.id}/{token}"

    @api.depends("partner_id", "sent_on")
    def _compute_display_name(self):
        for invitation in self:
            invitation.display_name = _("Invitation to %s", invitation.partner_id.display_name)
