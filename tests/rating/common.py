"""Clients that bought products and rate them."""

from odoo import Command
from odoo.tests import new_test_user

from ..suggestion.offers_common import OffersCommon


class RatingCommon(OffersCommon):
    """`client` bought bottle and cups of the company, `other_client` bottle and soap. Each has a
    portal user, in French where that is active."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ratings = cls.env["rating.rating"]
        cls.client = cls._create_client("Hôtel Zagora")
        cls.other_client = cls._create_client("Café Anfa")
        cls._create_purchases(cls.client, [(cls.bottle, 4), cls.cups], [40, 10])
        cls._create_purchases(cls.other_client, [cls.bottle, cls.soap], [20])

    @classmethod
    def _create_client(cls, name, company=None, **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "email": f"{name.split()[-1].lower()}@example.com",
                "company_id": company.id if company else False,
                **vals,
            }
        )

    @classmethod
    def _portal_user(cls, partner, login, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=login,
            password=login,
            groups="base.group_portal",
            partner_id=partner.id,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _rate(cls, partner, product, stars, comment="", company=None):
        return cls.ratings._ai_rate(
            company or cls.company, partner, product.product_tmpl_id, stars, comment
        )
