"""A call center with coupons, whose key is set for the tests only."""

from unittest.mock import patch

from odoo.tools import config

from ..client.common import CallCenterCommon

KEY = "a key for the tests of coupons alone"
OPTION = "smart_recommender_coupon_key"


class CouponCommon(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keys = patch.dict(config.options, {OPTION: KEY})
        keys.start()
        cls.addClassCleanup(keys.stop)
        cls.batches = cls.env["ai.coupon.batch"].with_company(cls.company)
        cls.coupons = cls.env["ai.coupon"].with_company(cls.company)

    @classmethod
    def _generate(cls, amount=50.0, number=1, partners=None, company=None, **vals):
        """A batch of coupons."""
        company = company or cls.company
        partners = partners or cls.hotel
        reason = vals.pop("reason", "Panne de livraison")
        return cls.batches.with_company(company)._generate(
            company, partners, number, amount, reason, **vals
        )

    @classmethod
    def _coupon(cls, amount=50.0, **vals):
        return cls._generate(amount, **vals).coupon_ids

    def _check(self, coupon, pin=None, name="Hôtel Atlas", user=None, code=None):
        """What an operator is told of a coupon."""
        coupons = self.coupons.with_user(user or self.operator)
        return coupons.check_coupon(code or coupon.code, pin or coupon._pin(), name)

    def _wrong_pin(self, coupon):
        return f"{(int(coupon._pin()) + 1) % 10000:04d}"

    def _expire(self, coupons):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ai_coupon SET expires_at = now() AT TIME ZONE 'UTC' - interval '1 minute'"
            " WHERE id IN %s",
            [tuple(coupons.ids)],
        )
        coupons.invalidate_recordset()
