"""What browsers tell of calls while they ring, go on and end."""

from odoo import _, api, models
from odoo.exceptions import UserError

from .ai_call import CONSENTS, ENDINGS
from .ai_call_log import LONGEST_ID

EVENTS = ("ringing", "answered", "ended", "transferred")
DIRECTIONS = ("in", "out")


class AiCall(models.Model):
    _inherit = "ai.call"

    @api.model
    def softphone_event(self, values):
        """Something happened to a call of the user. Operators with an account only.

        values : {"exchange_call_id", "event": one of EVENTS, "direction": "in" or "out", "number",
        "at": milliseconds since 1970, "result": one of ENDINGS (ended),
        "parent_call_id"?: exchange's id, "transferred_to"?: number, "consent"?: one of CONSENTS}.
        The same event twice is one. Returns {"call_id": id of ai.call or False, "partner":
        {"id", "name"} or False, "only_id": id or False, "matches": see
        ``res.partner.find_by_number``}. Raises UserError for values that make no sense.
        """
        self.env["ai.client"]._check_operator()
        told = self._checked_event(values)
        company, user = self.env.company, self.env.user
        if not self.env["ai.telephony.account"]._of_user(user, company):
            raise UserError(
                _("You have no telephone account in %s. Ask your manager for one.", company.name)
            )
        found = self.env["res.partner"].find_by_number(told["number"])
        row = self._claim_leg(company, user, told)
        call = self._by_exchange_id(company, row.exchange_call_id)
        is_open = not call.answered_at and call.log_source != "exchange"
        if not row.ended_at or call.log_source == "server" or is_open:
            self._note_event(row, told, found, user)
        if told["event"] == "ended" and row.user_id == user:
            call = self._end_running(row, told)
        return {
            "call_id": call.id if call.user_id == user else False,
            "partner": self._only_partner(found),
            "only_id": found["only_id"],
            "matches": found["matches"],
        }

    @api.model
    def _checked_event(self, values):
        """The values of an event, clean. Raises UserError."""
        if not isinstance(values, dict):
            raise UserError(_("An event of a call needs its values."))
        event, direction = values.get("event"), values.get("direction")
        outcome = values.get("result") or False
        consent = values.get("consent") or False
        if event not in EVENTS or direction not in DIRECTIONS:
            raise UserError(_("An event of a call says what happened, and in which direction."))
        if event == "ended" and outcome not in dict(ENDINGS):
            raise UserError(_("Say how the call ended."))
        if consent and consent not in dict(CONSENTS):
            raise UserError(_("Consent is announced, given or refused."))
        at = values.get("at")
        if at is not None and (isinstance(at, bool) or not isinstance(at, int | float)):
            raise UserError(_("A moment is given in milliseconds since 1970."))
        parent = values.get("parent_call_id")
        return {
            "exchange_call_id": self._clean_id(values.get("exchange_call_id")),
            "event": event,
            "direction": direction,
            "number": self._clean_number(values.get("number")),
            "at": self._moment(at / 1000 if at else None),
            "result": outcome,
            "parent": self._clean_id(parent) if parent else False,
            "transferred_to": self._clean_number(values.get("transferred_to")),
            "consent": consent,
        }

    @api.model
    def _claim_leg(self, company, user, told):
        """The row of the user's part of a call.

        A queue rings at one operator after the other under one id: who answers has the call. A
        call that somebody has answered and that rings elsewhere under its id was passed on.
        """
        running = self.env["ai.call.running"]
        key = told["exchange_call_id"]
        row = running._claim(company, key, told["at"])
        call = self._by_exchange_id(company, key)
        owner = call.user_id or row.user_id
        is_answered = bool(row.answered_at or call.answered_at)
        if owner in (user, user.browse()) or not is_answered:
            return row
        suffix = f"~{user.id}"
        own_key = key[: LONGEST_ID - len(suffix)] + suffix
        is_new = not running.sudo().search_count(
            [("company_id", "=", company.id), ("exchange_call_id", "=", own_key)], limit=1
        )
        # One of several who rang, and not the one who answered.
        is_late = told["at"] < (row.answered_at or call.answered_at)
        if is_new and (is_late or told["event"] not in ("ringing", "answered")):
            return row
        told["parent"] = told["parent"] or key
        return running._claim(company, own_key, told["at"])

    @api.model
    def _note_event(self, row, told, found, user):
        vals = {"told_at": self._moment(None)}
        is_taken = row.user_id and row.user_id != user
        if is_taken and told["event"] not in ("answered", "ringing"):
            return
        if is_taken or not row.direction:
            vals |= {
                "user_id": user.id,
                "direction": told["direction"],
                "number": told["number"],
                "partner_id": self._own_client(row.company_id, found["only_id"]),
            }
        if told["event"] in ("ringing", "answered"):
            vals["ended_at"] = False
        if not row.direction:
            vals["start"] = told["at"]
        vals |= {
            name: told[source]
            for name, source in (
                ("parent_exchange_id", "parent"),
                ("transferred_to", "transferred_to"),
                ("consent", "consent"),
            )
            if told[source]
        }
        if told["event"] == "answered" and not row.answered_at:
            vals["answered_at"] = max(told["at"], row.start)
        row.write(vals)

    @api.model
    def _end_running(self, row, told):
        """The call in the log of a running one that has ended."""
        outcome = "answered" if row.answered_at else told["result"]
        if outcome == "answered" and not row.answered_at:
            row.answered_at = row.start
        vals = self._vals_of_running(row, max(told["at"], row.start), outcome)
        call = self._log_call(row.company_id, row.exchange_call_id, vals, "browser")
        row.ended_at = call.ended_at
        return call

    @api.model
    def _own_client(self, company, partner_id):
        """The id of a client unless another company has it, else False."""
        partner = self.env["res.partner"].sudo().browse(partner_id or [])
        return partner.id if partner.company_id in (company, company.browse()) else False

    @api.model
    def _only_partner(self, found):
        for match in found["matches"]:
            if match["id"] == found["only_id"]:
                return {"id": match["id"], "name": match["name"]}
        if not found["only_id"]:
            return False
        entity = next(m for m in found["matches"] if m["commercial_id"] == found["only_id"])
        return {"id": entity["commercial_id"], "name": entity["commercial_name"]}
