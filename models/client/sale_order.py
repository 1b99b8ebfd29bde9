"""Quotations of clients who should not get more on credit.

    suspended        a banner with the reason; the quotation cannot be confirmed, signed or paid
                     until the suspension ends. A supervisor of the call center or a sales manager
                     may confirm it nevertheless and says why; the order's chatter keeps it
    overdue          a warning on the quotation
    above the limit  Odoo's own warning on the quotation

Orders of clients who are overdue or above the limit are confirmed; who confirms one is told, and
the operator in charge of the client gets an activity.
"""

from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount, format_date

from ...tools.compat import check_access

# Who may sell to suspended clients.
OVERRIDERS = "smart_recommender.group_call_supervisor,sales_team.group_sale_manager"
# Who sees what a client owes; others see that it is overdue.
READS_MONEY = (
    "smart_recommender.group_call_operator",
    "account.group_account_invoice",
    "account.group_account_readonly",
)
REASON = "ai_reason_to_sell"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Portal users read sale orders: the groups keep these fields from them.
    ai_suspension = fields.Text(
        string="Suspension of the Client",
        compute="_compute_ai_suspension",
        groups="base.group_user",
    )
    ai_overdue_warning = fields.Text(
        string="Overdue Client", compute="_compute_ai_overdue_warning", groups="base.group_user"
    )
    ai_may_override = fields.Boolean(
        compute="_compute_ai_may_override",
        groups="base.group_user",
        help="Whether the user may sell to suspended clients.",
    )

    @api.depends("partner_id", "company_id", "state")
    @api.depends_context("lang")
    def _compute_ai_suspension(self):
        for order in self:
            row = order._ai_suspended_client()
            order.ai_suspension = order._ai_suspension_text(row) if row else False

    @api.depends("partner_id", "company_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_ai_overdue_warning(self):
        for order in self:
            order.ai_overdue_warning = order._ai_is_open() and order._ai_overdue_text()

    @api.depends_context("uid")
    def _compute_ai_may_override(self):
        self.ai_may_override = self._ai_may_sell_to_suspended()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_confirm(self):
        suspended = self.filtered(lambda order: order._ai_suspended_client())
        if suspended:
            suspended._ai_check_suspension()
        warned = {order: order._ai_payment_warnings() for order in self}
        done = super().action_confirm()
        suspended._ai_log_reason()
        for order, warnings in warned.items():
            if warnings:
                order._ai_notify_of_payment(warnings)
        return done

    def action_confirm_suspended(self, reason):
        """Confirm a quotation of a suspended client, with a reason that is kept in its chatter.

        The quotation may be an operator's own that the supervisor only reads.
        Raises AccessError for anyone but supervisors of the call center and sales managers,
        UserError without a reason.
        """
        self.ensure_one()
        self._ai_check_override()
        check_access(self, "read")
        if not (reason or "").strip():
            raise UserError(_("Say why %s is sold to nevertheless.", self.partner_id.display_name))
        return self.sudo().with_context(**{REASON: reason.strip()}).action_confirm()

    # ------------------------------------------------------------------
    # Suspended clients
    # ------------------------------------------------------------------

    def _ai_is_open(self):
        return self.state in ("draft", "sent")

    def _ai_suspended_client(self):
        """The figures of the client of an open quotation where it is suspended; else none."""
        clients = self.env["ai.client"].sudo()
        if not self._ai_is_open() or not self.partner_id:
            return clients
        partner = self.partner_id._origin or self.partner_id
        return clients._of(self.company_id or self.env.company, partner).filtered("is_suspended")

    def _ai_suspension_text(self, row):
        return _(
            "%(client)s was suspended by %(user)s: %(reason)s",
            client=row.partner_id.display_name,
            user=row.suspended_by_id.name or _("somebody"),
            reason=row.suspended_reason or "–",
        )

    @api.model
    def _ai_may_sell_to_suspended(self):
        return any(self.env.user.has_group(group) for group in OVERRIDERS.split(","))

    @api.model
    def _ai_check_override(self):
        if not self._ai_may_sell_to_suspended():
            raise AccessError(
                _(
                    "Only supervisors of the call center and sales managers may sell to suspended "
                    "clients. Ask one of them."
                )
            )

    def _ai_check_suspension(self):
        """Raise unless somebody who may has given a reason. These quotations are of suspended
        clients; superuser rights alone, as a portal page has them, do not suffice."""
        if self.env.context.get(REASON):
            self._ai_check_override()
            return
        raise UserError("\n".join(order._ai_suspended_message() for order in self))

    def _ai_suspended_message(self):
        return _(
            "%(order)s cannot be confirmed. %(suspension)s\nA supervisor of the call center can "
            "end the suspension, or use Confirm Nevertheless above the quotation and say why.",
            order=self.name,
            suspension=self._ai_suspension_text(self._ai_suspended_client()),
        )

    def _ai_log_reason(self):
        for order in self:
            order.message_post(
                body=_("Confirmed although the client is suspended: %s", self.env.context[REASON])
            )

    # A suspended client neither signs nor pays a quotation on the portal. What was paid already
    # stays on the quotation, for a supervisor to decide.

    def _has_to_be_signed(self):
        return not self._ai_suspended_client() and super()._has_to_be_signed()

    def _has_to_be_paid(self):
        return not self._ai_suspended_client() and super()._has_to_be_paid()

    def _is_confirmation_amount_reached(self):
        return not self._ai_suspended_client() and super()._is_confirmation_amount_reached()

    # ------------------------------------------------------------------
    # Overdue, or above the credit limit
    # ------------------------------------------------------------------

    def _ai_overdue_text(self):
        """That the client owes what is past due; how much, for those who may see it."""
        company = self.company_id or self.env.company
        partner = self.partner_id._origin or self.partner_id
        if not partner:
            return False
        figures = self.env["ai.client"].sudo()._figures_of(company, partner)
        if not figures.get("overdue_count"):
            return False
        client = partner.commercial_partner_id.display_name
        if not any(self.env.user.has_group(group) for group in READS_MONEY):
            return _("%s has overdue invoices.", client)
        return _(
            "%(client)s owes %(amount)s that should have been paid, the oldest since %(day)s.",
            client=client,
            amount=format_amount(self.env, figures["overdue_amount"], company.currency_id),
            day=format_date(self.env, figures["overdue_since"]),
        )

    def _ai_payment_warnings(self):
        """What is said of the client's payments when a quotation is confirmed: [text]."""
        self.ensure_one()
        return [text for text in (self._ai_overdue_text(), self.partner_credit_warning) if text]

    def _ai_notify_of_payment(self, warnings):
        """Tell who confirmed an order, and the operator in charge of its client."""
        self.ensure_one()
        text = "\n".join(warnings)
        title = _("%s is confirmed, but look at what the client owes", self.name)
        self.env["bus.bus"]._sendone(
            self.env.user.partner_id,
            "simple_notification",
            {"title": title, "message": text, "type": "warning", "sticky": True},
        )
        entity = self.partner_id.commercial_partner_id.sudo()
        operator = entity.ai_operator_id or self.partner_id.sudo().ai_operator_id
        if operator:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo", summary=title, note=text, user_id=operator.id
            )
