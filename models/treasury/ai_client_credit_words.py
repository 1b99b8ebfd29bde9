"""Credit scores in words: habits, reasons, and the line on a quotation."""

import math

from odoo import _, models
from odoo.tools import formatLang


class AiClientCredit(models.Model):
    _inherit = "ai.client.credit"

    def _habit_in_words(self):
        """How a client usually pays, without an amount: what operators may read. Empty where it is
        not known."""
        if not self or not self.knows_usual:
            return ""
        if self.usual_days > 0:
            return self._days_late(self.usual_days)
        if self.usual_days < 0:
            return self._days_early(-self.usual_days)
        return _("on the due day")

    def _days_late(self, days):
        return _("1 day late") if days == 1 else _("%s days late", days)

    def _days_early(self, days):
        return _("1 day early") if days == 1 else _("%s days early", days)

    def _reasons_in_words(self):
        """[text] of the reasons that weigh most, with an arrow for worse or better."""
        self.ensure_one()
        return [
            f"{'↑' if part > 0 else '↓'} {getattr(self, f'_reason_{key}')(value)}"
            for key, part, value in self.reasons or []
        ]

    def _reason_past(self, value):
        days = round(value)
        if not days:
            return _("paid on the due day so far")
        if days > 0:
            return _("paid %s so far", self._days_late(days))
        return _("paid %s so far", self._days_early(-days))

    def _reason_overdue(self, value):
        count = round(value)
        if not count:
            return _("nothing overdue")
        return _("1 invoice overdue") if count == 1 else _("%s invoices overdue", count)

    def _reason_trend(self, value):
        days = round(value)
        if not days:
            return _("lately as before")
        if days > 0:
            return _("lately 1 day later") if days == 1 else _("lately %s days later", days)
        return _("lately 1 day sooner") if days == -1 else _("lately %s days sooner", -days)

    def _reason_amount(self, value):
        return _("amount %s times the usual one", formatLang(self.env, value, digits=1))

    def _reason_age(self, value):
        months = round(value / 30.4)
        if round(value) < 30:
            return _("new client")
        return _("client for 1 month") if months == 1 else _("client for %s months", months)

    def _chance_in_words(self):
        """The score in a sentence."""
        self.ensure_one()
        return _(
            "Grade %(grade)s: %(chance)s%% chance to pay more than %(days)s days late.",
            grade=self.grade,
            chance=formatLang(self.env, 100 * self.chance, digits=0),
            days=self.late_after,
        )

    def _amount_in_words(self, amount):
        """The chance of an invoice of its own amount, in a sentence; empty where the amount, in
        company currency, makes no difference that is seen."""
        self.ensure_one()
        chance = formatLang(self.env, 100 * self._chance_for(amount), digits=0)
        if chance == formatLang(self.env, 100 * self.chance, digits=0):
            return ""
        return _(
            "For this amount: %(chance)s%% (%(ratio)s times the usual one).",
            chance=chance,
            ratio=formatLang(self.env, amount / math.exp(self.amount_log), digits=1),
        )
