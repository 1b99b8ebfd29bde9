"""Call-backs: an activity on the client, with an hour in the calendar of who is to call."""

from datetime import timedelta

from odoo import Command, _, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import plaintext2html

MINUTES = 15


class AiCall(models.Model):
    _inherit = "ai.call"

    def _plan_callback(self):
        """Make the activity and the meeting of ``callback_at``, move them, or take them back.

        Raises ValidationError without a client or for a moment that has passed.
        """
        self.ensure_one()
        event = self.callback_event_id
        if not self.callback_at:
            event.activity_ids.unlink()
            event.unlink()
            return
        self._check_callback()
        stop = self.callback_at + timedelta(minutes=MINUTES)
        if event:
            event.write({"start": self.callback_at, "stop": stop})
            return
        activity = self.with_context(lang=self.user_id.lang)._schedule_callback()
        # Nobody but the operator is invited: the client must not get a mail.
        self.callback_event_id = (
            self.env["calendar.event"]
            .with_context(no_mail_to_attendees=True, dont_notify=True, tz=self._callback_zone())
            .create(
                {
                    "name": activity.summary,
                    "start": self.callback_at,
                    "stop": stop,
                    "user_id": self.user_id.id,
                    "partner_ids": [Command.set(self.user_id.partner_id.ids)],
                    "description": activity.note,
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": self.partner_id.id,
                    "activity_ids": [Command.set(activity.ids)],
                }
            )
        )

    def _schedule_callback(self):
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=self._callback_zone()), self.callback_at
        )
        return self.partner_id.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=moment.date(),
            summary=_("Call back %s", self.partner_id.display_name),
            note=plaintext2html(self.description or ""),
            user_id=self.user_id.id,
        )

    def _callback_zone(self):
        """Time zone in which the operator reads the hour."""
        return self.user_id.tz or self.env.user.tz or "UTC"

    def _check_callback(self):
        if not self.partner_id:
            raise ValidationError(
                _("Choose the client of the call: without one nobody can be called back.")
            )
        if self.callback_at <= fields.Datetime.now():
            raise ValidationError(
                _(
                    "%s: a call-back lies in the future. Choose a later date and time.",
                    self.partner_id.display_name,
                )
            )
