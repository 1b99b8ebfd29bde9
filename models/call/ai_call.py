"""Calls with clients: who, when, how long, and what came of it.

Operators see their own, supervisors all; the sheet of a client tells everybody's last calls with
it. A call that is agreed on for later is an activity with an hour, in the operator's calendar.
"""

from datetime import timedelta

from odoo import Command, _, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime, plaintext2html

MINUTES = 15

RESULTS = [
    ("answered", "Answered"),
    ("order", "Order Taken"),
    ("refused", "Not Interested"),
    ("no_answer", "No Answer"),
    ("busy", "Busy"),
    ("voicemail", "Voicemail"),
    ("wrong_number", "Wrong Number"),
]
# Results of a call in which somebody spoke.
REACHED = ("answered", "order", "refused")
# Clocks of browsers and servers differ a little.
FUTURE_TOLERANCE = timedelta(minutes=10)
LONGEST_MINUTES = 24 * 60


class AiCall(models.Model):
    _name = "ai.call"
    _description = "Call"
    _inherit = ["ai.editable.row", "ai.company.row"]
    _order = "start desc, id desc"
    _check_company_auto = True
    # What people say of a call; the rest follows from it.
    _editable = frozenset(
        {
            "company_id",
            "direction",
            "partner_id",
            "number",
            "user_id",
            "start",
            "duration",
            "result",
            "description",
            "recording",
            "recording_filename",
            "order_id",
            "callback_at",
        }
    )

    company_id = fields.Many2one(readonly=False, default=lambda self: self.env.company)
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], required=True, default="out"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", check_company=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Commercial Entity",
        store=True,
        index="btree_not_null",
    )
    number = fields.Char(help="As it was dialled or as it came in.")
    user_id = fields.Many2one(
        "res.users",
        string="Operator",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    start = fields.Datetime(required=True, index=True, default=fields.Datetime.now)
    duration = fields.Float(string="Duration (min)", help="Minutes and seconds of the call.")
    stop = fields.Datetime(compute="_compute_stop", store=True)
    result = fields.Selection(RESULTS, required=True, default="answered", index=True)
    description = fields.Text()
    recording = fields.Binary(attachment=True)
    recording_filename = fields.Char(string="File Name of the Recording")
    order_id = fields.Many2one(
        "sale.order",
        string="Related Order",
        index="btree_not_null",
        check_company=True,
        help="The quotation or order that resulted from the call.",
    )
    callback_at = fields.Datetime(
        string="Call Back At", help="An activity and a meeting in the calendar serve as reminders."
    )
    callback_event_id = fields.Many2one(
        "calendar.event", string="Call-Back", readonly=True, copy=False, ondelete="set null"
    )

    @api.depends("start", "duration")
    def _compute_stop(self):
        for call in self:
            call.stop = call.start and call.start + timedelta(minutes=call.duration)

    @api.depends("direction", "partner_id", "number", "start")
    def _compute_display_name(self):
        names = dict(self._fields["direction"]._description_selection(self.env))
        for call in self:
            who = call.partner_id.display_name or call.number or _("Unknown")
            day = format_datetime(self.env, call.start, dt_format="short") if call.start else ""
            call.display_name = " · ".join(filter(None, [names.get(call.direction), who, day]))

    # The direction is always among the values, so that a call with nothing is looked at too.
    @api.constrains("partner_id", "number", "direction")
    def _check_who(self):
        for call in self:
            if not call.partner_id and not (call.number or "").strip():
                raise ValidationError(
                    _("Say with whom the call was: choose the client, or enter the number.")
                )

    @api.constrains("start")
    def _check_start(self):
        latest = fields.Datetime.now() + FUTURE_TOLERANCE
        for call in self:
            if call.start > latest:
                raise ValidationError(
                    _(
                        "%s: a call cannot start in the future. Log it once it has started, or "
                        "plan a call-back.",
                        call.display_name,
                    )
                )

    @api.constrains("duration")
    def _check_duration(self):
        for call in self:
            if not 0 <= call.duration <= LONGEST_MINUTES:
                raise ValidationError(
                    _(
                        "%s: give a duration from 0 minutes to 24 hours.",
                        call.display_name,
                    )
                )

    @api.constrains("order_id", "partner_id")
    def _check_order(self):
        for call in self:
            owner = call.order_id.partner_id.commercial_partner_id
            if owner and owner != call.commercial_partner_id:
                raise ValidationError(
                    _(
                        "%(order)s belongs to %(owner)s and not to the client of the call. Choose "
                        "one of the client's orders.",
                        order=call.order_id.name,
                        owner=owner.display_name,
                    )
                )

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if not self.number:
            self.number = self.partner_id._first_number()
        if self.order_id.partner_id.commercial_partner_id != self.commercial_partner_id:
            self.order_id = False

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        for call in calls.filtered("callback_at"):
            call._plan_callback()
        calls._note_last_call()
        return calls

    def write(self, vals):
        done = super().write(vals)
        if "callback_at" in vals:
            for call in self:
                call._plan_callback()
        return done

    @api.model
    def _not_editable_message(self):
        return _("The call-back's meeting and the client's company follow from the call itself.")

    def _note_last_call(self):
        """Tell the figures of the clients at once, so that nobody calls them a second time."""
        for company in self.company_id:
            partners = self.filtered(lambda call: call.company_id == company).commercial_partner_id  # noqa: B023
            if partners:
                self.env["ai.client"].sudo()._refresh(company, partners)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_sheet(self):
        """The client sheet of the caller. Operators only."""
        self.ensure_one()
        return self.partner_id.action_open_client_sheet() if self.partner_id else False

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
        self.sudo().callback_event_id = (
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
                _("Choose the client of the call: without one there is nobody to call back.")
            )
        if self.callback_at <= fields.Datetime.now():
            raise ValidationError(
                _(
                    "%s: a call-back must be in the future. Choose a later date and time.",
                    self.partner_id.display_name,
                )
            )
