"""What an experiment says, in words: a certain effect, or why nobody can tell yet."""

from odoo import _, api, fields, models
from odoo.tools import format_date, formatLang

from .ai_exposure import OUTCOME_DAYS


class AiExperiment(models.Model):
    _inherit = "ai.experiment"

    verdict = fields.Text(compute="_compute_verdict")

    @api.depends("state", "evaluated_at", "is_hidden", "visible_on", "result_ids", "target_effect")
    @api.depends_context("lang")
    def _compute_verdict(self):
        for experiment in self:
            experiment.verdict = experiment._verdict()

    def _verdict(self):
        """What the experiment says of revenue, in a sentence or two."""
        result = self.result_ids.filtered(lambda each: each.measure == "revenue")
        if self.state == "draft" or not result or not self.quotation_count:
            return self._nothing_yet()
        if self.is_hidden:
            return _(
                "The result is hidden: %(treated)s clients see suggestions and %(control)s do not, "
                "which the lot cannot explain. Look for what keeps quotations of one arm from "
                "being opened, and start another experiment.",
                treated=self._number(self.treated_client_count),
                control=self._number(self.control_client_count),
            )
        if not result.is_known:
            return _(
                "Cannot tell yet: fewer than 20 clients in an arm, or nothing was sold. So far "
                "%(treated)s clients with suggestions and %(control)s without were counted.",
                treated=self._number(self.treated_client_count),
                control=self._number(self.control_client_count),
            )
        return self._certain(result) if result.can_tell else self._cannot_tell(result)

    def _nothing_yet(self):
        if self.state == "draft":
            return False
        return _(
            "Cannot tell yet: the first quotations are counted %s days after they showed "
            "suggestions.",
            OUTCOME_DAYS,
        )

    def _certain(self, result):
        if not result.has_relative:
            return _("Suggestions change what a quotation brings.")
        words = _("more") if result.absolute > 0 else _("less")
        low, high = sorted((abs(result.relative_low), abs(result.relative_high)))
        return _(
            "Quotations with suggestions bring %(percent)s %(more)s than those without (between "
            "%(low)s and %(high)s).",
            percent=self._percent(abs(result.relative)),
            more=words,
            low=self._percent(low),
            high=self._percent(high),
        )

    def _cannot_tell(self, result):
        sentences = [_("Cannot tell yet: the difference may be chance.")]
        if result.smallest_visible > 0:
            sentences.append(
                _(
                    "The smallest effect that can be seen so far is %s.",
                    self._percent(result.smallest_visible),
                )
            )
        if self.state == "running" and self.visible_on:
            sentences.append(
                _(
                    "A change of %(percent)s can be seen by %(day)s.",
                    percent=self._percent(self.target_effect),
                    day=format_date(self.env, self.visible_on),
                )
            )
        return " ".join(sentences)

    @api.model
    def _percent(self, share):
        number = self._number(100 * share, 1)
        return _("%(number)s%%", number=number)

    @api.model
    def _number(self, value, decimals=0):
        return formatLang(self.env, value, digits=decimals)
