"""Why a product has its class, in a sentence for each letter, and what it had before."""

from odoo import _, api, fields, models
from odoo.tools import SQL, formatLang

from ...tools.compat import check_access


class AiProductClass(models.Model):
    _inherit = "ai.product.class"

    reason = fields.Text(compute="_compute_reason", help="The figures that decide on each letter.")
    date_from = fields.Date(string="First Day", compute="_compute_period", compute_sudo=True)
    date_to = fields.Date(string="Last Day", compute="_compute_period", compute_sudo=True)
    change_ids = fields.Many2many(
        "ai.product.class.change", string="Earlier Classes", compute="_compute_change_ids"
    )

    @api.model
    def _action_of(self, products):
        """Action of the classes of some products; checks who asks. One opens with its reason."""
        self._check_reader()
        check_access(products, "read")
        rows = self.search(
            [("product_id", "in", products.ids), ("company_id", "in", self.env.companies.ids)]
        )
        if len(rows) == 1:
            return rows.get_formview_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_product_class_action"
        )
        return {**action, "domain": [("id", "in", rows.ids)], "context": {}}

    @api.depends("run_id")
    def _compute_period(self):
        for row in self:
            row.date_from, row.date_to = row.run_id.date_from, row.run_id.date_to

    @api.depends("product_id", "company_id")
    def _compute_change_ids(self):
        for row in self:
            row.change_ids = self.env["ai.product.class.change"].search(
                [("product_id", "=", row.product_id.id), ("company_id", "=", row.company_id.id)]
            )

    @api.depends("abc", "xyz", "share", "cv", "buckets", "run_id")
    @api.depends_context("lang")
    def _compute_reason(self):
        before = self._shares_before()
        for row in self:
            # Whoever reads classes need not be allowed to read runs.
            settings = row.run_id.sudo().parameters or {}
            sentences = row._reason_parts(settings, before.get(row.id, 0.0)) if settings else []
            row.reason = "\n".join(sentences)

    def _shares_before(self):
        """{id: share of revenue of the products that bring more}, in one statement."""
        self.flush_model(["company_id", "revenue", "share"])
        self.env.cr.execute(
            SQL(
                "SELECT row.id, COALESCE(sum(more.share), 0)::float8 FROM ai_product_class row"
                " LEFT JOIN ai_product_class more ON more.company_id = row.company_id"
                " AND more.revenue > row.revenue WHERE row.id = ANY(%s) GROUP BY row.id",
                self.ids,
            )
        )
        return dict(self.env.cr.fetchall())

    def _reason_parts(self, settings, before):
        """[text] : one on the letter of ABC, one on that of XYZ; settings : those of the run."""
        self.ensure_one()
        if self.abc == "N":
            return [_("N: nothing was sold in the %s days of the period.", settings["days"])]
        return [self._abc_reason(settings, before), self._xyz_reason(settings)]

    def _abc_reason(self, settings, before):
        if self.revenue <= 0:
            return _("C: it brought no revenue: gifts, or more refunds than sales.")
        words = {
            "share": self._percent(self.share),
            "days": settings["days"],
            "before": self._percent(before),
            "a": self._percent(settings["abc_a"]),
            "b": self._percent(settings["abc_b"]),
        }
        start = _(
            "%(share)s of the revenue of %(days)s days; the products that bring more have "
            "%(before)s together.",
            **words,
        )
        limits = {
            "A": _("That is below %(a)s: class A.", **words),
            "B": _("That is from %(a)s to below %(b)s: class B.", **words),
            "C": _("That is %(b)s or more: class C.", **words),
        }
        return self._labelled(self.abc, f"{start} {limits[self.abc]}")

    def _xyz_reason(self, settings):
        buckets = {"day": _("days"), "week": _("weeks"), "month": _("months")}[settings["bucket"]]
        if not self.is_cv_known:
            text = _("only %(count)s whole %(buckets)s are known, too few to judge steadiness.")
            return self._labelled("?", text % {"count": self.buckets, "buckets": buckets})
        words = {
            "cv": self._percent(self.cv),
            "count": self.buckets,
            "buckets": buckets,
            "x": self._percent(settings["xyz_x"]),
            "y": self._percent(settings["xyz_y"]),
        }
        start = _("sales of %(count)s %(buckets)s vary by %(cv)s of their mean.", **words)
        limits = {
            "X": _("That is below %(x)s: steady.", **words),
            "Y": _("That is from %(x)s to below %(y)s: varying.", **words),
            "Z": _("That is %(y)s or more: irregular.", **words),
        }
        return self._labelled(self.xyz, f"{start} {limits[self.xyz]}")

    @api.model
    def _labelled(self, letter, words):
        return _("%(label)s: %(value)s", label=letter, value=words)

    def _percent(self, share):
        return _("%(number)s%%", number=formatLang(self.env, 100 * share, digits=1))
