"""The ratings of the demonstration follow the tastes that were planted."""

import numpy as np

from odoo.tests import tagged

from ...demo import planted, ratings
from ...demo.customers import CUSTOMERS
from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestRatingDemo(RatingCommon):
    def test_trades_give_more_stars_to_what_they_like(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        families = ("EAU", "HYG", "BUR")
        products = self.env["product.product"].create(
            [
                {"name": f"{family} {number}", "default_code": f"{family}-{number}"}
                for family in families
                for number in range(4)
            ]
        )
        clients = self.env["res.partner"].create([{"name": each.name} for each in CUSTOMERS])
        for position in planted.RATING_CLIENTS:
            self._create_purchases(clients[position], list(products), [5])
        made = ratings.load_ratings(self.env, self.company, clients, np.random.default_rng(1))
        self.assertEqual(len(made), len(planted.RATING_CLIENTS) * len(products))
        codes = {product.product_tmpl_id.id: product.default_code for product in products}
        positions = {client.id: number for number, client in enumerate(clients)}
        liked, others = [], []
        for rating in made:
            more = ratings.taste(positions[rating.partner_id.id], codes[rating.res_id])
            (liked if more > 0 else others).append(rating.rating)
        self.assertGreater(np.mean(liked), np.mean(others) + 0.7)

        ratings.moderate(made)
        self.assertEqual(
            len(made.filtered(lambda rating: rating.ai_review == "new")), planted.UNREAD_COMMENTS
        )
        self.assertEqual(len(made.filtered(lambda rating: not rating.consumed)), 1)
        self.assertTrue(made.filtered("publisher_comment"))
        user = ratings.create_login(self.env, self.company, clients[planted.RATES_ON_PORTAL])
        self.assertTrue(user.share)
