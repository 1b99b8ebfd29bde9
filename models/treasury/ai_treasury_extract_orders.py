"""Orders and purchases that are still to be invoiced, and when they will have to be paid."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

# An order that nobody has invoiced so long after its day nobody will.
LATEST_DAYS = 90
# Less than this share of an order is a difference of rounding.
LEAST_SHARE = 0.001


class AiTreasuryExtract(models.AbstractModel):
    _inherit = "ai.treasury.extract"

    @api.model
    def _orders_to_invoice(self, company):
        """Confirmed orders and purchases of which posted invoices hold less than the whole.

        What of them was invoiced is deducted, down payments too, so that nothing counts twice.
        Returns the rows of ``_open_entries`` with kind "order" or "purchase".
        """
        self.env.flush_all()
        today = self._date(self._today(company))
        rows = []
        for kind, query in (
            ("order", self._sales_to_invoice_query(company, today)),
            ("purchase", self._purchases_to_invoice_query(company, today)),
        ):
            self.env.cr.execute(query)
            rows += [{**row, "kind": kind} for row in self.env.cr.dictfetchall()]
        terms = {}
        return [self._order_entry(company, row, today, terms) for row in rows]

    def _order_entry(self, company, row, today, terms):
        invoiced_on = max(row.pop("invoiced_on") or today, today)
        term = row.pop("term_id") or 0
        if term not in terms:
            terms[term] = self._term_days(company, term, today)
        return {**row, "due": self._number(invoiced_on) + terms[term]}

    @api.model
    def _number(self, date):
        return (date - self._date(0)).days

    @api.model
    def _term_days(self, company, term_id, today):
        """Days from invoice to payment of a term, instalments weighted; 0 without one."""
        term = self.env["account.payment.term"].sudo().browse(term_id).exists()
        if not term:
            return 0
        currency = company.currency_id
        parts = term._compute_terms(
            date_ref=today,
            currency=currency,
            company=company,
            tax_amount=0.0,
            tax_amount_currency=0.0,
            sign=1,
            untaxed_amount=100.0,
            untaxed_amount_currency=100.0,
        )["line_ids"]
        weights = [abs(part["company_amount"]) for part in parts]
        days = [(part["date"] - today).days for part in parts]
        total = sum(weights)
        if not total:
            return 0
        return round(sum(day * weight for day, weight in zip(days, weights, strict=True)) / total)

    def _sales_to_invoice_query(self, company, today):
        return SQL(
            """
            SELECT 'order:' || so.id AS key, partner.commercial_partner_id AS partner_id,
                   (total.amount - COALESCE(invoiced.amount, 0))::float8 AS amount,
                   COALESCE(so.commitment_date, so.date_order)::date AS invoiced_on,
                   so.payment_term_id AS term_id,
                   'sale.order' AS res_model, so.id AS res_id, so.name AS name
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
        CROSS JOIN LATERAL (
                   SELECT so.amount_total / %(rate)s AS amount
                   ) total
         LEFT JOIN (
                   SELECT order_line.order_id, %(signed)s AS amount
                     FROM sale_order_line_invoice_rel rel
                     JOIN sale_order_line order_line ON order_line.id = rel.order_line_id
                     JOIN account_move_line line ON line.id = rel.invoice_line_id
                    WHERE order_line.company_id = %(company)s
                      AND line.parent_state = 'posted'
                 GROUP BY order_line.order_id
                   ) invoiced ON invoiced.order_id = so.id
             WHERE so.company_id = %(company)s
               AND so.state = 'sale'
               AND COALESCE(so.commitment_date, so.date_order) >= %(since)s
               AND total.amount - COALESCE(invoiced.amount, 0) > %(least)s * total.amount
               AND total.amount > 0
            """,
            rate=self.env["ai.sales.extract"]._order_rate(),
            signed=self._invoiced_sum(-1),
            company=company.id,
            since=today - timedelta(days=LATEST_DAYS),
            least=LEAST_SHARE,
        )

    def _purchases_to_invoice_query(self, company, today):
        return SQL(
            """
            SELECT 'purchase:' || po.id AS key, partner.commercial_partner_id AS partner_id,
                   -(total.amount - COALESCE(invoiced.amount, 0))::float8 AS amount,
                   COALESCE(po.date_planned, po.date_order)::date AS invoiced_on,
                   po.payment_term_id AS term_id,
                   'purchase.order' AS res_model, po.id AS res_id, po.name AS name
              FROM purchase_order po
              JOIN res_partner partner ON partner.id = po.partner_id
        CROSS JOIN LATERAL (
                   SELECT po.amount_total / COALESCE(NULLIF(po.currency_rate, 0), 1) AS amount
                   ) total
         LEFT JOIN (
                   SELECT order_line.order_id, %(signed)s AS amount
                     FROM account_move_line line
                     JOIN purchase_order_line order_line ON order_line.id = line.purchase_line_id
                    WHERE order_line.company_id = %(company)s
                      AND line.parent_state = 'posted'
                 GROUP BY order_line.order_id
                   ) invoiced ON invoiced.order_id = po.id
             WHERE po.company_id = %(company)s
               AND po.state IN ('purchase', 'done')
               AND COALESCE(po.date_planned, po.date_order) >= %(since)s
               AND total.amount - COALESCE(invoiced.amount, 0) > %(least)s * total.amount
               AND total.amount > 0
            """,
            signed=self._invoiced_sum(1),
            company=company.id,
            since=today - timedelta(days=LATEST_DAYS),
            least=LEAST_SHARE,
        )

    def _invoiced_sum(self, sign):
        """SQL of what lines of posted invoices come to with taxes, in company currency."""
        return SQL(
            """sum(CASE WHEN line.price_subtotal = 0 THEN 0
                        ELSE %s * line.balance * line.price_total / line.price_subtotal END)""",
            sign,
        )
