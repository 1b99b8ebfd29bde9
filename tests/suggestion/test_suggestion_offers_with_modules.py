"""Ratings of products, where a module asks customers for them."""

from odoo.tests import tagged

from .offers_common import OffersCommon


# Not standard: without the module there is nothing to rate.
@tagged("post_install", "-at_install", "-standard", "with_modules")
class TestOffersWithModules(OffersCommon):
    def _rate(self, partner, product, stars, **vals):
        self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("product.template"),
                "res_id": product.product_tmpl_id.id,
                "partner_id": partner.id,
                "rating": stars,
                "consumed": True,
                **vals,
            }
        )

    def _ratings(self):
        found = self.env["ai.sales.extract"]._product_ratings(self.company)
        return found and dict(
            zip(
                zip(found["customer"].tolist(), found["product"].tolist(), strict=True),
                found["rating"].tolist(),
                strict=True,
            )
        )

    def test_without_ratings_there_is_none(self):
        self._rate(self.regular, self.bottle, 5, consumed=False)
        self.assertIsNone(self._ratings())

    def test_stars_of_a_contact_are_those_of_its_company(self):
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.regular.id})
        contact.is_company = False
        self._rate(contact, self.bottle, 5)
        self._rate(self.regular, self.bottle, 1)
        self._rate(self.regular, self.cups, 3)
        entity = self.regular.commercial_partner_id.id
        self.assertEqual(
            self._ratings(), {(entity, self.bottle.id): 1.0, (entity, self.cups.id): 1.0}
        )

    def test_training_reads_them(self):
        self._create_tastes()
        self._rate(self.partners[2], self.cups, 5)
        run = self._train_offers()
        self.assertEqual(run.state, "done")
