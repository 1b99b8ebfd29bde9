"""Settings of coupons, for each company."""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ...tools.setting_range import DAYS, WHOLE, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_coupon_months = fields.Integer(
        string="Coupons Valid For", default=12, help="Months after which a new coupon expires."
    )
    ai_coupon_validator = fields.Selection(
        [("operator", "Operators and above"), ("supervisor", "Supervisors and above")],
        string="Coupons Validated By",
        default="operator",
        required=True,
    )
    ai_coupon_rest = fields.Selection(
        [("keep", "Stays on the coupon"), ("lose", "Is lost")],
        string="Rest of a Coupon",
        default="keep",
        required=True,
        help="What becomes of the part of a coupon that is more than what there was to pay.",
    )
    ai_coupon_way = fields.Selection(
        [("credit_note", "Credit note"), ("payment", "Payment")],
        string="Coupons on Invoices",
        default="credit_note",
        required=True,
        help="How a coupon reduces an invoice, or what a client owes: a credit note takes its part "
        "of the taxes off too, a payment leaves them as they are.",
    )
    ai_coupon_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of Coupons",
        check_company=True,
        ondelete="restrict",
        help="A credit note goes to the journal of the invoice unless there is one here. A payment "
        "needs one, whose default account is charged with the coupon.",
    )
    ai_coupon_wrong_tries = fields.Integer(string="Coupons Locked After", default=5)
    ai_coupon_user_tries = fields.Integer(
        string="Wrong Tries of a User",
        default=20,
        help="Wrong tries an hour after which a user waits, whatever the coupons.",
    )
    ai_coupon_address_tries = fields.Integer(
        string="Wrong Tries of an Address",
        default=60,
        help="Wrong tries an hour after which all users of a network address wait.",
    )
    ai_coupon_mail_days = fields.Integer(
        string="Mail Before a Coupon Expires",
        default=0,
        help="Days before its last day on which the client is reminded of a coupon; 0 is never.",
    )

    @api.constrains("ai_coupon_way", "ai_coupon_journal_id")
    def _check_ai_coupon_journal(self):
        for company in self:
            journal = company.sudo().ai_coupon_journal_id
            if journal and (journal.type == "sale") != (company.ai_coupon_way == "credit_note"):
                raise ValidationError(
                    _(
                        "Coupons cannot be entered in %s: credit notes need a sales journal, "
                        "payments one of a bank, of cash or of miscellaneous entries.",
                        journal.display_name,
                    )
                )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_coupon_months": Range(1, 120, WHOLE),
            "ai_coupon_wrong_tries": Range(1, 10, WHOLE),
            "ai_coupon_user_tries": Range(1, 1000, WHOLE),
            "ai_coupon_address_tries": Range(1, 10_000, WHOLE),
            "ai_coupon_mail_days": Range(0, 365, DAYS),
        }

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.sudo()._ai_create_coupon_sequences()
        return companies

    @api.model
    def _ai_create_all_coupon_sequences(self):
        """For companies that were there before coupons were."""
        self.sudo().with_context(active_test=False).search([])._ai_create_coupon_sequences()

    def _ai_create_coupon_sequences(self):
        """Give each company numbers of coupons of its own, unless it has them."""
        missing = self.filtered(lambda company: not company._ai_coupon_sequence())
        name = _("Coupons")
        self.env["ir.sequence"].create(
            [
                {
                    "name": name,
                    "code": "ai.coupon",
                    "prefix": "CPN/%(year)s/",
                    "padding": 5,
                    "company_id": company.id,
                }
                for company in missing
            ]
        )

        # Under names of ours they go with the addon.
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"smart_recommender.coupon_sequence_{company.id}",
                    "record": company._ai_coupon_sequence(),
                    "noupdate": True,
                }
                for company in self
            ]
        )

    def _ai_coupon_sequence(self):
        """The sequence of the company's coupon numbers."""
        self.ensure_one()
        return self.env["ir.sequence"].search(
            [("code", "=", "ai.coupon"), ("company_id", "=", self.id)], limit=1
        )
