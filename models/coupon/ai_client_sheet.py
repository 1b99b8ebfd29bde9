"""Coupons on the client's sheet: what the client can still use, and until when. No IDs."""

from odoo import api, models

from ..client.ai_client_sheet import day_text

SHOWN = 3


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "coupons": self._coupons(company, entity),
        }

    @api.model
    def _coupons(self, company, entity):
        """Valid coupons of a client, what expires first on top: {"count", "remaining", "rows"}."""
        coupons = self.env["ai.coupon"].search(
            [
                ("company_id", "=", company.id),
                ("commercial_partner_id", "=", entity.id),
                ("state", "=", "valid"),
            ],
            order="expires_at, id",
        )
        return {
            "may_validate": self.env["ai.coupon"]._may_validate(company),
            "count": len(coupons),
            "remaining": sum(coupons.mapped("remaining")),
            "rows": [
                {
                    "id": coupon.id,
                    "name": coupon.name,
                    "remaining": coupon.remaining,
                    "expiry": day_text(coupon.expiry_date),
                }
                for coupon in coupons[:SHOWN]
            ],
        }
