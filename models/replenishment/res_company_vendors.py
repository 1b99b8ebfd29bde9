"""Settings of what makes a vendor reliable."""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ...tools.setting_range import DAYS, WHOLE, Range

WEIGHTS = ("on_time", "complete", "lead", "price", "returns")


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_vendor_on_time = fields.Integer(
        string="Weight of On Time",
        default=35,
        help="How much being on time counts in the reliability of a vendor, beside the others.",
    )
    ai_vendor_complete = fields.Integer(
        string="Weight of Complete",
        default=20,
        help="How much complete deliveries count in the reliability of a vendor.",
    )
    ai_vendor_lead = fields.Integer(
        string="Weight of Steady Lead Times",
        default=15,
        help="How much steady lead times count in the reliability of a vendor.",
    )
    ai_vendor_price = fields.Integer(
        string="Weight of Prices",
        default=15,
        help="How much steady prices count in the reliability of a vendor.",
    )
    ai_vendor_returns = fields.Integer(
        string="Weight of Returns",
        default=15,
        help="How much few returns count in the reliability of a vendor.",
    )
    ai_vendor_tolerance = fields.Integer(
        string="Days of Grace",
        help="Days after the promised one that still count as on time.",
    )
    ai_proven_receipts = fields.Boolean(
        string="Lead Times That Proved Better",
        help="Use the lead times of past receipts where they won the replay of the last year: they "
        "surely served more than the vendors' delays, or surely needed less stock.",
    )

    @api.model
    def _ai_vendor_settings(self):
        """Names, without their ``ai_``, of the settings that vendors are judged by."""
        return [*(f"vendor_{name}" for name in WEIGHTS), "vendor_tolerance"]

    def _ai_vendor_weights(self):
        """Weights of the parts of the score, in their order."""
        return [self[f"ai_vendor_{name}"] for name in WEIGHTS]

    @api.constrains(*(f"ai_vendor_{name}" for name in WEIGHTS))
    def _check_ai_vendor_weights(self):
        for company in self:
            if not any(company._ai_vendor_weights()):
                raise ValidationError(
                    _(
                        "All weights of vendors of %s are 0. Give at least one of them a weight.",
                        company.name,
                    )
                )

    def _ai_uses_receipts(self):
        """Whether lead times are those of past receipts: by choice, or because they proved
        better."""
        self.ensure_one()
        return self.ai_use_receipts or (
            self.ai_proven_receipts
            and self.env["ai.training.result.replenishment"]._receipts_win(self)
        )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            **{f"ai_vendor_{name}": Range(0, 100, WHOLE) for name in WEIGHTS},
            "ai_vendor_tolerance": Range(0, 60, DAYS),
        }
