"""The rating that a complaint came of."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..complaint.ai_complaint import CHATTER, WRITTEN
from .rating_rating import RATED


class AiComplaint(models.Model):
    _inherit = "ai.complaint"
    _editable = frozenset(WRITTEN | CHATTER | {"rating_id"})

    rating_id = fields.Many2one(
        "rating.rating",
        string="Rating",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="What the client wrote of the product, if the complaint came of it.",
    )

    _sql_constraints = [
        (
            "rating_unique",
            "UNIQUE(rating_id, company_id)",
            "This rating has a complaint already: open it from the rating.",
        ),
    ]

    @api.constrains("rating_id", "partner_id", "company_id")
    def _check_rating(self):
        for complaint in self.filtered("rating_id"):
            rating = complaint.sudo().rating_id
            elsewhere = rating.ai_company_id and rating.ai_company_id != complaint.company_id
            if rating.res_model != RATED or elsewhere:
                raise ValidationError(
                    _(
                        "%(complaint)s: choose a rating of a product that clients of %(company)s "
                        "gave.",
                        complaint=complaint._in_words(),
                        company=complaint.company_id.name,
                    )
                )
        self._check_client()

    def _belongings(self):
        return [*super()._belongings(), self.rating_id]

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints.sudo().rating_id._ai_watch()
        return complaints

    def write(self, vals):
        # Whether the user may write is for others to say first.
        ratings = self.env["rating.rating"].sudo()
        if "rating_id" in vals:
            ratings = self.sudo().rating_id
        done = super().write(vals)
        (ratings | self.sudo().rating_id)._ai_watch()
        return done

    def action_open_rating(self):
        """The rating that the complaint came of."""
        self.ensure_one()
        if not self.rating_id:
            raise UserError(_("%s came of no rating.", self._in_words()))
        return self.rating_id.action_ai_open()
