"""When each unpaid invoice of a client is expected to be paid, and how likely late.

One row an invoice. Training replaces a company's rows as a whole; what was paid since drops out of
the list by its state of payment.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows
from ...tools.compat import check_access


class AiInvoiceOutlook(models.Model):
    _name = "ai.invoice.outlook"
    _description = "Expected Payment of an Invoice"
    _inherit = ["ai.client.row", "ai.learned.row"]
    _order = "weight desc, id"
    _rec_name = "move_id"
    _log_access = False

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(string="Still Open", readonly=True, help="What is not paid of it.")
    due_date = fields.Date(readonly=True, help="Of the oldest instalment that is not paid.")
    expected_date = fields.Date(
        string="Expected",
        readonly=True,
        help="By this day half of such invoices are paid; a year ahead stands for later or never.",
    )
    early_date = fields.Date(
        string="At the Earliest", readonly=True, help="One of ten such invoices is paid by then."
    )
    late_date = fields.Date(
        string="At the Latest", readonly=True, help="Nine of ten such invoices are paid by then."
    )
    chance_30 = fields.Float(
        string="Over 30 Days",
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Chance that it is paid more than 30 days after its due date, or never.",
    )
    chance_60 = fields.Float(
        string="Over 60 Days",
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Chance that it is paid more than 60 days after its due date, or never.",
    )
    lateness = fields.Float(
        string="Days Late",
        readonly=True,
        digits=(16, 0),
        group_operator="avg",
        help="Expected days from the due date to the payment, at most 365.",
    )
    weight = fields.Float(
        string="Money × Days",
        readonly=True,
        digits=(16, 0),
        help="What is open times the expected days late: what a call may save. Collections are in "
        "this order.",
    )

    _sql_constraints = [
        ("move_unique", "UNIQUE(company_id, move_id)", "An invoice has one expected payment."),
    ]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_invoice(self):
        """The form of the invoice."""
        self.ensure_one()
        check_access(self.move_id, "read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [[False, "form"]],
        }

    def action_open_sheet(self):
        """The client sheet of the client. Operators only."""
        self.ensure_one()
        check_access(self, "read")
        return self.partner_id.action_open_client_sheet()

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    def _replace(self, run, invoices, outlook):
        """Make the rows of a run's company those of its open invoices.

        invoices : of ``ai.treasury.extract._open_invoices``; outlook :
        algorithms.treasury.cash.OpenOutlook of them. Returns their number.
        """
        return bulk_rows.replace(
            self,
            SQL("company_id = %s", run.company_id.id),
            {
                "company_id": run.company_id.id,
                "run_id": run.id,
                "move_id": invoices["move"],
                "partner_id": invoices["client"],
                "amount": invoices["amount"],
                "due_date": as_dates(invoices["due"]),
                "expected_date": as_dates(outlook.day),
                "early_date": as_dates(outlook.low_day),
                "late_date": as_dates(outlook.high_day),
                "chance_30": outlook.late_30,
                "chance_60": outlook.late_60,
                "lateness": outlook.lateness,
                "weight": outlook.lateness * invoices["amount"],
            },
        )

    @api.model
    def _unpaid_of(self, company, partner):
        """Rows (sudo) of a partner's commercial entity that are not paid yet."""
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("move_id.payment_state", "in", ("not_paid", "partial")),
            ]
        )


def as_dates(days):
    """(n,) ISO text of numbers since 1970."""
    return days.astype("datetime64[D]").astype(str)
