"""What of a client needs somebody: unpaid invoices, the credit limit, a year together, a delivery.

unpaid       owes what was due so many days ago: its operator is told to call
overdue      past the payment date: its operator is told, and the client may get a mail
credit       has come above the credit limit: likewise
anniversary  its first order was a year ago: a mail for a loyalty campaign
validated    its order has left the warehouse: who took it is told, see stock_picking.py
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..alert.kind import Fact, Kind

CALL = "mail.mail_activity_data_call"
# A server that was off for a weekend still congratulates.
ANNIVERSARY_DAYS = 7


class AiAlertRule(models.Model):
    _inherit = "ai.alert.rule"

    kind = fields.Selection(
        selection_add=[
            ("unpaid", "Unpaid invoices: call"),
            ("overdue", "Past the payment date"),
            ("credit", "Above the credit limit"),
            ("anniversary", "One year a client"),
            ("validated", "Order left the warehouse"),
        ],
        ondelete=dict.fromkeys(
            ("unpaid", "overdue", "credit", "anniversary", "validated"), "cascade"
        ),
    )

    @api.model
    def _kinds(self):
        mail = "smart_recommender.mail_template_alert_"
        return {
            **super()._kinds(),
            "unpaid": Kind(threshold=15, unit="days", least=1, activity=CALL),
            "overdue": Kind(threshold=3, unit="days", template=f"{mail}overdue"),
            "credit": Kind(
                threshold=100, unit="percent", least=1, template=f"{mail}credit", mail_days=30
            ),
            "anniversary": Kind(
                tell="supervisor", activity="", template=f"{mail}anniversary", mail_days=1
            ),
            "validated": Kind(activity=""),
        }

    # ------------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------------

    def _facts_unpaid(self):
        return self._late_payers()

    def _facts_overdue(self):
        """Clients past the payment date; those whose late invoices are all disputed get no mail."""
        undisputed = self._undisputed()
        return [
            Fact(
                fact.partner_id,
                amount=fact.amount,
                since=fact.since,
                may_mail=fact.partner_id in undisputed,
            )
            for fact in self._late_payers()
        ]

    def _late_payers(self):
        """Clients that owe what was due as many days ago as the threshold says, or longer."""
        last = self._today() - timedelta(days=self.threshold)
        rows = (
            self.env["ai.client"]
            .sudo()
            .search_fetch(
                [
                    ("company_id", "=", self.company_id.id),
                    ("overdue_amount", ">", 0),
                    ("overdue_since", "<=", last),
                ],
                ["partner_id", "overdue_amount", "overdue_since"],
            )
        )
        return [
            Fact(row.partner_id.id, amount=row.overdue_amount, since=row.overdue_since)
            for row in rows
        ]

    def _undisputed(self):
        """Ids of clients who owe more than nothing that was due so long ago and is not disputed."""
        last = self._today() - timedelta(days=self.threshold)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT partner.commercial_partner_id
                  FROM account_move_line line
                  JOIN account_account account ON account.id = line.account_id
                   AND account.account_type = 'asset_receivable'
                  JOIN res_partner partner ON partner.id = line.partner_id
                 WHERE line.company_id = %(company)s
                   AND line.parent_state = 'posted'
                   AND NOT line.reconciled
                   AND COALESCE(line.date_maturity, line.date) <= %(last)s
                   AND line.move_id NOT IN (%(disputed)s)
              GROUP BY 1
                HAVING sum(line.amount_residual) > %(rounding)s
                """,
                company=self.company_id.id,
                last=last,
                disputed=self.env["account.move"]._disputed_query(self.company_id),
                rounding=self.company_id.currency_id.rounding / 2,
            )
        )
        return {row[0] for row in self.env.cr.fetchall()}

    def _facts_credit(self):
        """Clients whose balance is above so many per cent of the limit that somebody has set."""
        company = self.company_id
        if not company.account_use_credit_limit:
            return []
        rows = (
            self.env["ai.client"]
            .sudo()
            .with_company(company)
            .search([("company_id", "=", company.id), ("balance", ">", 0)])
        )
        facts = []
        for row in rows:
            limit = row.partner_id.credit_limit * self.threshold / 100
            if limit and company.currency_id.compare_amounts(row.balance, limit) > 0:
                facts.append(Fact(row.partner_id.id, amount=row.balance))
        return facts

    def _facts_anniversary(self):
        """Clients whose first order, or contract, was a year ago today or in the last days."""
        today = self._today()
        return [
            Fact(partner_id, key=str(today.year), since=first)
            for partner_id, first in self._first_days().items()
            if timedelta(0)
            <= today - (first + relativedelta(years=1))
            <= timedelta(days=ANNIVERSARY_DAYS)
        ]

    def _first_days(self):
        """{id of a client: the day of its first order, or of its first contract}."""
        contracts = (
            self.env["ai.client.contract"]
            .sudo()
            ._read_group(
                [("company_id", "=", self.company_id.id)],
                ["commercial_partner_id"],
                ["start_date:min"],
            )
        )
        rows = (
            self.env["ai.client"]
            .sudo()
            .search_fetch(
                [("company_id", "=", self.company_id.id), ("first_order_date", "!=", False)],
                ["partner_id", "first_order_date"],
            )
        )
        ordered = {row.partner_id.id: row.first_order_date for row in rows}
        return {**ordered, **{partner.id: start for partner, start in contracts}}

    def _facts_validated(self):
        """Nothing each day: the warehouse raises it."""
        return []
