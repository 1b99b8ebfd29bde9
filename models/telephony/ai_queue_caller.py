"""Callers who wait in a queue of the exchange, as it tells them."""

from datetime import timedelta

from odoo import api, fields, models

# An exchange that was switched off never tells that its callers left.
LONGEST_WAIT = timedelta(hours=2)
KEPT = timedelta(days=30)


class AiQueueCaller(models.Model):
    _name = "ai.queue.caller"
    _description = "Caller in a Queue"
    _inherit = ["ai.company.row"]
    _order = "joined_at, id"
    _rec_name = "number"

    exchange_call_id = fields.Char(required=True, readonly=True)
    queue = fields.Char(readonly=True)
    number = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Client", readonly=True, index="btree_not_null"
    )
    joined_at = fields.Datetime(required=True, readonly=True, index=True)
    left_at = fields.Datetime(readonly=True)

    _sql_constraints = [
        (
            "call_unique",
            "UNIQUE(company_id, exchange_call_id)",
            "A call waits in one queue at a time.",
        )
    ]

    @api.model
    def _join(self, company, call_id, queue, number, moment):
        """A caller begins to wait, or waits in another queue."""
        vals = {"queue": queue, "number": number, "left_at": False}
        row = self._find(company, call_id)
        if row:
            row.write(vals)
            return
        self.sudo().create(
            {
                **vals,
                "company_id": company.id,
                "exchange_call_id": call_id,
                "partner_id": self.env["ai.call"]._client_of(company, number).id,
                "joined_at": moment,
            }
        )

    @api.model
    def _leave(self, company, call_id, moment):
        """A caller waits no longer."""
        row = self._find(company, call_id).filtered(lambda caller: not caller.left_at)
        if row:
            row.left_at = max(moment, row.joined_at)

    @api.model
    def _find(self, company, call_id):
        found = [("company_id", "=", company.id), ("exchange_call_id", "=", call_id)]
        return self.sudo().search(found, limit=1)

    @api.model
    def _waiting(self, company):
        """Who waits now, the longest first; sudo."""
        since = fields.Datetime.now() - LONGEST_WAIT
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("left_at", "=", False),
                ("joined_at", ">=", since),
            ]
        )

    @api.model
    def _forget(self, company):
        limit = fields.Datetime.now() - KEPT
        self.sudo().search([("company_id", "=", company.id), ("joined_at", "<", limit)]).unlink()
