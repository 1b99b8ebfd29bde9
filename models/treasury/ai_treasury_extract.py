"""The only reader of what was paid, is owed and will be invoiced, in company currency.

Past record rules, always for one named company, as ``ai.sales.extract`` reads sales. Days are
numbers since 1970, as ``algorithms.treasury`` takes them. An invoice that a client paid in parts,
or owes in instalments, is a row for each; what was settled by a credit note was never cash and is
no row. Payments are lines of bank and cash journals.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy

# Whose lines are meant: accounts, moves, and the sign that makes their amounts positive.
CLIENTS = ("asset_receivable", ("out_invoice", "out_receipt"), 1)
VENDORS = ("liability_payable", ("in_invoice", "in_receipt"), -1)
EPOCH = fields.Date.to_date("1970-01-01")
DOCUMENT_COLUMNS = {"client": "i4", "issued": "i4", "due": "i4", "paid": "i4", "amount": "f8"}


class AiTreasuryExtract(models.AbstractModel):
    _name = "ai.treasury.extract"
    _description = "Reader of Money"

    @api.model
    def _today(self, company):
        """The company's day, a number since 1970."""
        return (self.env["ai.sales.extract"]._local_now(company).date() - EPOCH).days

    @api.model
    def _date(self, day):
        """The date of a number since 1970, False for none."""
        return fields.Date.add(EPOCH, days=int(day)) if day is not None else False

    # ------------------------------------------------------------------
    # What was paid, and when
    # ------------------------------------------------------------------

    @api.model
    def _documents(self, company, ours=False):
        """Posted invoices of clients, or bills, as parts that were paid or are open.

        ours : bool, bills instead. Returns the arrays of algorithms.treasury.documents.Documents,
        {"client", "issued", "due", "paid": int64, "amount": float64 > 0}.
        """
        import numpy as np  # only training pays for it

        self.env.flush_all()
        side = VENDORS if ours else CLIENTS
        rows = binary_copy.read_rows(
            self.env.cr, self._documents_query(company, *side), DOCUMENT_COLUMNS
        )
        return {
            name: rows[name].astype(np.float64 if name == "amount" else np.int64) for name in rows
        }

    def _documents_query(self, company, account_type, move_types, sign):
        given, taken = ("debit", "credit") if sign > 0 else ("credit", "debit")
        return SQL(
            """
            WITH side AS MATERIALIZED (%(side)s)
            SELECT side.client, side.issued, side.due,
                   partial.max_date - DATE '1970-01-01', partial.amount::float8
              FROM side
              JOIN account_partial_reconcile partial ON partial.%(given)s = side.id
              JOIN account_move_line other ON other.id = partial.%(taken)s
              JOIN account_journal journal ON journal.id = other.journal_id
             WHERE journal.type IN ('bank', 'cash')
               AND partial.amount > 0
         UNION ALL
            SELECT client, issued, due, %(open)s, residual::float8
              FROM side
             WHERE residual > 0
            """,
            side=self._side_query(company, account_type, move_types, sign),
            given=SQL.identifier(f"{given}_move_id"),
            taken=SQL.identifier(f"{taken}_move_id"),
            open=2**31 - 1,
        )

    def _side_query(self, company, account_type, move_types, sign):
        """SQL of the lines of invoices or bills that are to be paid, an instalment each."""
        return SQL(
            """
            SELECT line.id, line.move_id,
                   COALESCE(move.commercial_partner_id, line.partner_id, 0) AS client,
                   COALESCE(move.invoice_date, move.date) - DATE '1970-01-01' AS issued,
                   COALESCE(line.date_maturity, move.date) - DATE '1970-01-01' AS due,
                   %(sign)s * line.balance AS amount,
                   %(sign)s * line.amount_residual AS residual
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_account account ON account.id = line.account_id
             WHERE line.company_id = %(company)s
               AND line.parent_state = 'posted'
               AND account.account_type = %(account_type)s
               AND move.move_type IN %(move_types)s
               AND %(sign)s * line.balance > 0
            """,
            sign=sign,
            company=company.id,
            account_type=account_type,
            move_types=move_types,
        )

    @api.model
    def _invoices(self, company):
        """Posted invoices of clients, a row each: what the credit score learns from.

        Returns the arrays of Documents and ``move``: int64, ids; paid is the day of the last
        payment of what is paid in full, 2³¹ − 1 for the rest; amount is the whole of it.
        """
        import numpy as np  # only training pays for it

        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr, self._invoices_query(company), {"move": "i4", **DOCUMENT_COLUMNS}
        )
        return {
            name: rows[name].astype(np.float64 if name == "amount" else np.int64) for name in rows
        }

    def _invoices_query(self, company):
        """Those that a credit note settled alone are left out: nobody was late or on time."""
        return SQL(
            """
            WITH side AS MATERIALIZED (%(side)s),
                 payment AS (
                     SELECT side.move_id, max(partial.max_date) - DATE '1970-01-01' AS day
                       FROM side
                       JOIN account_partial_reconcile partial ON partial.debit_move_id = side.id
                       JOIN account_move_line other ON other.id = partial.credit_move_id
                       JOIN account_journal journal ON journal.id = other.journal_id
                      WHERE journal.type IN ('bank', 'cash')
                   GROUP BY side.move_id
                 )
            SELECT side.move_id, min(side.client), min(side.issued), max(side.due),
                   CASE WHEN sum(side.residual) > 0 THEN %(open)s ELSE max(payment.day) END,
                   sum(side.amount)::float8
              FROM side
         LEFT JOIN payment ON payment.move_id = side.move_id
          GROUP BY side.move_id
            HAVING sum(side.residual) > 0 OR max(payment.day) IS NOT NULL
            """,
            side=self._side_query(company, *CLIENTS),
            open=2**31 - 1,
        )

    # ------------------------------------------------------------------
    # What is there, and what is owed
    # ------------------------------------------------------------------

    @api.model
    def _balance(self, company):
        """Bank and cash of a company today, what is under way between two of its accounts too."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT COALESCE(sum(line.balance), 0)::float8
                  FROM account_move_line line
                  JOIN account_account account ON account.id = line.account_id
                 WHERE line.company_id = %(company)s
                   AND line.parent_state = 'posted'
                   AND line.date <= %(today)s
                   AND (account.account_type = 'asset_cash' OR account.id IN %(outstanding)s)
                """,
                company=company.id,
                today=self._date(self._today(company)),
                outstanding=tuple(self._outstanding_accounts(company).ids) or (0,),
            )
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _outstanding_accounts(self, company):
        """Accounts of payments that the bank has not confirmed yet."""
        company = company.sudo()
        journals = (
            self.env["account.journal"]
            .sudo()
            .search([("company_id", "=", company.id), ("type", "in", ("bank", "cash"))])
        )
        lines = journals.inbound_payment_method_line_ids | journals.outbound_payment_method_line_ids
        accounts = lines.payment_account_id
        for name in (
            "account_journal_payment_debit_account_id",
            "account_journal_payment_credit_account_id",
        ):
            if name in company._fields:  # gone in newer series
                accounts |= company[name]
        return accounts

    @api.model
    def _open_entries(self, company):
        """What clients owe and what is owed to vendors, an instalment each; credit notes and
        payments on account the other way round.

        Returns [{"key", "kind": "invoice" or "bill", "partner_id": commercial entity or 0, "due":
        int day, "amount": float, above 0 comes in, "res_model", "res_id", "name"}].
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT 'line:' || line.id AS key,
                       CASE account.account_type WHEN 'asset_receivable' THEN 'invoice'
                            ELSE 'bill' END AS kind,
                       COALESCE(partner.commercial_partner_id, 0) AS partner_id,
                       COALESCE(line.date_maturity, line.date) - DATE '1970-01-01' AS due,
                       line.amount_residual::float8 AS amount,
                       'account.move' AS res_model, line.move_id AS res_id, move.name AS name
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                  JOIN account_account account ON account.id = line.account_id
             LEFT JOIN res_partner partner ON partner.id = line.partner_id
                 WHERE line.company_id = %s
                   AND line.parent_state = 'posted'
                   AND account.account_type IN ('asset_receivable', 'liability_payable')
                   AND line.amount_residual <> 0
              ORDER BY due, line.id
                """,
                company.id,
            )
        )
        return self.env.cr.dictfetchall()
