"""The operator's desk: find who is calling, and what the day has ready."""

from odoo import api, models

FOUND = 20


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def search_clients(self, query):
        """Clients by a number or by a part of their name or reference. Operators only.

        query : str. Returns {"number": the number in E.164 or as it was typed where the query is
        one, else "", "matches" and "leads" as ``find_by_number`` has them}, of what the user may
        read.
        """
        self.env["ai.client"]._check_operator()
        query = (query or "").strip()
        if _is_number(query):
            found = self.env["res.partner"].find_by_number(query)
            return {
                "number": found["e164"] or found["number"],
                "matches": found["matches"],
                "leads": found["leads"],
            }
        partners = self.env["res.partner"]
        if query:
            partners = partners.search(
                ["|", ("complete_name", "ilike", query), ("ref", "=ilike", query)], limit=FOUND
            )
        return {
            "number": "",
            "matches": [partner._call_match() for partner in partners],
            "leads": [],
        }

    @api.model
    def get_desk(self):
        """What the day has ready for the operator, {name: JSON-ready value}: to be extended.

        Operators only.
        """
        self.env["ai.client"]._check_operator()
        return {}


def _is_number(query):
    """Whether a text is a telephone number: digits, with what is written between them."""
    digits = sum(sign.isdigit() for sign in query)
    return digits >= 4 and all(sign.isdigit() or sign in "+()-./ \u00a0" for sign in query)
