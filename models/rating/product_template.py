"""The stars of a product, on its form."""

from odoo import api, fields, models

USERS = "base.group_user"


class ProductTemplate(models.Model):
    _inherit = "product.template"

    ai_rating_count = fields.Integer(
        string="Number of Ratings", compute="_compute_ai_rating", groups=USERS
    )
    ai_rating_mean = fields.Float(
        string="Stars",
        compute="_compute_ai_rating",
        digits=(3, 1),
        groups=USERS,
        help="Weighted: the mean of all products counts as a few further ratings of this one.",
    )
    ai_rating = fields.Json(
        string="Distribution of the Stars", compute="_compute_ai_rating", groups=USERS
    )

    @api.depends_context("company")
    def _compute_ai_rating(self):
        """Of the ratings that count in the current company; False without any."""
        ratings = self.env["ai.product.rating"]
        rows = ratings._of(self.env.company, self)
        prior = ratings._prior(self.env.company) if rows else None
        for template in self:
            row = rows.get(template._origin.id)
            template.ai_rating_count = row.count if row else 0
            template.ai_rating_mean = row.shrunk_mean if row else 0.0
            template.ai_rating = row._figures(prior) if row else False

    def action_open_ai_ratings(self):
        """The ratings of a product, the last first."""
        self.ensure_one()
        return self.env["rating.rating"]._ai_list(
            self.display_name, [("ai_product_tmpl_id", "=", self.id)]
        )
