"""What to offer a customer now, for the sheet of the client.

    due for reorder, strongest first
    bought by similar customers          } whichever found more in the back-test first
    popular near the customer            }

Popular products fill up what is missing and are the answer for a customer of whom nothing is known:
first those of the customer's tags, then of the state, the country and the company. Reads results
only, with the rights of the user (see :mod:`.ai_suggestion_customer`); prices are those that a new
quotation of the customer would have.
"""

from odoo import api, models

from .ai_popular_product import SCOPES

SCOPE_MODELS = {
    "category": "res.partner.category",
    "state": "res.country.state",
    "country": "res.country",
    "company": "res.company",
}


class AiCustomerRecommendation(models.Model):
    _inherit = "ai.customer.recommendation"

    @api.model
    def _offers(self, partner, company, limit=None):
        """Offers for a customer.

        partner : res.partner, any contact; the commercial entity counts.
        company : res.company; limit : int, that of the settings without it.
        Returns a JSON-ready dict:

        status : "ok" with items; "disabled", "untrained", "all_dismissed" or "none" without.
        dismissed_count : int, products that are dismissed for the customer now.
        items : list of dicts, best first, those of ``ai.suggestion._prepare_items`` and
            reorder: purchase_count, interval_days, last_date, due_date (ISO), overdue_days (int,
            negative before it is due); popular: scope ("category", "state", "country" or
            "company"), scope_name, customer_count.
        """
        self, partner = self.with_company(company), partner.with_company(company)
        if not company.ai_enabled:
            return {"status": "disabled", "dismissed_count": 0, "items": []}
        suggestion = self.env["ai.suggestion"]
        rows = suggestion._rank_offers(company, partner, limit or company.ai_offer_limit)
        dismissed = self._dismissed_count(company, partner)
        status = "ok" if rows else self._no_offer_status(company, dismissed)
        return {
            "status": status,
            "dismissed_count": dismissed,
            "items": self._prepare_offers(company, partner, rows) if rows else [],
        }

    @api.model
    def _prepare_offers(self, company, partner, rows):
        # Never saved: it only knows pricelist, fiscal position and warehouse of the customer.
        order = self.env["sale.order"].new({"partner_id": partner.id, "company_id": company.id})
        names = self._scope_names(rows)
        items = self.env["ai.suggestion"]._prepare_items(order, rows)
        for item, row in zip(items, rows, strict=True):
            if item["kind"] == "popular":
                item.update(
                    scope=row["scope"],
                    scope_name=names.get((row["scope"], row["scope_id"]), ""),
                    customer_count=row["customer_count"],
                )
        return items

    @api.model
    def _scope_names(self, rows):
        """{(scope, id): name} of the scopes of popular products."""
        names = {}
        for scope in SCOPES:
            ids = {row["scope_id"] for row in rows if row["scope"] == scope}
            # A tag or state may have been deleted since the training.
            for record in self.env[SCOPE_MODELS[scope]].browse(ids).exists() if ids else ():
                names[scope, record.id] = record.display_name
        return names

    @api.model
    def _dismissed_count(self, company, partner):
        query = self.env["ai.customer.dismissal"]._active_query(
            company, partner.commercial_partner_id
        )
        self.env["ai.customer.dismissal"].flush_model()
        self.env.cr.execute(query)
        return self.env.cr.rowcount

    @api.model
    def _no_offer_status(self, company, dismissed):
        if not self.env["ai.suggestion"]._is_trained(company, "customers"):
            return "untrained"
        return "all_dismissed" if dismissed else "none"
