"""A low rating becomes a complaint: the form of one, filled in, and never a second one."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access, permitted
from ...tools.rights import check_group
from .rating_rating import MOST_STARS, RATED

OPERATORS = "smart_recommender.group_call_operator"
SELLERS = "sales_team.group_sale_salesman"


class RatingRating(models.Model):
    _inherit = "rating.rating"

    ai_complaint_ids = fields.One2many(
        "ai.complaint", "rating_id", string="Complaints", readonly=True, groups=SELLERS
    )
    ai_complaint_id = fields.Many2one(
        "ai.complaint", string="Complaint", compute="_compute_ai_complaint_id", groups=SELLERS
    )

    @api.depends("ai_complaint_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_ai_complaint_id(self):
        for rating in self:
            rating.ai_complaint_id = rating.ai_complaint_ids[:1]

    def action_ai_complain(self):
        """The complaint of a rating, or a new one filled in with its words. Operators only."""
        self.ensure_one()
        check_group(
            self.env, OPERATORS, _("Only operators of the call center take complaints. Ask one.")
        )
        check_access(self, "read")
        if self.res_model != RATED or not self.partner_id:
            raise UserError(
                _("This rating names no client: there is nobody to take a complaint from.")
            )
        company = self.ai_company_id or self.env.company
        known = self._ai_complaint_of(company)
        form = {
            "type": "ir.actions.act_window",
            "name": _("Complaint"),
            "res_model": "ai.complaint",
            "views": [[False, "form"]],
        }
        if known:
            return {**form, "res_id": known.id}
        return {**form, "context": self._ai_complaint_defaults(company)}

    def _ai_complaint_of(self, company):
        """The complaint that came of a rating in a company, none where there is none.

        Raises UserError where the user may not read it.
        """
        found = (
            self.env["ai.complaint"]
            .sudo()
            .search([("rating_id", "=", self.id), ("company_id", "=", company.id)])
            .with_env(self.env)
        )
        if found and not permitted(found, "read"):
            raise UserError(
                _("Somebody else deals with %s already. Ask a supervisor.", self._ai_in_words())
            )
        return found

    def _ai_complaint_defaults(self, company):
        partner, product = self.partner_id, self._ai_product_bought(company)
        if product.company_id and product.company_id != company:
            product = product.browse()
        return {
            "default_rating_id": self.id,
            "default_company_id": company.id,
            "default_partner_id": partner.id,
            "default_product_id": product.id,
            "default_description": self._ai_complaint_text(),
        }

    def _ai_complaint_text(self):
        """The comment below its stars."""
        return "\n".join(
            [
                _(
                    "%(stars)s (%(count)s of %(most)s) for %(product)s",
                    stars=self._ai_stars(),
                    count=round(self.rating),
                    most=MOST_STARS,
                    product=self.ai_product_tmpl_id.display_name or self.res_name,
                ),
                *filter(None, [(self.feedback or "").strip()]),
            ]
        )

    def _ai_product_bought(self, company):
        """The variant that the client bought last of the rated product, else its first one."""
        template = self.ai_product_tmpl_id.with_context(active_test=False)
        bought = self.env["ai.sales.extract"]._bought_templates(
            company, self.ai_commercial_partner_id
        )
        ids = [row["product_id"] for row in bought if row["template_id"] == template.id]
        return template.product_variant_ids.browse(ids) or template.product_variant_ids[:1]
