"""The operator's desk: find who is calling, and what the day has ready."""

from odoo import api, models

FOUND = 20


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def search_clients(self, query, is_number=False):
        """Clients by a number or by a part of their name or reference. Operators only.

        query : str; is_number : whether it is what a telephone says, however it looks. Returns
        {"is_number", "is_valid": whether it is a number in E.164, "number": in E.164 or as it was
        typed, "" where the query is none, and "message", "only_id", "matches" and "leads" as
        ``find_by_number`` has them}, of what the user may read.
        """
        self.env["ai.client"]._check_operator()
        query = (query or "").strip()
        if is_number or _is_number(query):
            return self._search_number(query)
        partners = self.env["res.partner"]
        if query:
            partners = partners.search(
                ["|", ("complete_name", "ilike", query), ("ref", "=ilike", query)], limit=FOUND
            )
        return {
            "is_number": False,
            "is_valid": False,
            "number": "",
            "message": "",
            "only_id": False,
            "matches": [partner._call_match() for partner in partners],
            "leads": [],
        }

    @api.model
    def _search_number(self, query):
        found = self.env["res.partner"].find_by_number(query)
        e164 = found.pop("e164")
        written = found["number"] if any(map(str.isdigit, query)) else ""
        return {**found, "is_number": True, "is_valid": bool(e164), "number": e164 or written}

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
