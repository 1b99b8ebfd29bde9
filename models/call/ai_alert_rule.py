"""Call-backs that are due, told every morning: those of today, and those that nobody made."""

from datetime import datetime, time, timedelta

from pytz import utc

from odoo import api, fields, models

from ..alert.kind import Fact, Kind


class AiAlertRule(models.Model):
    _inherit = "ai.alert.rule"

    kind = fields.Selection(
        selection_add=[("callback", "Call-backs due")], ondelete={"callback": "cascade"}
    )

    @api.model
    def _kinds(self):
        # Each call-back has an activity of its own: one message in the morning does.
        return {**super()._kinds(), "callback": Kind(activity="")}

    def _facts_callback(self):
        """Call-backs of the company's calls that are due by the end of today."""
        zone = self.env["ai.sales.extract"]._time_zone(self.company_id)
        end = zone.localize(datetime.combine(self._today() + timedelta(days=1), time.min))
        calls = self.env["ai.call"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("callback_event_id.activity_ids", "!=", False),
                ("callback_at", "<", end.astimezone(utc).replace(tzinfo=None)),
            ]
        )
        return [
            Fact(
                call.commercial_partner_id.id,
                key=str(call.id),
                since=fields.Datetime.context_timestamp(
                    self.with_context(tz=zone.zone), call.callback_at
                ).date(),
                user_id=call.user_id.id if self.tell == "operator" else None,
            )
            for call in calls
        ]
