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
        one, else "", "matches": [{id, name, commercial_name, city, number}], "leads": [...]}, of
        what the user may read.
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
        return {"number": "", "matches": [_match(partner) for partner in partners], "leads": []}

    @api.model
    def get_desk(self):
        """Whom the operator has to call back and last spoke with. Operators only.

        Returns {"callbacks": [{partner_id, name, start, is_late}], "recent": [{partner_id, name,
        start, direction}]}.
        """
        self.env["ai.client"]._check_operator()
        return {"callbacks": self._my_callbacks(), "recent": self._my_recent_calls()}

    def _my_callbacks(self):
        kind = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("user_id", "=", self.env.uid),
                ("activity_type_id", "=", kind.id if kind else 0),
            ],
            order="date_deadline, id",
            limit=CALLBACKS,
        )
        return [
            {
                "partner_id": activity.res_id,
                "name": activity.res_name,
                "date": fields.Date.to_string(activity.date_deadline),
                "start": fields.Datetime.to_string(activity.calendar_event_id.start) or False,
                "is_late": activity.state == "overdue",
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


def _match(partner):
    return {
        "id": partner.id,
        "name": partner.display_name,
        "commercial_name": partner.commercial_partner_id.name or "",
        "city": partner.city or "",
        "number": partner.phone or partner.mobile or "",
        "active": partner.active,
    }
