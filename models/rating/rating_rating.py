"""What clients think of the products that they bought: one to five stars and a short comment.

Odoo's own ratings, of ``product.template``, so that the online shop counts the same. One of each
contact and product in each company: a second one changes the first. Only clients write stars and
comments; staff reads, answers and may reject, and a rejected rating counts nowhere. Ratings that
other modules collected have no company and count in all.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.rights import check_editable

RATED = "product.template"
MOST_STARS = 5
LONGEST_COMMENT = 1000
# What staff writes of a rating of a product; its review has methods of its own.
EDITABLE = frozenset({"publisher_comment", "is_internal", "message_id"})


class RatingRating(models.Model):
    _inherit = "rating.rating"

    ai_company_id = fields.Many2one(
        "res.company",
        string="Company",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The company that the client bought the product from.",
    )
    ai_commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", string="Client", store=True, index=True
    )
    ai_review = fields.Selection(
        [("new", "To Read"), ("accepted", "Read"), ("rejected", "Rejected")],
        string="Review",
        default="accepted",
        required=True,
        readonly=True,
        index=True,
        help="Stars count at once; a comment is to be read. What is rejected counts nowhere.",
    )
    ai_rejected_reason = fields.Char(
        string="Reason of the Rejection", readonly=True, help="The client reads it."
    )

    def init(self):
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS rating_rating_ai_one
                ON rating_rating (partner_id, res_id, ai_company_id)
             WHERE ai_company_id IS NOT NULL AND res_model = 'product.template'
            """
        )

    # ------------------------------------------------------------------
    # Who writes what
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        if any(rating.res_model == RATED for rating in ratings):
            check_editable(self.env, {"rating"}, EDITABLE, self._ai_not_editable_message())
        return ratings

    def write(self, vals):
        if any(rating.res_model == RATED for rating in self):
            check_editable(self.env, vals, EDITABLE, self._ai_not_editable_message())
        return super().write(vals)

    @api.model
    def _ai_not_editable_message(self):
        return _(
            "Stars and comments are the client's own. Answer a rating, or reject it with a reason."
        )

    # ------------------------------------------------------------------
    # What clients do
    # ------------------------------------------------------------------

    @api.model
    def _ai_rate(self, company, partner, template, stars, comment=""):
        """Give a product stars, or change those that were given.

        partner : res.partner, the contact; template : product.template that its commercial entity
        bought, as the caller has checked. stars : int, 1 to 5; comment : str, plain text.
        Returns the rating (sudo). Raises UserError for other stars or a longer comment.
        """
        comment = (comment or "").strip()
        if stars not in range(1, MOST_STARS + 1):
            raise UserError(_("Give %s one to five stars.", template.name))
        if len(comment) > LONGEST_COMMENT:
            raise UserError(
                _(
                    "Your comment on %(product)s has %(count)s characters: shorten it to "
                    "%(most)s. Nothing was saved.",
                    product=template.name,
                    count=len(comment),
                    most=LONGEST_COMMENT,
                )
            )
        rating = self.sudo()._ai_row(company, partner, template)
        is_new = comment and comment != (rating.feedback or "")
        rating.write(
            {
                # All that computed columns depend on: the row may be new.
                "res_model_id": self.env["ir.model"]._get_id(RATED),
                "res_id": template.id,
                "partner_id": partner.id,
                "rating": stars,
                "feedback": comment or False,
                "consumed": True,
                "ai_review": "new" if is_new else _kept(rating, comment),
                "ai_rejected_reason": False,
            }
        )
        rating._ai_rated()
        return rating

    @api.model
    def _ai_row(self, company, partner, template):
        """The row of a contact's rating, made where there is none.

        Of two requests at once the second one fails to serialize, and Odoo tries it again.
        """
        self.env["rating.rating"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rating_rating (
                    res_model_id, res_model, res_id, partner_id, ai_company_id, rating, consumed,
                    ai_review, access_token, create_uid, write_uid, create_date, write_date)
                VALUES (%(model)s, %(name)s, %(template)s, %(partner)s, %(company)s, 0, FALSE,
                        'accepted', %(token)s, %(uid)s, %(uid)s, %(now)s, %(now)s)
                ON CONFLICT (partner_id, res_id, ai_company_id)
                      WHERE ai_company_id IS NOT NULL AND res_model = 'product.template'
                 DO NOTHING
                """,
                model=self.env["ir.model"]._get_id(RATED),
                name=RATED,
                template=template.id,
                partner=partner.id,
                company=company.id,
                token=self._default_access_token(),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return self._ai_own(company, partner, template)

    @api.model
    def _ai_own(self, company, partner, templates):
        """The ratings that a contact gave some products in a company."""
        return self.sudo().search(
            [
                ("res_model", "=", RATED),
                ("res_id", "in", templates.ids),
                ("partner_id", "=", partner.id),
                ("ai_company_id", "=", company.id),
            ]
        )

    @api.model
    def _ai_take_back(self, company, partner, template):
        """Delete what a contact gave a product; nothing where there is none."""
        ratings = self._ai_own(company, partner, template)
        ratings._ai_rated()
        ratings.unlink()

    def _ai_rated(self):
        """After a client gave or changed stars, before it takes them back: to be extended."""

    # ------------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------------

    @api.model
    def _ai_counted(self, company):
        """SQL condition that a rating, as rating, is one of a product that counts in a company.

        company : SQL or int, its id.
        """
        return SQL(
            "rating.res_model = 'product.template' AND rating.consumed AND rating.rating >= 1"
            " AND (rating.ai_company_id IS NULL OR rating.ai_company_id = %s)",
            company,
        )


def _kept(rating, comment):
    """The review of a rating whose comment stays as it was, or goes."""
    return rating.ai_review if comment and rating.ai_review == "new" else "accepted"
