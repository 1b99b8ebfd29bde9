"""What the exchange itself tells of calls: it has the last word on times and outcomes."""

from odoo import _, api, models
from odoo.exceptions import UserError

OUTCOMES = {
    "ANSWERED": "answered",
    "ANSWER": "answered",
    "NO ANSWER": "no_answer",
    "NOANSWER": "no_answer",
    "BUSY": "busy",
    "CANCEL": "cancelled",
    "FAILED": "failed",
    "CHANUNAVAIL": "failed",
    "CONGESTION": "failed",
}
LONGEST_SECONDS = 24 * 3600


class AiCall(models.Model):
    _inherit = "ai.call"

    @api.model
    def _exchange_event(self, server, values):
        """Take what an exchange tells, see :mod:`...controllers.telephony.event`.

        values : dict of texts and numbers. Returns the id of the ai.call or False. Raises
        UserError for values that make no sense.
        """
        event = values.get("event") or "call"
        company = server.company_id
        key = self._clean_id(values.get("call_id"))
        if event == "call":
            return self._log_exchange(server, key, values).id
        callers = self.env["ai.queue.caller"]
        if event == "queue_join":
            queue, number = map(self._clean_number, (values.get("queue"), values.get("caller")))
            callers._join(company, key, queue, number, self._moment(values.get("at")))
        elif event == "queue_leave":
            callers._leave(company, key, self._moment(values.get("at")))
        else:
            raise UserError(_("An event is call, queue_join or queue_leave."))
        return False

    @api.model
    def _log_exchange(self, server, key, values):
        """Log or correct a call that has ended; empty for one that is nobody's; sudo."""
        company = server.company_id
        vals = self._exchange_vals(company, values)
        row = self.env["ai.call.running"]._claim(company, key, vals["start"])
        user = self.env["ai.telephony.account"]._user_of(server, values.get("extension"))
        call = self._by_exchange_id(company, key)
        is_answered = vals["ending"] == "answered"
        # Music and announcements answer too: without an extension nobody did.
        is_taken = bool(values.get("extension")) or bool(call.answered_at)
        vals["is_missed"] = vals["direction"] == "in" and not (is_answered and is_taken)
        if vals["is_missed"]:
            vals |= {"ending": "missed", "answered_at": False}
        if not user and not call:
            # Answered by a machine, or made by a telephone that is no operator's.
            if not vals["is_missed"]:
                row.write({"ended_at": vals["ended_at"]})
                return call
            partner = self.env["res.partner"].sudo().browse(vals["partner_id"])
            user = row.user_id or self._next_operator(company, partner)
            if not user:
                return call
        if user:
            vals["user_id"] = user.id
        call = self._log_call(company, key, vals, "exchange")
        row.write({"ended_at": call.ended_at})
        self.env["ai.queue.caller"]._leave(company, key, vals["ended_at"])
        return call

    @api.model
    def _exchange_vals(self, company, values):
        direction = values.get("direction")
        outcome = OUTCOMES.get(str(values.get("disposition") or "").strip().upper())
        if direction not in ("in", "out") or not outcome:
            raise UserError(_("A call needs direction (in or out) and disposition."))
        number = self._clean_number(values.get("caller" if direction == "in" else "called"))
        start = self._moment(values.get("started"))
        vals = {
            "direction": direction,
            "number": number,
            "partner_id": self._client_of(company, number).id,
            "start": start,
            "answered_at": self._moment(values["answered"])
            if outcome == "answered" and values.get("answered")
            else start
            if outcome == "answered"
            else False,
            "ended_at": self._moment(values.get("ended")),
            "ending": outcome,
            "parent_call_id": self._by_exchange_id(
                company, str(values.get("parent_id") or "")[:128]
            ).id,
        }
        seconds = self._seconds(values.get("billsec"))
        if seconds is not None:
            vals["duration"] = seconds / 60
        if values.get("consent") in ("announced", "given", "refused"):
            vals["consent"] = values["consent"]
        return vals

    @api.model
    def _seconds(self, value):
        if value in (None, ""):
            return None
        try:
            return min(max(float(value), 0.0), LONGEST_SECONDS)
        except (TypeError, ValueError) as error:
            raise UserError(_("billsec is a number of seconds.")) from error
