"""Clients who rate products, and a model of their stars."""

from .common import RatingCommon


class RatingTrainingCommon(RatingCommon):
    """Twelve clients rate ten of twelve products: even ones give two stars less than odd ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.env["res.partner"].create(
            [{"name": f"Hôtel {number}"} for number in range(12)]
        )
        cls.products = cls._create_products("Savon", 12)
        cls.estimates = cls.env["ai.rating.estimate"]
        cls.store = cls.env["ai.model.store"]

    @classmethod
    def _rate_all(cls, clients=None):
        for number, client in enumerate(cls.clients if clients is None else clients):
            for place, product in enumerate(cls.products):
                if (number + place) % 6:
                    cls._rate(client, product, cls._stars_of(number, place))

    @staticmethod
    def _stars_of(number, place):
        return (5 if number % 2 else 3) - (number + place) % 3 // 2

    @classmethod
    def _train_stars(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "ratings")

    def _offer(self, client, product, company=None):
        company = company or self.company
        run = self.runs.sudo().search([("company_id", "=", company.id)], limit=1)
        self.env.cr.execute(
            """
            INSERT INTO ai_customer_recommendation
                        (company_id, run_id, partner_id, product_id, kind, rank, score, because)
                 VALUES (%s, %s, %s, %s, 'similar', 1, 1, '{}')
            """,
            [company.id, run.id, client.id, product.id],
        )
