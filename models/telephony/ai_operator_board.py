"""The supervisor's board: who is there, in a call or waiting, and how soon calls are taken."""

from datetime import timedelta

from odoo import _, api, fields, models

from ...tools.compat import users_of
from ...tools.rights import check_group

# A call taken within so many seconds was taken in time.
IN_TIME = 20
WINDOW = timedelta(hours=1)


class AiOperatorBoard(models.AbstractModel):
    _name = "ai.operator.board"
    _description = "Board of Operators"

    @api.model
    def get_board(self):
        """How the call center of the current company is now. Supervisors only.

        {"company", "operators": [{"id", "name", "extension", "state", "state_name", "reason",
        "seconds" in the state, "call": {"direction", "number", "client", "is_answered", "seconds"}
        or False}], "waiting": [{"id", "queue", "number", "client", "seconds"}],
        "longest_wait": seconds, "service": {"calls", "answered", "in_time", "missed" of the last
        hour, "level": share from 0 to 1 or None without calls, "within": seconds}}.
        """
        check_group(
            self.env,
            "smart_recommender.group_call_supervisor",
            _("Only supervisors of the call center see the board of operators."),
        )
        company = self.env.company
        waiting = self._waiting(company)
        return {
            "company": company.name,
            "operators": self._operators(company),
            "waiting": waiting,
            "longest_wait": max((each["seconds"] for each in waiting), default=0),
            "service": self._service(company),
        }

    @api.model
    def _operators(self, company):
        accounts = self.env["ai.telephony.account"].sudo().search([("company_id", "=", company.id)])
        presences = self.env["ai.operator.presence"]
        present = {row.user_id: row for row in presences._now_in(company)}
        running = self.env["ai.call.running"].sudo()
        rows = running.search([("company_id", "=", company.id), ("ended_at", "=", False)])
        calls = {}
        for row in rows.sorted(lambda row: bool(row.answered_at)):
            calls[row.user_id] = row
        names = dict(presences._fields["state"]._description_selection(self.env))
        return [
            self._operator(account, present.get(account.user_id), calls.get(account.user_id), names)
            for account in accounts
        ]

    @api.model
    def _operator(self, account, row, running, names):
        state = row._effective() if row else "away"
        since = row and (row.start if state == row.state else row.seen_at)
        return {
            "id": account.user_id.id,
            "name": account.user_id.name,
            "extension": account.extension,
            "state": state,
            "state_name": names[state],
            "reason": row.reason_id.name or "" if row and state == "break" else "",
            "seconds": _seconds_since(since) if since else 0,
            "call": self._running(running) if running else False,
        }

    @api.model
    def _running(self, row):
        return {
            "direction": row.direction or "in",
            "number": row.number or "",
            "client": row.partner_id.name or "",
            "is_answered": bool(row.answered_at),
            "seconds": _seconds_since(row.answered_at or row.start),
        }

    @api.model
    def _waiting(self, company):
        return [
            {
                "id": caller.id,
                "queue": caller.queue or "",
                "number": caller.number or "",
                "client": caller.partner_id.name or "",
                "seconds": _seconds_since(caller.joined_at),
            }
            for caller in self.env["ai.queue.caller"]._waiting(company)
        ]

    @api.model
    def _service(self, company):
        calls = (
            self.env["ai.call"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("direction", "=", "in"),
                    ("exchange_call_id", "!=", False),
                    ("parent_call_id", "=", False),
                    ("ended_at", ">=", fields.Datetime.now() - WINDOW),
                ]
            )
        )
        answered = calls.filtered("answered_at")
        in_time = answered.filtered(lambda call: call.ringing_seconds <= IN_TIME)
        return {
            "calls": len(calls),
            "answered": len(answered),
            "in_time": len(in_time),
            "missed": len(calls) - len(answered),
            "level": len(in_time) / len(calls) if calls else None,
            "within": IN_TIME,
        }

    @api.model
    def _supervisors(self, company):
        """Users who see the board of a company."""
        group = self.env.ref("smart_recommender.group_call_supervisor").sudo()
        return users_of(group).filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )


def _seconds_since(moment):
    return max(int((fields.Datetime.now() - moment).total_seconds()), 0)
