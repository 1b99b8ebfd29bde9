"""Who asks about indicators, and about what: companies, days, and the documents that count."""

from dataclasses import replace
from datetime import timedelta

from odoo import _, api, models
from odoo.exceptions import AccessError, UserError

from .ai_kpi import ALL_DOCUMENTS
from .period import Period
from .scope import Scope


class AiKpiQuestion(models.AbstractModel):
    _name = "ai.kpi.question"
    _description = "Question About Indicators"
    _inherit = ["ai.question"]

    @api.model
    def _scope(self, company, date_from, date_to):
        """Scope of the documents that the user may see.

        company : res.company, among the user's own; date_from, date_to : dates, inclusive.
        """
        whole = self._whole(company, date_from, date_to)
        if self.env.su or self.env.user.has_group(ALL_DOCUMENTS):
            return whole
        own = self.with_company(company)
        return replace(
            whole,
            orders=own._readable("sale.order", company),
            invoices=own._readable("account.move", company),
        )

    def _whole(self, company, date_from, date_to):
        """Scope of all documents, for callers that have checked who asks."""
        zone = self.env["ai.sales.extract"]._time_zone(company).zone
        return Scope(company, date_from, date_to, zone)

    def _readable(self, model, company):
        """SQL of the ids of a company's documents that the user may read."""
        records = self.env[model].with_context(allowed_company_ids=company.ids)
        return records._search([("company_id", "=", company.id)]).select()

    def _companies(self, company_ids):
        """Companies of a question, the first one being that of the currency."""
        if company_ids is None:
            return self.env.companies
        wanted = self.env["res.company"].browse(company_ids)
        foreign = wanted - self.env.companies
        if foreign or not wanted:
            raise AccessError(
                _(
                    "Choose companies among those that are active in the bar above: %s.",
                    ", ".join(self.env.companies.mapped("name")),
                )
            )
        return wanted

    def _one(self, code):
        kpi = self.env["ai.kpi"]._visible([code])
        if not kpi:
            raise AccessError(_("You may not see the indicator %s, or there is none.", code))
        return kpi

    def _period(self, period, company):
        """Period of {"days": n}, the last n days up to yesterday, or of {"date_from", "date_to"}.

        Raises UserError that says what is wrong and what would be right.
        """
        today = self._local_today(company)
        yesterday = today - timedelta(days=1)
        made = Period(*self._asked_days(period, yesterday), today)
        if made.date_to > yesterday:
            raise UserError(
                _("A period has complete days alone. The last one is %s.", yesterday.isoformat())
            )
        return made
