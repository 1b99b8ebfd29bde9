"""Coupons whose time is over, day by day: clients are reminded before, old ones leave the lists.

That a coupon is expired needs no job, see :mod:`.ai_coupon`; and nothing is deleted: what was
redeemed, printed and generated stays.
"""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import groupby

from .ai_coupon_mail import MAIL_QUEUE
from .ai_coupon_ticket import ticket_in_words

JOB = "smart_recommender.ir_cron_coupon_expiry"
TEMPLATE = "smart_recommender.mail_template_coupon_expiry"
KEPT_MONTHS = 12


class AiCoupon(models.Model):
    _name = "ai.coupon"
    _inherit = ["ai.coupon", "ai.company.job"]

    @api.model
    def _cron_expire(self):
        """Archive and remind in every company; one that fails leaves the others alone."""
        companies = self.env["res.company"].search([])
        self._each_company(companies, "_archive_old", JOB)
        self._each_company(companies, "_remind", JOB)

    @api.model
    def _archive_old(self, company):
        """Archive the coupons of a company that expired a year ago, whether used or not."""
        limit = fields.Datetime.now() - relativedelta(months=KEPT_MONTHS)
        old = self.sudo().search([("company_id", "=", company.id), ("expires_at", "<=", limit)])
        old.active = False

    @api.model
    def _remind(self, company):
        """Write to the clients whose coupons expire within the company's days, once a coupon."""
        if not (company.ai_coupon_mail_days and company.email):
            return
        today = self.env["ai.sales.extract"]._local_now(company).date()
        soon = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "valid"),
                ("reminded_date", "=", False),
                ("expiry_date", ">=", today),
                ("expiry_date", "<=", today + relativedelta(days=company.ai_coupon_mail_days)),
            ],
            order="expiry_date, id",
        )
        reachable = soon.filtered(lambda coupon: (coupon.partner_id.email or "").strip())
        for _partner, members in groupby(reachable, lambda coupon: coupon.partner_id):
            self.browse().union(*members)._post_reminder()
        if reachable:
            self.env.ref(MAIL_QUEUE)._trigger()

    def _post_reminder(self):
        """Queue one mail about these coupons of a client, and note it, in one transaction."""
        words = [
            ticket_in_words({"coupon": coupon, "code": "", "amount": coupon.remaining})
            for coupon in self.with_context(lang=self._client_lang())
        ]
        template = self.env.ref(TEMPLATE).sudo().with_context(ai_coupons=words)
        first = self[0].id
        subject, body = (
            template._render_field(name, [first], compute_lang=True)[first]
            for name in ("subject", "body_html")
        )
        self._post_to_client(subject, body)
        self.sudo().reminded_date = fields.Datetime.now()
