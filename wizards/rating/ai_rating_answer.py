"""Ask what a client is to read below its rating."""

from odoo import api, fields, models


class AiRatingAnswer(models.TransientModel):
    _name = "ai.rating.answer"
    _description = "Answer a Rating"

    rating_id = fields.Many2one("rating.rating", string="Rating", required=True, readonly=True)
    stars = fields.Float(related="rating_id.rating", string="Stars")
    partner_id = fields.Many2one(related="rating_id.partner_id", string="Client")
    product_tmpl_id = fields.Many2one(related="rating_id.ai_product_tmpl_id", string="Product")
    feedback = fields.Text(related="rating_id.feedback", string="Comment")
    answer = fields.Text(compute="_compute_answer", store=True, readonly=False)

    @api.depends("rating_id")
    def _compute_answer(self):
        for dialog in self:
            dialog.answer = dialog.rating_id.publisher_comment

    def action_publish(self):
        """Publish the answer, or take it back where it is empty. Managers of the recommender and
        supervisors only."""
        self.ensure_one()
        self.rating_id._ai_answer(self.answer)
        return {"type": "ir.actions.act_window_close"}
