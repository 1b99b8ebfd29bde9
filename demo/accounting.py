"""Refunds as accountants make them: a posted invoice and a posted credit note on it."""

from datetime import timedelta

from odoo import fields

from .history import RETURN_DAYS, credited_quantity


def credit(env, credited):
    """credited : list of (sale.order, share of its first line that comes back)."""
    for order, share in credited:
        order = order.with_context(allowed_company_ids=order.company_id.ids)
        invoice = order._create_invoices()
        invoice.invoice_date = fields.Datetime.context_timestamp(
            order.with_context(tz=order.company_id.resource_calendar_id.tz), order.date_order
        ).date()
        invoice.action_post()
        reversal = (
            env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "journal_id": invoice.journal_id.id,
                    "reason": "Retour de marchandise",
                    "date": invoice.invoice_date + timedelta(days=RETURN_DAYS),
                }
            )
        )
        refund = env["account.move"].browse(reversal.refund_moves()["res_id"])
        _keep_first_line(refund, order, share)
        refund.action_post()


def _keep_first_line(refund, order, share):
    """Credit a share of the first product only; the rest stays sold."""
    first = order.order_line.sorted("sequence")[:1]
    for line in refund.invoice_line_ids:
        if first in line.sale_line_ids:
            line.quantity = credited_quantity(first.product_uom_qty, share)
        else:
            line.unlink()
