"""Whom to call next: one client after the other, the best call first.

    1  call-backs that the operator promised and that are due, the earliest first
    2  the other clients with a reason to call, see algorithms.call.next_call

Left out are suspended clients, those without a number, those whom somebody called today and those
whom a colleague has just been given; how many, is said. A call-back that is due is not left out for
an earlier call of the day.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from odoo import _, api, fields, models

CALLBACK = "callback"
LEFT_OUT = ("suspended", "no_number", "called_today", "reserved")
# A call-back may be made a little early.
EARLY = timedelta(minutes=5)
# Where so many in a row are being taken by others at this very moment, something else is wrong.
MOST_TRIES = 50


@dataclass(frozen=True)
class Queue:
    """clients : ai.client, the next first; left_out : {one of LEFT_OUT: clients}; call_count : int,
    calls that the chances were learned from; chance : {id of ai.client: chance to answer now}."""

    clients: object
    left_out: dict
    call_count: int
    chance: dict


class AiClient(models.Model):
    _inherit = "ai.client"

    call_score = fields.Float(
        readonly=True,
        index=True,
        group_operator="max",
        help="Place among the clients to call today, from 0 to 1, over the hours of the day.",
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_call_next(self):
        """Give the next client to the operator, and open its sheet. Operators only.

        Returns the action of the sheet, with why this client is next in its parameters, or a
        notification that says why there is none.
        """
        self._check_operator()
        queue = self._queue()
        reservations = self.env["ai.call.reservation"]
        for client in queue.clients[:MOST_TRIES]:
            if reservations._reserve(self.env.company, client.partner_id):
                action = client.action_open_sheet()
                return {**action, "params": {"why": self._why_next(queue, client)}}
        message = " ".join([_("Nobody is left to call."), *self._left_out_texts(queue)])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": message},
        }

    # ------------------------------------------------------------------
    # The queue
    # ------------------------------------------------------------------

    @api.model
    def _queue(self):
        """The user's Queue in the current company, as it is now."""
        company = self.env.company
        promised = self._promised_now()
        keys = [reason.key for reason in self._call_reasons() if reason.key != CALLBACK]
        candidates = self.search(
            [
                ("company_id", "=", company.id),
                ("partner_id.active", "=", True),
                "|",
                ("call_reasons", "in", keys),
                ("partner_id", "in", list(promised)),
            ]
        )
        left_out = self._left_out(company, candidates, set(promised))
        clients = candidates.filtered(lambda client: client.id not in left_out)
        ordered, chance, call_count = self._in_order(company, clients)
        mine = ordered.filtered(lambda client: client.partner_id.id in promised)
        mine = mine.sorted(lambda client: promised[client.partner_id.id])
        return Queue(mine + (ordered - mine), Counter(left_out.values()), call_count, chance)

    @api.model
    def _promised_now(self):
        """{id of a commercial entity: moment or day} of the user's call-backs that are due."""
        now = fields.Datetime.now() + EARLY
        activities = (
            self.env["ai.client.sheet"]
            .sudo()
            ._call_activities(
                [("user_id", "=", self.env.uid), ("date_deadline", "<=", self._callback_day())],
                None,
            )
        )
        moments = {}
        for activity in activities:
            start = activity.calendar_event_id.start
            moment = start or fields.Datetime.to_datetime(activity.date_deadline)
            if moment <= now:
                moments.setdefault(activity.res_id, moment)
        partners = self.env["res.partner"].sudo().browse(moments).exists()
        return {partner.commercial_partner_id.id: moments[partner.id] for partner in partners}

    @api.model
    def _left_out(self, company, candidates, promised):
        """{id of ai.client: one of LEFT_OUT} of those who are not called now."""
        day = self.env["ai.sales.extract"]._local_now(company).date()
        today = self.env["ai.sales.extract"]._utc_bounds(company, day, day)[0]
        own = [("id", "in", candidates.ids)]
        numbers = set(self.search([*own, ("partner_id.has_any_number", "=", True)]).ids)
        called = set(self.search([*own, ("last_call_date", ">=", today)]).ids)
        reserved = self.env["ai.call.reservation"]._reserved(company)
        found = {}
        for client in candidates:
            partner = client.partner_id.id
            if client.status == "suspended":
                found[client.id] = "suspended"
            elif client.id not in numbers:
                found[client.id] = "no_number"
            elif client.id in called and partner not in promised:
                found[client.id] = "called_today"
            elif partner in reserved:
                found[client.id] = "reserved"
        return found

    @api.model
    def _in_order(self, company, clients):
        """(clients, the best call first; {id: chance}; calls learned from)."""
        order, _scores, chance, call_count = self._scored(company, clients)
        ids = clients.ids
        return (
            clients.browse(ids[place] for place in order),
            dict(zip(ids, chance, strict=True)),
            call_count,
        )

    @api.model
    def _scored(self, company, clients, bands=None):
        """Positions from best to worst, scores, chances (lists) and the number of calls.

        bands : bands of hours over which chances are averaged; None for that of now.
        """
        import numpy as np

        from ...algorithms.call import next_call
        from ...algorithms.call.answer_chance import band_of

        local = self.env["ai.sales.extract"]._local_now(company)
        now = fields.Datetime.now()
        known = self._answer_chances(company)
        partners = [client.partner_id.id for client in clients]
        chance = np.mean(
            [
                known.chance(partners, band, local.weekday())
                for band in ([band_of(local.hour)] if bands is None else bands)
            ],
            axis=0,
        )
        # Operators see the order and not the margins that it is made from.
        margin = np.array(clients.sudo()._call_margins(), np.float64)
        waited = np.array(
            [
                (now - client.last_call_date).total_seconds() / 86400
                if client.last_call_date
                else np.inf
                for client in clients
            ]
        )
        given = (margin, chance, waited, known.call_count)
        return (
            next_call.ranked(*given).tolist(),
            next_call.scores(*given).tolist(),
            chance.tolist(),
            known.call_count,
        )

    @api.model
    def _refresh_together(self, company):
        self._refresh_scores(company)
        return super()._refresh_together(company)

    @api.model
    def _refresh_scores(self, company):
        """Write the scores of a company's clients over the hours of the day: lists are in their
        order."""
        from ...algorithms.call.answer_chance import BANDS
        from ...tools import bulk_rows

        self.env.invalidate_all()
        clients = self.sudo().search([("company_id", "=", company.id)])
        if clients:
            # Not before nine nor after seven in the evening.
            _order, scores, _chance, _count = self._scored(company, clients, range(1, BANDS - 1))
            rows = {"id": clients.ids, "call_score": scores}
            bulk_rows.update(self.sudo(), ("id",), rows)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _why_next(self, queue, client):
        chance = round(100 * queue.chance[client.id])
        texts = [
            client.call_reasons or _("call back"),
            _("answers at this hour: %s%%", chance),
            *self._history_texts(queue),
        ]
        return " · ".join(texts)

    @api.model
    def _history_texts(self, queue):
        """That little is known, where it is so."""
        from ...algorithms.call.next_call import LITTLE_HISTORY

        if queue.call_count >= LITTLE_HISTORY:
            return []
        return [
            _(
                "Few calls so far (%s): the order is mostly longest not called.",
                queue.call_count,
            )
        ]

    @api.model
    def _left_out_texts(self, queue):
        labels = {
            "suspended": _("Suspended: %s.", queue.left_out.get("suspended")),
            "no_number": _("Without a number: %s.", queue.left_out.get("no_number")),
            "called_today": _("Called today: %s.", queue.left_out.get("called_today")),
            "reserved": _("With a colleague, or just opened: %s.", queue.left_out.get("reserved")),
        }
        return [labels[key] for key in LEFT_OUT if queue.left_out.get(key)]
