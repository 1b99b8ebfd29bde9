"""Coupons in the history of clients: given, used, taken back from what they paid, expired."""

from odoo import api, fields, models
from odoo.tools import SQL

from .ai_coupon import OUTSTANDING


class AiClientEvent(models.Model):
    _inherit = "ai.client.event"
    _depends = {
        "ai.coupon": [
            "company_id",
            "commercial_partner_id",
            "batch_id",
            "name",
            "amount",
            "remaining",
            "state",
            "expires_at",
        ],
        "ai.coupon.batch": ["reason", "user_id"],
        "ai.coupon.redemption": [
            "coupon_id",
            "amount",
            "user_id",
            "date",
            "state",
            "undone_by_id",
            "undone_date",
        ],
    }

    kind = fields.Selection(
        selection_add=[
            ("coupon", "Coupons Given"),
            ("coupon_used", "Coupon Used"),
            ("coupon_undone", "Use of a Coupon Undone"),
            ("coupon_expired", "Coupon Expired"),
        ]
    )

    @api.model
    def _event_queries(self):
        return {
            **super()._event_queries(),
            "coupon": self._coupons_given(),
            "coupon_used": self._redemptions(
                SQL("redemption.date"), SQL("redemption.user_id"), SQL("TRUE")
            ),
            "coupon_undone": self._redemptions(
                SQL("redemption.undone_date"),
                SQL("redemption.undone_by_id"),
                SQL("redemption.state = 'undone'"),
            ),
            "coupon_expired": self._coupons_expired(),
        }

    @api.model
    def _coupons_given(self):
        """What a client was given in a batch, in one row: there may be a hundred of them."""
        return SQL(
            """
            SELECT min(coupon.id) AS record_id, min(coupon.create_date) AS date,
                   coupon.company_id, coupon.commercial_partner_id AS partner_id,
                   min(batch.user_id) AS user_id,
                   concat_ws(' · ', CASE WHEN count(*) > 1 THEN count(*) || ' × ' END
                             || min(coupon.name), min(batch.reason)) AS name,
                   sum(coupon.amount) AS amount, 'ai.coupon' AS res_model,
                   min(coupon.id) AS res_id
              FROM ai_coupon coupon
              JOIN ai_coupon_batch batch ON batch.id = coupon.batch_id
          GROUP BY coupon.batch_id, coupon.company_id, coupon.commercial_partner_id
            """
        )

    @api.model
    def _redemptions(self, date, user, condition):
        return SQL(
            """
            SELECT redemption.id AS record_id, %(date)s AS date, coupon.company_id,
                   coupon.commercial_partner_id AS partner_id, %(user)s AS user_id,
                   coupon.name, redemption.amount, 'ai.coupon' AS res_model, coupon.id AS res_id
              FROM ai_coupon_redemption redemption
              JOIN ai_coupon coupon ON coupon.id = redemption.coupon_id
             WHERE %(condition)s
            """,
            date=date,
            user=user,
            condition=condition,
        )

    @api.model
    def _coupons_expired(self):
        """Those of which something was left when their time was over."""
        return SQL(
            """
            SELECT id AS record_id, expires_at AS date, company_id,
                   commercial_partner_id AS partner_id, NULL::int AS user_id, name,
                   remaining AS amount, 'ai.coupon' AS res_model, id AS res_id
              FROM ai_coupon
             WHERE state IN %s
               AND expires_at <= now() AT TIME ZONE 'UTC'
               AND remaining > 0
            """,
            (*OUTSTANDING, "expired"),
        )
