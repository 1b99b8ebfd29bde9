"""What was said: the calls of everybody with a client, and those that somebody has promised.

They stand on the client's sheet; the operator's desk shows own ones.
"""

from odoo import api, fields, models

from ..client.ai_client_sheet import day_text
from .ai_call import REACHED

CALLS = 5
CALLBACKS = 3
DESK_CALLBACKS = 8
DESK_CALLS = 8


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "calls": self._calls(company, entity),
            "callbacks": self._callbacks(members),
        }

    @api.model
    def get_desk(self):
        """Adds whom the operator has to call back and last spoke with.

        "callbacks": [{partner_id, name, start, is_late}], "recent": [{partner_id, name, start,
        direction}], "next": {count: clients to call, texts: who is left out, and whether little is
        known}.
        """
        return {
            **super().get_desk(),
            "next": self._next_calls(),
            "callbacks": self._my_callbacks(),
            "recent": self._my_recent_calls(),
        }

    @api.model
    def _calls(self, company, entity):
        """The last calls of everybody with the client."""
        model = self.env["ai.call"]
        results = dict(model._fields["result"]._description_selection(self.env))
        calls = model.search(
            [("commercial_partner_id", "=", entity.id), ("company_id", "=", company.id)],
            limit=CALLS,
        )
        return [
            {
                "id": call.id,
                "direction": call.direction,
                "start": fields.Datetime.to_string(call.start),
                "duration": call.duration,
                "result": results[call.result],
                "is_reached": call.result in REACHED,
                "operator": call.user_id.name,
                "contact": call.partner_id.name if call.partner_id != entity else "",
                "description": call.description or "",
                "order": call.order_id.name or "",
            }
            for call in calls
        ]

    @api.model
    def _callbacks(self, members):
        """The next calls that somebody has promised."""
        activities = self._call_activities([("res_id", "in", members.ids)], CALLBACKS)
        return [
            {
                "id": activity.id,
                "operator": activity.user_id.name,
                **self._prepare_callback(activity),
            }
            for activity in activities
        ]

    @api.model
    def _call_activities(self, domain, limit):
        """Planned calls with clients, the earliest first."""
        kind = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("activity_type_id", "=", kind.id if kind else 0),
                *domain,
            ],
            order="date_deadline, id",
            limit=limit,
        )

    @api.model
    def _prepare_callback(self, activity):
        return {
            "date": day_text(activity.date_deadline),
            "start": fields.Datetime.to_string(activity.calendar_event_id.start) or False,
            "is_late": activity.state == "overdue",
        }

    def _my_callbacks(self):
        activities = self._call_activities([("user_id", "=", self.env.uid)], DESK_CALLBACKS)
        return [
            {
                "partner_id": activity.res_id,
                "name": activity.res_name,
                **self._prepare_callback(activity),
            }
            for activity in activities
        ]

    def _next_calls(self):
        clients = self.env["ai.client"]
        queue = clients._queue()
        texts = [*clients._left_out_texts(queue), *clients._history_texts(queue)]
        return {"count": len(queue.clients), "texts": texts}

    def _my_recent_calls(self):
        calls = self.env["ai.call"].search(
            [
                ("user_id", "=", self.env.uid),
                ("partner_id", "!=", False),
                ("company_id", "=", self.env.company.id),
            ],
            limit=3 * DESK_CALLS,
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
            for partner, call in list(recent.items())[:DESK_CALLS]
        ]
