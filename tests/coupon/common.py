"""A call center with coupons, whose key is set for the tests only."""

import os
from unittest.mock import patch

from odoo.tools import config

from ..client.common import CallCenterCommon

KEY = "a key for the tests of coupons alone"
OPTION = "smart_recommender_coupon_key"


class CouponCommon(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        others = {name: "" for name in os.environ if name.lower().startswith(OPTION)}
        for keys in (patch.dict(os.environ, others), patch.dict(config.options, {OPTION: KEY})):
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

    def _note_use(self, coupon, amount, user=None):
        """A note that so much was taken off for a coupon, without what it was taken off."""
        return self.env["ai.coupon.redemption"].create(
            {
                "company_id": coupon.company_id.id,
                "coupon_id": coupon.id,
                "commercial_partner_id": coupon.commercial_partner_id.id,
                "amount": amount,
                "kind": "order",
                "document": "S00001",
                "document_currency_id": coupon.currency_id.id,
                "user_id": (user or self.operator).id,
            }
        )

    def _wrong_pin(self, coupon):
        return f"{(int(coupon._pin()) + 1) % 10000:04d}"

    def _translate(self, xmlid, field, terms):
        """Say terms of a template in French, whatever the translations of the addon say."""
        self.env["res.lang"]._activate_lang("fr_FR")
        record = self.env.ref(f"smart_recommender.{xmlid}")
        if callable(record._fields[field].translate):
            record.update_field_translations(field, {"fr_FR": terms})
            return
        text = str(record[field])
        for term, translated in terms.items():
            text = text.replace(term, translated)
        record.with_context(lang="fr_FR")[field] = text

    def _expire(self, coupons):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ai_coupon SET expires_at = now() AT TIME ZONE 'UTC' - interval '1 minute'"
            " WHERE id IN %s",
            [tuple(coupons.ids)],
        )
        coupons.invalidate_recordset()
