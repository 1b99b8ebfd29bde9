"""An anomaly in words: what happened, when, and where it was seen."""

from odoo import _, api, fields, models
from odoo.tools import format_amount, format_date, formatLang

# A weekday tells much about a day, and nothing about the ends of a longer period.
DAY, END_OF_PERIOD = "EEEE d MMM y", "d MMM y"
# Below, one decimal is shown: 0.4 a day is not 0.
WHOLE_FROM = 20.0
# From here on "times as much" reads better than "% more".
TIMES_FROM = 1.95


class AiAnomaly(models.Model):
    _inherit = "ai.anomaly"

    period = fields.Char(compute="_compute_period", help="The day, or the first and the last.")
    sentence = fields.Char(string="Summary", compute="_compute_sentence")
    where_text = fields.Char(
        string="How It Was Found",
        compute="_compute_where_text",
        help="In which sales it was found, and why there.",
    )

    @api.depends("date", "date_end")
    @api.depends_context("lang")
    def _compute_period(self):
        for anomaly in self:
            anomaly.period = anomaly._period() if anomaly.date else ""

    @api.depends("quantity", "expected", "date", "date_end", "step", "measure", "unit")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for anomaly in self:
            anomaly.sentence = anomaly._say() if anomaly.date else ""

    @api.depends("level", "step", "method", "subject", "z_score", "limit")
    @api.depends_context("lang")
    def _compute_where_text(self):
        for anomaly in self:
            sentences = [anomaly._say_where(), anomaly._say_limit()]
            if anomaly.method == "level":
                sentences.insert(1, anomaly._say_that_it_lasts())
            anomaly.where_text = " ".join(sentences)

    # ------------------------------------------------------------------
    # What happened
    # ------------------------------------------------------------------

    def _say(self):
        facts = {
            "sold": self._with_unit(self.quantity),
            "expected": self._with_unit(self.expected),
            "when": self._when(),
        }
        if self.quantity < 0:
            return _(
                "More was returned than sold %(when)s: %(sold)s, %(expected)s expected.", **facts
            )
        if not self.quantity:
            return _("Nothing sold %(when)s, %(expected)s expected.", **facts)
        if self.expected <= 0:
            return _("%(sold)s sold %(when)s, nothing expected.", **facts)
        return _(
            "%(sold)s sold %(when)s, %(expected)s expected: %(comparison)s.",
            comparison=self._comparison(self.quantity / self.expected),
            **facts,
        )

    def _comparison(self, ratio):
        """ratio : what was sold over what was expected, above 0."""
        if ratio < 1:
            return _("%s %% less", self._figure(100 * (1 - ratio)))
        if ratio < TIMES_FROM:
            return _("%s %% more", self._figure(100 * (ratio - 1)))
        words = {2.0: _("twice as much"), 3.0: _("three times as much")}
        return words.get(round(ratio, 1)) or _("%s times as much", self._figure(ratio))

    def _when(self):
        first, last = (self._date(day, END_OF_PERIOD) for day in (self.date, self.date_end))
        if self.date == self.date_end:
            return _("on %s", self._date(self.date, DAY))
        if self.step == "week" and (self.date_end - self.date).days < 7:
            return _("in the week from %(first)s to %(last)s", first=first, last=last)
        return _("from %(first)s to %(last)s", first=first, last=last)

    def _period(self):
        if self.date == self.date_end:
            return self._date(self.date, DAY)
        first, last = (self._date(day, END_OF_PERIOD) for day in (self.date, self.date_end))
        return _("%(first)s to %(last)s", first=first, last=last)

    # ------------------------------------------------------------------
    # Where it was seen
    # ------------------------------------------------------------------

    def _say_where(self):
        facts = {"step": self._step_word(), "subject": self.subject}
        if self.level == "product":
            return self._say_where_of_product()
        if self.level == "slow_category":
            return _(
                "Found by %(step)s in the slow sellers of %(subject)s: each of them sells too "
                "rarely to be judged on its own.",
                **facts,
            )
        if self.level == "slow_company":
            return _(
                "Found by %(step)s in the slow sellers of all categories: each of them sells too "
                "rarely to be judged on its own, and so do those of its category.",
                **facts,
            )
        if self.level == "category":
            return _("Found by %(step)s in the revenue of the category %(subject)s.", **facts)
        if self.level == "customer":
            return _("Found by %(step)s in what %(subject)s bought.", **facts)
        if self.level == "salesperson":
            return _("Found by %(step)s in what %(subject)s sold.", **facts)
        return _("Found by %(step)s in the revenue of the whole company.", **facts)

    def _say_where_of_product(self):
        if self.method == "record":
            return _("Found against its own record: it sells too rarely to have a usual day.")
        if self.method == "days":
            return _(
                "Found in the number of days on which it was sold at all: there used to be "
                "more of them."
            )
        if self.step == "week":
            return _("Found by week in its own sales: its single days scatter too much.")
        return _("Found by day in its own sales.")

    def _say_that_it_lasts(self):
        return _(
            "It has lasted since then: what was usual before is expected until sales come back or "
            "somebody decides."
        )

    def _say_limit(self):
        return _(
            "Its z-score is %(score)s; what is beyond %(limit)s counts.",
            score=self._figure(self.z_score),
            limit=self._figure(self.limit),
        )

    def _step_word(self):
        return _("week") if self.step == "week" else _("day")

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _with_unit(self, value):
        """A quantity with its unit, or an amount with its currency."""
        if self.measure == "revenue":
            return format_amount(self.env, value, self.company_id.currency_id)
        return f"{self._figure(value)} {self.unit or ''}".strip()

    def _figure(self, value):
        """A number in the user's language, without a zero behind the point."""
        digits = 1 if abs(value) < WHOLE_FROM else 0
        if abs(value - round(value)) < 0.05:
            digits = 0
        return formatLang(self.env, value, digits=digits)

    def _date(self, day, pattern):
        return format_date(self.env, day, date_format=pattern)
