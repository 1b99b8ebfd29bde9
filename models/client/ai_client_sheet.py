"""The client sheet: all that an operator needs of a client, read in one go.

Figures are those of the whole commercial entity in the current company. An operator has no
accounting rights and needs none: the figures are read past them, for one client and one company,
after it is checked that the user is an operator and may read this partner. What is bought and owed
is in :mod:`.ai_client_sheet_sales` and :mod:`.ai_client_sheet_money`, what was agreed on in
:mod:`.ai_client_sheet_contracts`.
"""

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ...tools.compat import check_access
from .res_partner_phone import NUMBER_FIELDS


class AiClientSheet(models.AbstractModel):
    _name = "ai.client.sheet"
    _description = "Client Sheet"

    @api.model
    def _read_sheet(self, partner):
        """All of a partner's sheet as a JSON-ready dict of sections.

        partner : res.partner, one record, a contact or its company.
        Raises AccessError for anyone who is not an operator or may not read the partner.
        """
        self.env["ai.client"]._check_operator()
        check_access(partner, "read")
        company = self.env.company
        entity = partner.commercial_partner_id
        inside = self.sudo().with_company(company)
        members = (
            inside.env["res.partner"]
            .with_context(active_test=False)
            .search([("commercial_partner_id", "=", entity.id)])
        )
        figures = inside.env["ai.client"]._figures_of(company, entity)
        return {
            "company": company.name,
            "currency_id": company.currency_id.id,
            "may_suspend": self.env.user.has_group("smart_recommender.group_call_supervisor"),
            "may_set_tier": self.env.user.has_group("smart_recommender.group_call_manager"),
            "identity": inside._identity(partner.sudo(), entity.sudo()),
            "status": inside._status(company, entity.sudo(), figures),
            "money": inside._money(company, entity.sudo(), members, figures),
            "orders": inside._orders(company, members),
            "quotations": inside._quotations(company, members),
            "products": inside._products(company, entity.sudo()),
            "contracts": inside._contracts(company, entity),
            "offers": self.env["ai.customer.recommendation"]._offers(partner, company),
            **inside._more_sections(company, entity, members),
        }

    @api.model
    def _more_sections(self, company, entity, members):  # noqa: ARG002 (who extends it wants them)
        """Sections of other subjects, {name: JSON-ready value}: to be extended.

        entity : res.partner, the commercial entity; members : it and its contacts.
        """
        return {}

    # ------------------------------------------------------------------
    # Who it is
    # ------------------------------------------------------------------

    @api.model
    def _identity(self, partner, entity):
        operator = entity.ai_operator_id or partner.ai_operator_id
        return {
            "id": partner.id,
            "name": partner.name or partner.display_name,
            "entity_id": entity.id,
            "entity_name": entity.name if entity != partner else "",
            "is_company": partner.is_company,
            "is_archived": not partner.active,
            "operator": operator.name or "",
            "phones": self._phones(partner, entity),
            "emails": self._distinct(
                partner.email, partner.email_second, entity.email, entity.email_second, limit=2
            ),
            "address": self._address(partner),
            "landmark": partner.landmark or entity.landmark or "",
            "categories": entity.category_id.mapped("display_name"),
            "notes": self._distinct(
                *(html2plaintext(record.comment or "").strip() for record in (partner, entity))
            ),
        }

    @api.model
    def _phones(self, partner, entity):
        """Up to three numbers, those of the contact first: [{number, dial}]."""
        numbers = {}
        for record in (partner, entity):
            for name, column in NUMBER_FIELDS.items():
                number, dial = record[name], record[column]
                if number:
                    numbers.setdefault(dial or number, {"number": number, "dial": dial or number})
            for number in record._further_numbers():
                numbers.setdefault(number, {"number": number, "dial": number})
        return list(numbers.values())[:3]

    @api.model
    def _address(self, partner):
        lines = partner._display_address(without_company=True).splitlines()
        return [line.strip() for line in lines if line.strip()]

    @api.model
    def _distinct(self, *texts, limit=None):
        return list(dict.fromkeys(text for text in texts if text))[:limit]

    @api.model
    def _status(self, company, entity, figures):
        row = self.env["ai.client"]._of(company, entity)
        status = figures.get("status")
        labels = dict(self.env["ai.client"]._fields["status"]._description_selection(self.env))
        return {
            "key": status or "new",
            "label": labels.get(status, ""),
            "reason": row.suspended_reason or "",
            "suspended_by": row.suspended_by_id.name or "",
            "since": day_text(row.status_since) if row.status == status else False,
            "last_order": day_text(figures.get("last_order_date")),
            "order_count": figures.get("order_count", 0),
            "revenue_365": float(figures.get("revenue_365") or 0),
            "tier": row.tier or "",
            "tier_by_hand": row.tier_by_hand or "",
            "client_since": day_text(figures.get("client_since")),
        }


def day_text(value):
    return fields.Date.to_string(value) or False
