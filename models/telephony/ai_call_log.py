"""How what browsers and the exchange tell becomes one call in the log, and nothing twice."""

import re
from datetime import datetime, timedelta, timezone

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from .ai_call import RESULT_OF

LONGEST_ID = 128
LONGEST_NUMBER = 64
LONGEST_CALL = timedelta(hours=24)
# How a call came to nothing, where an exchange knows that nobody answered.
FINER = ("busy", "cancelled", "rejected")
SOURCES = ("server", "browser", "exchange")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class AiCall(models.Model):
    _inherit = "ai.call"

    @api.model
    def _clean_id(self, value):
        """An exchange's id of a call. Raises UserError for anything that cannot be one."""
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
            raise UserError(_("A call needs its id at the exchange, of up to 128 characters."))
        if _UNPRINTABLE.search(value):
            raise UserError(_("The id of a call has characters that cannot be shown."))
        return value

    @api.model
    def _clean_number(self, value):
        """A number as a caller's exchange sends it, in one line and cut; may be empty."""
        return _UNPRINTABLE.sub("", str(value or "")).strip()[:LONGEST_NUMBER]

    @api.model
    def _moment(self, seconds):
        """A moment told by another clock, at most a day back and never ahead; now without one.

        seconds : since 1970, a number or text. Raises UserError for anything else.
        """
        now = fields.Datetime.now()
        if seconds in (None, False, ""):
            return now
        try:
            told = datetime.fromtimestamp(float(seconds), timezone.utc)
        except (TypeError, ValueError, OverflowError, OSError) as error:
            raise UserError(_("A moment is given in seconds since 1970.")) from error
        told = told.replace(tzinfo=None, microsecond=0)
        return min(max(told, now - LONGEST_CALL), now)

    @api.model
    def _client_of(self, company, number):
        """The one client with a number in a company, empty where it is none or not clear."""
        partners = self.env["res.partner"].sudo().with_company(company)
        partners = partners.with_context(allowed_company_ids=company.ids)
        found = partners._find_by_number(number).filtered(
            lambda partner: partner.company_id in (company.browse(), company)
        )
        found = found.filtered("active") or found
        if len(found) > 1:
            found = found.commercial_partner_id
        return found if len(found) == 1 else found.browse()

    @api.model
    def _by_exchange_id(self, company, key):
        """The call with an id of the exchange; sudo."""
        found = [("company_id", "=", company.id), ("exchange_call_id", "=", key)]
        return self.sudo().search(found, limit=1) if key else self.sudo().browse()

    @api.model
    def _log_call(self, company, key, vals, source):
        """Write a call into the log, or correct what is there, unless it came of a better source.

        vals : of ai.call: user_id, direction, number, partner_id, start, answered_at, ended_at,
        ending and others; source : one of SOURCES. Returns the call, sudo.
        """
        call = self._by_exchange_id(company, key)
        if call and SOURCES.index(call.log_source or "server") > SOURCES.index(source):
            return call
        vals = {**vals, **self._durations(vals), "log_source": source}
        if not call:
            vals["result"] = RESULT_OF.get(vals["ending"], "no_answer")
            anonymous = _("Number withheld")
            call = self.sudo().create(
                {
                    **vals,
                    "number": vals.get("number") or anonymous,
                    "company_id": company.id,
                    "exchange_call_id": key,
                }
            )
        else:
            call.write(self._correction(call, vals))
        if call.answered_at:
            call._settle_missed()
        elif call.is_missed and not call.missed_activity_id:
            call._ask_to_call_back()
        return call

    @api.model
    def _durations(self, vals):
        """Seconds of ringing and minutes of talking; all start before they end."""
        start, ended = vals["start"], max(vals["ended_at"], vals["start"])
        answered = vals.get("answered_at")
        answered = min(max(answered, start), ended) if answered else False
        if answered and ended - answered > LONGEST_CALL:
            ended = answered + LONGEST_CALL
        talked = (ended - answered).total_seconds() / 60 if answered else 0.0
        return {
            "answered_at": answered,
            "ended_at": ended,
            "ringing_seconds": int(((answered or ended) - start).total_seconds()),
            "duration": vals.get("duration", talked) if answered else 0.0,
        }

    @api.model
    def _correction(self, call, vals):
        """What of vals is written over a call: what people said of it stays."""
        kept = {"partner_id", "number", "consent", "parent_call_id", "transferred_to"}
        vals = {name: value for name, value in vals.items() if value or name not in kept}
        for name in kept & set(vals):
            if call[name]:
                del vals[name]
        if vals["ending"] == "no_answer" and call.ending in FINER:
            vals["ending"] = call.ending
        result = RESULT_OF.get(vals["ending"], "no_answer")
        if call.result == RESULT_OF.get(call.ending, "no_answer") != result:
            vals["result"] = result
        if vals["ending"] == "answered":
            vals["is_missed"] = False
        return vals

    @api.model
    def _log_lost(self, row, moment):
        """Log a running call whose browser went away at a moment."""
        if row.answered_at:
            outcome = "answered"
        else:
            outcome = "missed" if row.direction == "in" else "cancelled"
        call = self._log_call(
            row.company_id,
            row.exchange_call_id,
            self._vals_of_running(row, max(moment, row.start), outcome),
            "server",
        )
        row.write({"ended_at": call.ended_at})

    @api.model
    def _vals_of_running(self, row, ended_at, outcome):
        return {
            "user_id": row.user_id.id,
            "direction": row.direction,
            "number": row.number,
            "partner_id": row.partner_id.id,
            "start": row.start,
            "answered_at": row.answered_at,
            "ended_at": ended_at,
            "ending": outcome,
            "is_missed": outcome == "missed",
            "consent": row.consent,
            "transferred_to": row.transferred_to,
            "parent_call_id": self._by_exchange_id(row.company_id, row.parent_exchange_id).id,
        }

    # ------------------------------------------------------------------
    # Missed calls
    # ------------------------------------------------------------------

    def _ask_to_call_back(self):
        """A task for today to call a missed client back, unless somebody has one already."""
        self.ensure_one()
        client = self.commercial_partner_id
        if not client:
            return
        today = self.env["ai.sales.extract"]._local_now(self.company_id).date()
        clients = self.env["ai.client"].sudo().with_company(self.company_id)
        promised = clients._callback_dates(client).get(client.id)
        if promised and promised <= today:
            return
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self._callback_zone()), self.start
        )
        words = self.with_context(lang=self.user_id.lang or self.env.lang)
        partner = self.partner_id.with_context(lang=self.user_id.lang)
        self.missed_activity_id = partner.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=today,
            summary=words._missed_words(local),
            user_id=self.user_id.id,
        )

    def _settle_missed(self):
        """Call-backs for missed calls of a client are done once it was spoken with."""
        self.ensure_one()
        if not self.commercial_partner_id:
            return
        missed = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("commercial_partner_id", "=", self.commercial_partner_id.id),
                ("missed_activity_id", "!=", False),
                ("start", "<=", self.ended_at),
            ]
        )
        missed.missed_activity_id.action_feedback()

    def _missed_words(self, local):
        return _("Missed call at %(time)s: call back", time=local.strftime("%H:%M"))

    @api.model
    def _next_operator(self, company, partner=None):
        """Who calls back: the client's own salesperson where that is an operator with an account,
        else who is ready with the fewest call-backs, else who has the fewest; may be empty."""
        accounts = self.env["ai.telephony.account"].sudo().search([("company_id", "=", company.id)])
        users = accounts.user_id.filtered("active")
        own = partner.user_id if partner else users.browse()
        if own and own in users:
            return own
        counts = self._open_callbacks(users)
        ready = self.env["ai.operator.presence"]._ready(company)
        return min(
            users,
            key=lambda user: (user not in ready, counts.get(user.id, 0), user.id),
            default=users.browse(),
        )

    @api.model
    def _open_callbacks(self, users):
        call = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        domain = [("user_id", "in", users.ids), ("activity_type_id", "=", call.id if call else 0)]
        groups = self.env["mail.activity"].sudo()._read_group(domain, ["user_id"], ["__count"])
        return {user.id: count for user, count in groups}
