"""Those who read, review and answer what clients rated."""

from .common import RatingCommon


class OfficeCommon(RatingCommon):
    """A bad rating of the bottle with a comment by the client's cook, and who deals with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = cls._create_user(
            "sr_supervisor", "smart_recommender.group_call_supervisor"
        )
        cls.recommender = cls._create_user("sr_recommender", "smart_recommender.group_manager")
        cls.cook = cls.env["res.partner"].create(
            {"name": "Fatima Cuisine", "parent_id": cls.client.id}
        )
        cls.bad = cls._rate(cls.cook, cls.bottle, 1, "Fuit de partout")
        cls.bad = cls.bad.with_env(cls.env)

    def _of(self, product, company=None):
        company = company or self.company
        rows = self.env["ai.product.rating"].with_company(company)
        return rows._of(company, product.product_tmpl_id).get(product.product_tmpl_id.id)

    def _as(self, user, records):
        """Records as a user sees them who has all of its companies switched on."""
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def _rated_elsewhere(self, partner, product, stars, **vals):
        """A rating that another module collected, such as the online shop."""
        return self.ratings.sudo().create(
            {
                "res_model_id": self.env["ir.model"]._get_id("product.template"),
                "res_id": product.product_tmpl_id.id,
                "partner_id": partner.id,
                "rating": stars,
                "consumed": True,
                **vals,
            }
        )
