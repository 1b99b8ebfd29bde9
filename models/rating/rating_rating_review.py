"""What staff does with ratings of products: read, reject with a reason, bring back, answer.

Everybody who works here reads them. Managers of the recommender and supervisors of the call center
review and answer; the answer is Odoo's own, which its other pages show as well.
"""

from ast import literal_eval

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access
from ...tools.rights import check_group
from .rating_rating import RATED

MODERATORS = "smart_recommender.group_manager,smart_recommender.group_call_supervisor"


class RatingRating(models.Model):
    _inherit = "rating.rating"

    ai_product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product",
        compute="_compute_ai_product_tmpl_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
    )
    ai_rated_on = fields.Datetime(
        string="Given On",
        compute="_compute_ai_rated_on",
        store=True,
        readonly=True,
        help="When the client gave these stars, or changed them last.",
    )

    @api.depends("res_model", "res_id")
    def _compute_ai_product_tmpl_id(self):
        ids = [rating.res_id for rating in self if rating.res_model == RATED]
        known = set(self.env["product.template"].browse(ids).exists().ids)
        for rating in self:
            is_known = rating.res_model == RATED and rating.res_id in known
            rating.ai_product_tmpl_id = is_known and rating.res_id

    @api.depends("rating", "feedback", "consumed")
    def _compute_ai_rated_on(self):
        """When it was written first; see ``_ai_rated`` for what is changed later."""
        for rating in self:
            rating.ai_rated_on = rating.ai_rated_on or rating.create_date

    def _ai_rated(self):
        self.sudo().ai_rated_on = fields.Datetime.now()
        return super()._ai_rated()

    def write(self, vals):
        if "publisher_comment" in vals and not vals["publisher_comment"] and not self.env.su:
            # Odoo asks who writes an answer, and nobody who removes one.
            self.filtered(
                lambda each: each.res_model == RATED
            )._check_synchronize_publisher_values()
        return super().write(vals)

    # ------------------------------------------------------------------
    # Review
    # ------------------------------------------------------------------

    def action_ai_accept(self):
        """Note that comments were read. Managers and supervisors only."""
        self._ai_check_moderator()
        self.sudo().filtered(lambda each: each.ai_review == "new").ai_review = "accepted"
        return True

    def action_ai_reject(self):
        """Ask why ratings are to count nowhere. Managers and supervisors only."""
        self._ai_check_moderator()
        return self._ai_dialog(_("Reject"), "ai.rating.reject", {"default_rating_ids": self.ids})

    def action_ai_restore(self):
        """Let rejected ratings count again. Managers and supervisors only."""
        self._ai_check_moderator()
        self.sudo().filtered(lambda each: each.ai_review == "rejected").write(
            {"ai_review": "accepted", "ai_rejected_reason": False, "consumed": True}
        )
        return True

    def _ai_reject(self, reason):
        """Let ratings count nowhere.

        reason : str, which their clients read. Raises AccessError for all but managers and
        supervisors, UserError without a reason.
        """
        self._ai_check_moderator()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                _("Say why %s is rejected: the client reads it.", self[:1]._ai_in_words())
            )
        self.sudo().write(
            {"ai_review": "rejected", "ai_rejected_reason": reason, "consumed": False}
        )

    # ------------------------------------------------------------------
    # Answer
    # ------------------------------------------------------------------

    def action_ai_answer(self):
        """Ask what the client is to read below its rating. Managers and supervisors only."""
        self.ensure_one()
        self._ai_check_moderator()
        return self._ai_dialog(_("Answer"), "ai.rating.answer", {"default_rating_id": self.id})

    def _ai_answer(self, answer):
        """Publish an answer below a rating, which is read by that; nothing removes the answer.

        answer : str, plain text. Raises AccessError for all but managers and supervisors.
        """
        self.ensure_one()
        self._ai_check_moderator()
        answer = (answer or "").strip()
        vals = {"publisher_comment": answer or False}
        vals["publisher_datetime"] = fields.Datetime.now() if answer else False
        vals["publisher_id"] = answer and self.env.user.partner_id.id
        if self.ai_review == "new":
            vals["ai_review"] = "accepted"
        self.sudo().write(vals)

    # ------------------------------------------------------------------
    # Common
    # ------------------------------------------------------------------

    def _ai_check_moderator(self):
        """Raise where the user reviews no ratings, or these are not of products."""
        check_group(
            self.env,
            MODERATORS,
            _(
                "Only managers of the AI Recommender and supervisors of the call center review "
                "and answer ratings. Ask one of them."
            ),
        )
        check_access(self, "write")
        for rating in self.filtered(lambda each: each.res_model != RATED):
            raise UserError(_("%s is no rating of a product.", rating.display_name))

    def _ai_in_words(self):
        """What a message calls a rating: its stars, product and client."""
        self.ensure_one()
        return _(
            "the rating %(stars)s of %(product)s by %(client)s",
            stars=self._ai_stars(),
            product=self.ai_product_tmpl_id.display_name or self.res_name,
            client=self.partner_id.display_name or _("an unknown client"),
        )

    def _ai_stars(self):
        """Its stars as five signs."""
        full = round(self.rating)
        return "★" * full + "☆" * (5 - full)

    @api.model
    def _ai_dialog(self, name, model, context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [[False, "form"]],
            "target": "new",
            "context": context,
        }

    def action_ai_open(self):
        """The form of a rating of a product, for staff."""
        self.ensure_one()
        check_access(self, "read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[self.env.ref("smart_recommender.rating_rating_view_form").id, "form"]],
        }

    @api.model
    def _ai_list(self, name, domain):
        """The list of ratings of products under a domain, those that were rejected too."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.rating_rating_action"
        )
        return {
            **action,
            "name": name,
            "domain": [*literal_eval(action["domain"]), *domain],
            "context": {},
        }

    def action_ai_open_product(self):
        """The product of a rating."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": RATED,
            "res_id": self.ai_product_tmpl_id.id,
            "views": [[False, "form"]],
        }
