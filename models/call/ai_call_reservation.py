"""Who has been given whom to call: two operators never get the same client.

Whoever presses *Call Next* has the client to itself for a quarter of an hour; a logged call leaves
the client out for the rest of the day anyway. An advisory lock lets a second operator pass on at
once where two press at the same time, and the unique row decides where it came later.
"""

from datetime import timedelta

from odoo import api, fields, models

from ...tools import locks

RESERVED = timedelta(minutes=15)


class AiCallReservation(models.Model):
    _name = "ai.call.reservation"
    _description = "Client Reserved for a Call"
    _inherit = ["ai.company.row"]
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Operator", required=True, readonly=True, ondelete="cascade"
    )
    until = fields.Datetime(required=True, readonly=True, index=True)

    _sql_constraints = [
        (
            "partner_unique",
            "UNIQUE(company_id, partner_id)",
            "A client is reserved once in each company.",
        ),
    ]

    @api.model
    def _reserved(self, company):
        """Ids of the clients (res.partner) that somebody has now."""
        rows = self.sudo().search(
            [("company_id", "=", company.id), ("until", ">", fields.Datetime.now())]
        )
        return set(rows.partner_id.ids)

    @api.model
    def _reserve(self, company, partner):
        """Give a client to the user. Returns False where somebody has it or is taking it."""
        if not locks.acquire(self.env.cr, f"ai.call.reservation.{partner.id}", company):
            return False
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            INSERT INTO ai_call_reservation AS reservation
                        (company_id, partner_id, user_id, until)
                 VALUES (%s, %s, %s, %s)
            ON CONFLICT (company_id, partner_id) DO UPDATE
                    SET user_id = excluded.user_id, until = excluded.until
                  WHERE reservation.until <= %s
              RETURNING id
            """,
            [company.id, partner.id, self.env.uid, now + RESERVED, now],
        )
        is_mine = bool(self.env.cr.fetchone())
        self.invalidate_model()
        return is_mine

    @api.autovacuum
    def _delete_ended(self):
        self.search([("until", "<", fields.Datetime.now() - timedelta(days=1))]).unlink()
