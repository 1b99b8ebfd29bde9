"""Every figure that the dashboard and the API show comes from here, with the rights of who asks."""

from odoo import api, models

from .ai_kpi import ALL_DOCUMENTS
from .scope import Scope


class AiKpiReader(models.AbstractModel):
    _name = "ai.kpi.reader"
    _description = "Reader of Indicators"

    @api.model
    def _scope(self, company, date_from, date_to):
        """Scope of the documents that the user may see.

        company : res.company, among the user's own; date_from, date_to : dates, inclusive.
        """
        if self.env.su or self.env.user.has_group(ALL_DOCUMENTS):
            return Scope(company, date_from, date_to)
        own = self.with_company(company)
        return Scope(
            company,
            date_from,
            date_to,
            orders=own._readable("sale.order", company),
            invoices=own._readable("account.move", company),
        )

    def _readable(self, model, company):
        """SQL of the ids of a company's documents that the user may read."""
        records = self.env[model].with_context(allowed_company_ids=company.ids)
        return records._search([("company_id", "=", company.id)]).select()
