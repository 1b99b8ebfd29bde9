"""What speaks for a rule, in words: its figures in a sentence, and whether it may be chance."""

from odoo import _, api, fields, models
from odoo.tools import formatLang

LEAST_SHOWN, WEAK_FROM = 0.0001, 0.05


class AiRecommendationRule(models.Model):
    _inherit = "ai.recommendation.rule"

    explanation = fields.Text(compute="_compute_explanation")
    p_value_text = fields.Char(
        string="Chance Alone",
        compute="_compute_p_value_text",
        help="P-value of Fisher's exact test: how likely this many orders with both would be if "
        "the products were unrelated.",
    )

    is_weak = fields.Boolean(
        string="Weak Evidence",
        compute="_compute_is_weak",
        help="Chance alone may explain a trained rule: its p-value is above 0.05. The settings of "
        "a small shop keep such rules.",
    )

    @api.depends("p_value")
    def _compute_p_value_text(self):
        for rule in self:
            shown = rule._format(100 * max(rule.p_value, LEAST_SHOWN), 2)
            shown = f"< {shown}" if rule.p_value < LEAST_SHOWN else shown
            rule.p_value_text = _("%(number)s%%", number=shown)

    @api.depends("p_value", "source")
    def _compute_is_weak(self):
        for rule in self:
            rule.is_weak = rule.source == "trained" and rule.p_value > WEAK_FROM

    @api.depends(
        "antecedent_ids",
        "consequent_id",
        "antecedent_count",
        "consequent_count",
        "support_count",
        "order_count",
        "confidence_low",
        "confidence_high",
        "source",
        "is_confidential",
    )
    def _compute_explanation(self):
        for rule in self:
            rule.explanation = rule._explain()

    def _explain(self):
        """The rule in a sentence, with the figures it rests on."""
        self.ensure_one()
        names = {
            "antecedents": " + ".join(self.antecedent_ids.mapped("display_name")),
            "consequent": self.consequent_id.display_name,
        }
        if not self.order_count:
            return _(
                "Not counted yet: the next training counts how many orders with %(antecedents)s "
                "also hold %(consequent)s. Until then the rule is suggested because you say so.",
                **names,
            )
        if not self.antecedent_count:
            return _(
                "None of the %(order_count)s orders of the last training held %(antecedents)s, so "
                "nothing is known about %(consequent)s yet.",
                order_count=self.order_count,
                **names,
            )
        if self.source == "manual" and self.is_confidential:
            return _(
                "Too few customers bought %(antecedents)s with %(consequent)s to show figures.",
                **names,
            )
        return _(
            "Of %(antecedent_count)s orders with %(antecedents)s, %(support_count)s also held "
            "%(consequent)s: %(confidence)s%%. So many orders make it very likely that the true "
            "share is between %(low)s%% and %(high)s%%. Of all %(order_count)s orders %(share)s%% "
            "held it, so it is bought %(lift)s times as often as in any order.",
            antecedent_count=self.antecedent_count,
            support_count=self.support_count,
            order_count=self.order_count,
            confidence=self._format(100 * self.confidence, 0),
            low=self._format(100 * self.confidence_low, 0),
            high=self._format(100 * self.confidence_high, 0),
            share=self._format(100 * self.consequent_count / self.order_count, 1),
            lift=self._format(self.lift, 1),
            **names,
        )

    def _format(self, number, digits):
        """Number as the user's language writes it."""
        return formatLang(self.env, number, digits=digits)
