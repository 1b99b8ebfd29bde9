"""Customers with rhythms and tastes of their own: tests depend on no demo data."""

from datetime import timedelta

from odoo import fields

from ..core.common import RecommenderCommon
from ..core.history import write_orders


class OffersCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offers = cls.env["ai.customer.recommendation"]
        cls.operator = cls._create_user("sr_operator", "smart_recommender.group_call_operator")
        cls.paper = cls._create_product("Papier")
        cls.regular, cls.similar, *_others = cls.partners
        cls.newcomer = cls.env["res.partner"].create({"name": "Nouveau client"})

    @classmethod
    def _create_purchases(cls, partner, products, days, company=None, **vals):
        """An order of the products on each day, so many days ago."""
        lines = [entry if isinstance(entry, tuple) else (entry, 1.0) for entry in products]
        now = fields.Datetime.now()
        return write_orders(
            cls.env,
            company or cls.company,
            [(partner, now - timedelta(days=day), lines) for day in days],
            **vals,
        )

    @classmethod
    def _create_tastes(cls):
        """The regular buys bottles every ten days, the last 13 days ago; five customers buy
        fountain, bottle and cups, the regular only fountain and bottle."""
        cls._create_purchases(cls.regular, [(cls.bottle, 4)], [13, 23, 33, 43, 53])
        cls._create_purchases(cls.regular, [cls.fountain], [40])
        for partner in cls.partners[1:]:
            cls._create_purchases(partner, [cls.fountain, cls.bottle, cls.cups], [20])

    @classmethod
    def _train_offers(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "customers")

    def _offers_of(self, partner, user=None, **kwargs):
        user = user or self.operator
        return self.offers.with_user(user)._offers(
            partner.with_user(user), self.company.with_user(user), **kwargs
        )

    def _by_name(self, partner, user=None):
        return {item["name"]: item for item in self._offers_of(partner, user)["items"]}
