"""What a client rated, on its sheet."""

from odoo import api, fields, models
from odoo.tools import SQL

SHOWN = 5


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "ratings": self._ratings(company, entity),
        }

    @api.model
    def _ratings(self, company, entity):
        """What a client rated in a company, the last first, in one statement.

        Returns {"count", "mean": of those that count, None without any, "rows": [{"id", "stars":
        int, "product", "comment", "by": the contact, "" for the client itself, "date", "review",
        "reason": of a rejection, "answer", "is_low", "complaint_id", "complaint": its number}]}.
        A complaint about the reader is left out.
        """
        self.env.flush_all()
        self.env.cr.execute(self._ratings_query(company, entity))
        rows = self.env.cr.dictfetchall()
        count, mean = (rows[0]["count"], rows[0]["mean"]) if rows else (0, None)
        low = self.env["ai.alert.rule"]._low_stars(company) if rows else 0
        return {
            "count": count,
            "mean": mean,
            "rows": [self._prepare_rating(row, low) for row in rows],
        }

    @api.model
    def _prepare_rating(self, row, low):
        shown = ("id", "stars", "product", "review", "complaint_id")
        texts = ("comment", "by", "reason", "answer", "complaint")
        return {
            **{name: row[name] for name in shown},
            **{name: row[name] or "" for name in texts},
            "date": fields.Datetime.to_string(row["date"]),
            "is_low": row["stars"] <= low,
        }

    @api.model
    def _ratings_query(self, company, entity):
        return SQL(
            """
            SELECT rating.id, round(rating.rating)::int AS stars,
                   COALESCE(template.name ->> %(lang)s, template.name ->> 'en_US') AS product,
                   rating.feedback AS comment, rating.ai_rated_on AS date,
                   CASE WHEN partner.id != %(entity)s THEN partner.name END AS by,
                   rating.ai_review AS review, rating.ai_rejected_reason AS reason,
                   rating.publisher_comment AS answer,
                   complaint.id AS complaint_id, complaint.name AS complaint,
                   count(*) FILTER (WHERE rating.consumed) OVER () AS count,
                   (avg(rating.rating) FILTER (WHERE rating.consumed) OVER ())::float8 AS mean
              FROM rating_rating rating
              JOIN product_template template ON template.id = rating.res_id
              JOIN res_partner partner ON partner.id = rating.partner_id
         LEFT JOIN ai_complaint complaint
                ON complaint.rating_id = rating.id
               AND complaint.company_id = %(company)s
               AND complaint.employee_id IS DISTINCT FROM %(user)s
             WHERE rating.res_model = 'product.template'
               AND rating.ai_commercial_partner_id = %(entity)s
               AND rating.rating >= 1
               AND (rating.consumed OR rating.ai_review = 'rejected')
               AND (rating.ai_company_id IS NULL OR rating.ai_company_id = %(company)s)
          ORDER BY rating.ai_rated_on DESC, rating.id DESC
             LIMIT %(limit)s
            """,
            lang=self.env.lang or "en_US",
            company=company.id,
            entity=entity.id,
            user=self.env.uid,
            limit=SHOWN,
        )
