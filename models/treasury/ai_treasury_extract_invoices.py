"""Invoices that clients have not paid, one row each."""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_treasury_extract import CLIENTS

COLUMNS = {"move": "i4", "client": "i4", "due": "i4", "amount": "f8"}


class AiTreasuryExtract(models.AbstractModel):
    _inherit = "ai.treasury.extract"

    @api.model
    def _open_invoices(self, company):
        """Posted invoices of clients of which something is open.

        Returns {"move", "client", "due": int64, "amount": float64 > 0}, parallel arrays: ids, the
        due day of the oldest instalment that is open, a number since 1970, and what is open in
        company currency. Those without a client are left out.
        """
        import numpy as np  # only training pays for it

        self.env.flush_all()
        query = SQL(
            """
            SELECT move_id, client, min(due), sum(residual)::float8
              FROM (%s) side
             WHERE residual > 0
               AND client > 0
          GROUP BY move_id, client
          ORDER BY move_id
            """,
            self._side_query(company, *CLIENTS),
        )
        rows = binary_copy.read_rows(self.env.cr, query, COLUMNS)
        return {
            name: rows[name].astype(np.float64 if name == "amount" else np.int64) for name in rows
        }
