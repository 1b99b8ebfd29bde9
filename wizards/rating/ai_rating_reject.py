"""Ask why ratings are rejected."""

from odoo import fields, models


class AiRatingReject(models.TransientModel):
    _name = "ai.rating.reject"
    _description = "Reject Ratings"

    rating_ids = fields.Many2many("rating.rating", string="Ratings", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_reject(self):
        """Let the ratings count nowhere. Managers of the recommender and supervisors only."""
        self.ensure_one()
        self.rating_ids._ai_reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
