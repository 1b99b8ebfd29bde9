"""Low ratings: whoever looks after the client is told at once."""

from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..alert.kind import Fact, Kind
from ..complaint.ai_complaint import OPEN

LOW = "low_rating"
LOW_STARS = 2
MOST_LOW_STARS = 4
# Older ratings than the alert itself are told of from so long before it on.
BEFORE = timedelta(days=7)


class AiAlertRule(models.Model):
    _inherit = "ai.alert.rule"

    kind = fields.Selection(
        selection_add=[(LOW, "Low rating of a product")], ondelete={LOW: "cascade"}
    )

    @api.model
    def _kinds(self):
        return {**super()._kinds(), LOW: Kind(threshold=LOW_STARS, unit="stars", least=1)}

    @api.constrains("threshold")
    def _check_stars(self):
        for rule in self.filtered(lambda each: each.kind == LOW):
            if rule.threshold > MOST_LOW_STARS:
                raise ValidationError(
                    _(
                        "%(alert)s: give a threshold of at most %(most)s stars.",
                        alert=rule.display_name,
                        most=MOST_LOW_STARS,
                    )
                )

    @api.model
    def _low_stars(self, company):
        """The most stars that a low rating has in a company, 2 unless its rule says otherwise."""
        rule = self.sudo().with_context(active_test=False)
        rule = rule.search([("kind", "=", LOW), ("company_id", "=", company.id)], limit=1)
        return rule.threshold or LOW_STARS

    @api.model
    def _most_low_stars(self):
        """The most stars that a low rating has in any company."""
        return max([LOW_STARS, *self.sudo().search([("kind", "=", LOW)]).mapped("threshold")])

    def _facts_low_rating(self):
        """Low ratings that count and that nobody has dealt with, one fact of each."""
        self.env.flush_all()
        self.env.cr.execute(self._low_ratings_query())
        return [
            Fact(partner_id, key=str(rating_id), since=rated_on)
            for rating_id, partner_id, rated_on in self.env.cr.fetchall()
        ]

    def _low_ratings_query(self):
        """An answer or a complaint deals with what it came after, an open complaint with all."""
        company = self.company_id.id
        return SQL(
            """
            SELECT rating.id, partner.commercial_partner_id, rating.ai_rated_on::date
              FROM rating_rating rating
              JOIN res_partner partner ON partner.id = rating.partner_id
              JOIN product_template template ON template.id = rating.res_id
             WHERE %(counted)s
               AND rating.rating <= %(stars)s
               AND rating.ai_rated_on >= %(since)s
               AND (rating.ai_company_id IS NOT NULL
                    OR (COALESCE(template.company_id, %(company)s) = %(company)s
                        AND COALESCE(partner.company_id, %(company)s) = %(company)s))
               AND (COALESCE(rating.publisher_comment, '') = ''
                    OR rating.publisher_datetime < rating.ai_rated_on)
               AND NOT EXISTS (
                    SELECT FROM ai_complaint complaint
                     WHERE complaint.rating_id = rating.id
                       AND complaint.company_id = %(company)s
                       AND (complaint.state IN %(open)s
                            OR complaint.create_date >= rating.ai_rated_on))
          ORDER BY rating.ai_rated_on, rating.id
            """,
            counted=self.env["rating.rating"]._ai_counted(company),
            stars=self.threshold,
            since=self.create_date - BEFORE,
            company=company,
            open=OPEN,
        )
