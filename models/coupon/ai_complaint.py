"""What a client is given for a complaint: coupons too, by managers of the call center."""

from odoo import Command, _, api, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access
from ...tools.rights import check_group
from .ai_coupon import MANAGER


class AiComplaint(models.Model):
    _inherit = "ai.complaint"

    currency_id = fields.Many2one(related="company_id.currency_id", string="Currency")
    coupon_batch_ids = fields.One2many(
        "ai.coupon.batch",
        "complaint_id",
        string="Batches of Coupons",
        readonly=True,
        groups="smart_recommender.group_call_supervisor",
    )
    coupon_total = fields.Monetary(
        string="Coupons Given",
        compute="_compute_coupon_total",
        compute_sudo=True,
        help="Amount of the coupons that the client was given for this complaint.",
    )

    @api.depends("coupon_batch_ids.total")
    def _compute_coupon_total(self):
        for complaint in self:
            complaint.coupon_total = sum(complaint.coupon_batch_ids.mapped("total"))

    def action_give_coupons(self):
        """The dialog that makes coupons for the complaint's client. Managers only."""
        self.ensure_one()
        check_group(
            self.env,
            MANAGER,
            _("Only managers of the call center give coupons. Ask one of them."),
        )
        self._check_open()
        if self.company_id not in self.env.companies:
            raise UserError(
                _(
                    "%(complaint)s belongs to %(company)s: switch to that company first.",
                    complaint=self._in_words(),
                    company=self.company_id.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": _("Coupons for %s", self._in_words()),
            "res_model": "ai.coupon.generate",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_complaint_id": self.id,
                "default_company_id": self.company_id.id,
                "default_partner_ids": [Command.set(self.partner_id.ids)],
                "default_reason": _("Complaint %s", self.name),
            },
        }

    def action_open_coupons(self):
        """The coupons that were given for the complaint. Supervisors only."""
        self.ensure_one()
        check_access(self, "read")
        check_access(self.env["ai.coupon"], "read")
        action = self.env["ir.actions.act_window"]._for_xml_id("smart_recommender.ai_coupon_action")
        return {
            **action,
            "domain": [("batch_id.complaint_id", "=", self.id)],
            "context": {"active_test": False},
        }
