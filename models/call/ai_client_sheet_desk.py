"""The operator's desk: find who is calling, and what the day has ready."""

from odoo import api, fields, models

FOUND = 20
RECENT = 8
CALLBACKS = 8


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
        """Whom the operator has to call back and last spoke with. Operators only.

        Returns {"callbacks": [{partner_id, name, start, is_late}], "recent": [{partner_id, name,
        start, direction}]}.
        """
        self.env["ai.client"]._check_operator()
        return {"callbacks": self._my_callbacks(), "recent": self._my_recent_calls()}

    def _my_callbacks(self):
        activities = self._call_activities([("user_id", "=", self.env.uid)], CALLBACKS)
        return [
            {
                "partner_id": activity.res_id,
                "name": activity.res_name,
                **self._prepare_callback(activity),
            }
            for activity in activities
        ]

    def _my_recent_calls(self):
        calls = self.env["ai.call"].search(
            [
                ("user_id", "=", self.env.uid),
                ("partner_id", "!=", False),
                ("company_id", "=", self.env.company.id),
            ],
            limit=3 * RECENT,
        )
        recent = {}
        for call in calls:
            recent.setdefault(call.partner_id, call)
        return [
            {
                "partner_id": partner.id,
                "name": partner.display_name,
                "start": fields.Datetime.to_string(call.start),
                "direction": call.direction,
            }
            for partner, call in list(recent.items())[:RECENT]
        ]


def _is_number(query):
    """Whether a text is a telephone number: digits, with what is written between them."""
    digits = sum(sign.isdigit() for sign in query)
    return digits >= 4 and all(sign.isdigit() or sign in "+()-./ \u00a0" for sign in query)
