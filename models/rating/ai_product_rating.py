"""Stars of products: how many of each, their mean, and the mean that says how much to trust it.

One row for each active company and product that was rated, of the ratings that count there. The
weighted mean is that of the product's stars and of so many further ones, ``strength``, of the mean
of all products: (strength · mean + Σ stars) / (strength + count). One rating of five stars is
no product of five stars.
"""

from odoo import api, fields, models
from odoo.tools import SQL

STRENGTH = 5.0
# What a shop without a rating would expect of one.
MIDDLE = 3.0
# Rows have ids of their own: the product's, and which of so many companies it is.
MOST_COMPANIES = 1 << 20
STAR_COUNTS = [f"stars_{stars}" for stars in range(1, 6)]


class AiProductRating(models.Model):
    _name = "ai.product.rating"
    _description = "Ratings of a Product"
    _inherit = ["ai.company.row"]
    _auto = False
    _log_access = False
    _order = "shrunk_mean desc, count desc, id"
    _rec_name = "product_tmpl_id"
    _depends = {
        "rating.rating": ["res_model", "res_id", "rating", "consumed", "ai_company_id"],
        "product.template": ["active", "categ_id", "company_id"],
    }

    product_tmpl_id = fields.Many2one("product.template", string="Product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    active = fields.Boolean(readonly=True)
    count = fields.Integer(string="Ratings", readonly=True)
    client_count = fields.Integer(
        string="Clients", readonly=True, help="Clients who rated it, whoever of them did."
    )
    mean = fields.Float(
        string="Plain Mean", digits=(3, 2), readonly=True, group_operator=None, help="Of its stars."
    )
    shrunk_mean = fields.Float(
        string="Weighted Mean",
        digits=(3, 2),
        readonly=True,
        group_operator=None,
        help="The mean of all products counts as a few further ratings of this one: a single five "
        "stars do not come before fifty ratings of which a few have four.",
    )
    stars_1 = fields.Integer(string="1 Star", readonly=True)
    stars_2 = fields.Integer(string="2 Stars", readonly=True)
    stars_3 = fields.Integer(string="3 Stars", readonly=True)
    stars_4 = fields.Integer(string="4 Stars", readonly=True)
    stars_5 = fields.Integer(string="5 Stars", readonly=True)
    low_count = fields.Integer(string="1 and 2 Stars", readonly=True)
    last_date = fields.Datetime(string="Last Rated", readonly=True)

    @property
    def _table_query(self):
        """All but the keys is of a group, so that PostgreSQL reads only the products asked for."""
        return SQL(
            """
            (SELECT template.id::bigint * %(companies)s + prior.company_id AS id,
                   prior.company_id, template.id AS product_tmpl_id, template.categ_id,
                   template.active,
                   count(*)::int AS count,
                   count(DISTINCT rating.ai_commercial_partner_id)::int AS client_count,
                   avg(rating.rating)::float8 AS mean,
                   ((prior.strength * prior.mean + sum(rating.rating))
                    / (prior.strength + count(*)))::float8 AS shrunk_mean,
                   %(stars)s,
                   (count(*) FILTER (WHERE rating.rating <= 2))::int AS low_count,
                   max(rating.ai_rated_on) AS last_date
              FROM rating_rating rating
              JOIN product_template template ON template.id = rating.res_id
              JOIN (VALUES %(priors)s) prior (company_id, mean, strength)
                ON rating.ai_company_id = prior.company_id
                OR (rating.ai_company_id IS NULL
                    AND COALESCE(template.company_id, prior.company_id) = prior.company_id)
             WHERE %(counted)s
          GROUP BY prior.company_id, prior.mean, prior.strength, template.id, template.categ_id,
                   template.active)
            """,
            companies=MOST_COMPANIES,
            stars=self._star_counts(),
            priors=SQL(", ").join(
                SQL("(%s, %s::float8, %s::float8)", company.id, *self._prior(company))
                for company in self.env.companies
            ),
            counted=self.env["rating.rating"]._ai_counted(SQL("prior.company_id")),
        )

    @api.model
    def _star_counts(self):
        return SQL(", ").join(
            SQL(
                "(count(*) FILTER (WHERE round(rating.rating) = %s))::int AS %s",
                stars,
                SQL.identifier(name),
            )
            for stars, name in enumerate(STAR_COUNTS, start=1)
        )

    @api.model
    def _prior(self, company):
        """What is expected of a product before anybody rated it, and what that weighs.

        Returns (mean of all ratings that count in the company: 1 to 5, weight: in ratings).
        """
        self.env["rating.rating"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT avg(rating.rating)::float8
                  FROM rating_rating rating
                  JOIN product_template template ON template.id = rating.res_id
                 WHERE %(counted)s
                   AND (rating.ai_company_id IS NOT NULL
                        OR COALESCE(template.company_id, %(company)s) = %(company)s)
                """,
                counted=self.env["rating.rating"]._ai_counted(company.id),
                company=company.id,
            )
        )
        [(mean,)] = self.env.cr.fetchall()
        strength = self.env["ai.training.result.ratings"]._prior_of(company)
        return mean or MIDDLE, strength or STRENGTH

    @api.model
    def _of(self, company, templates):
        """{template id: row} of those of some products that were rated, archived ones too."""
        rows = self.with_context(active_test=False).search_fetch(
            [("company_id", "=", company.id), ("product_tmpl_id", "in", templates.ids)],
            ["company_id", "product_tmpl_id", "count", "mean", "shrunk_mean", *STAR_COUNTS],
        )
        return {row.product_tmpl_id.id: row for row in rows}

    def _figures(self, prior):
        """What the product's form draws, see static/src/rating; prior : see ``_prior``."""
        self.ensure_one()
        mean, strength = prior
        return {
            "count": self.count,
            "mean": self.mean,
            "shrunk_mean": self.shrunk_mean,
            "stars": [self[name] for name in STAR_COUNTS],
            "prior_mean": mean,
            "prior_strength": strength,
        }

    def action_open_reviews(self):
        """The ratings of a product."""
        self.ensure_one()
        return self.product_tmpl_id.action_open_ai_ratings()
