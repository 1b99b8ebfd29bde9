"""Low ratings: what changes about one wakes the job that tells of them."""

from odoo import api, fields, models

from ...tools.searching import asks_for_yes
from .ai_client_alert import LOW_JOB
from .rating_rating import RATED

# What decides whether a rating is told of.
WATCHED = {"rating", "consumed", "publisher_comment", "ai_rated_on"}


class RatingRating(models.Model):
    _inherit = "rating.rating"

    ai_is_low = fields.Boolean(
        string="Low",
        compute="_compute_ai_is_low",
        search="_search_ai_is_low",
        help="At most as many stars as the alert for low ratings says; two at first.",
    )

    @api.depends("rating")
    @api.depends_context("company")
    def _compute_ai_is_low(self):
        low = self.env["ai.alert.rule"]._low_stars(self.env.company)
        for rating in self:
            rating.ai_is_low = 1 <= rating.rating <= low

    @api.model
    def _search_ai_is_low(self, operator, value):
        low = self.env["ai.alert.rule"]._low_stars(self.env.company)
        domain = ["&", ("rating", ">=", 1), ("rating", "<=", low)]
        return domain if asks_for_yes(operator, value) else ["!", *domain]

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._ai_watch()
        return ratings

    def write(self, vals):
        done = super().write(vals)
        if WATCHED & set(vals):
            self._ai_watch()
        return done

    def unlink(self):
        self._ai_watch()
        return super().unlink()

    def _ai_watch(self):
        """Wake the job where ratings are low, or were told of when they were."""
        of_products = self.sudo().filtered(lambda each: each.res_model == RATED)
        if not of_products:
            return
        most = self.env["ai.alert.rule"]._most_low_stars()
        if any(1 <= rating.rating <= most for rating in of_products) or of_products._ai_alerts():
            self.sudo().env.ref(LOW_JOB)._trigger()

    def _ai_alerts(self):
        """Open alerts of ratings."""
        return (
            self.env["ai.client.alert"]
            .sudo()
            .search(
                [
                    ("kind", "=", "low_rating"),
                    ("is_open", "=", True),
                    ("key", "in", [str(id_) for id_ in self.ids]),
                ]
            )
        )
