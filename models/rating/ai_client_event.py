"""Ratings in the history of clients."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.compat import permitted


class AiClientEvent(models.Model):
    _inherit = "ai.client.event"
    _depends = {
        "rating.rating": [
            "res_model",
            "res_id",
            "rating",
            "feedback",
            "consumed",
            "partner_id",
            "ai_company_id",
            "ai_commercial_partner_id",
            "ai_review",
            "ai_rated_on",
        ],
    }

    kind = fields.Selection(selection_add=[("rated", "Product Rated")])

    @api.model
    def _event_queries(self):
        return {**super()._event_queries(), "rated": self._ratings()}

    @api.model
    def _ratings(self):
        """Ratings of products, those that were rejected too."""
        return SQL(
            """
            SELECT rating.id AS record_id, rating.ai_rated_on AS date,
                   rating.ai_company_id AS company_id,
                   rating.ai_commercial_partner_id AS partner_id, NULL::int AS user_id,
                   concat_ws(' · ', repeat('★', round(rating.rating)::int)
                                    || repeat('☆', 5 - round(rating.rating)::int),
                             COALESCE(template.name ->> %(lang)s, template.name ->> 'en_US'),
                             NULLIF(rating.feedback, '')) AS name,
                   NULL::numeric AS amount, 'rating.rating' AS res_model, rating.id AS res_id
              FROM rating_rating rating
              JOIN product_template template ON template.id = rating.res_id
             WHERE rating.res_model = 'product.template'
               AND rating.rating >= 1
               AND (rating.consumed OR rating.ai_review = 'rejected')
               AND rating.ai_commercial_partner_id IS NOT NULL
            """,
            lang=self.env.lang or "en_US",
        )

    def action_open(self):
        if self.res_model == "rating.rating":
            rating = self.env["rating.rating"].browse(self.res_id).exists()
            if permitted(rating, "read"):
                return rating.action_ai_open()
        return super().action_open()
