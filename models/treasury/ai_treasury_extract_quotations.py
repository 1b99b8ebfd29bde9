"""Quotations as they were on a day of their life, and how they ended.

What came after that day must not tell whether a quotation was won: of its lines count those that
were there by then, and its amount is that of the day, as Odoo's own log of changes has it. That log
keeps no discounts of lines, so none are read. Orders that were imported with a date in the past
never were quotations here.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy

OPEN = 2**31 - 1
COLUMNS = {
    "order": "i4",
    "client": "i4",
    "sent": "i4",
    "decided": "i4",
    "won": "i4",
    "amount": "f8",
    "lines": "i4",
}


class AiTreasuryExtract(models.AbstractModel):
    _inherit = "ai.treasury.extract"

    @api.model
    def _quotations(self, company, age):
        """Quotations of a company with at least one product, as they were when ``age`` days old.

        age : int, days. Returns the arrays (n,) of algorithms.treasury.win_chance.Quotations, with
        no discounts, and ``order``: int64, ids, in the order of these.
        """
        import numpy as np  # only training pays for it

        self.env.flush_all()
        rows = binary_copy.read_rows(self.env.cr, self._quotations_query(company, age), COLUMNS)
        found = {
            name: values.astype(np.float64 if name == "amount" else np.int64)
            for name, values in rows.items()
        }
        found["won"] = found["won"].astype(bool)
        found["amount"] = np.maximum(found["amount"], 0.0)
        found["discount"] = np.zeros(len(found["order"]))
        return found

    def _quotations_query(self, company, age):
        return SQL(
            """
            WITH quotation AS MATERIALIZED (
                SELECT so.id, so.state, so.amount_untaxed, %(rate)s AS rate,
                       partner.commercial_partner_id AS client,
                       %(created)s AS sent, %(ordered)s AS ordered,
                       so.write_date AS written
                  FROM sale_order so
                  JOIN res_partner partner ON partner.id = so.partner_id
                 WHERE so.company_id = %(company)s
                   AND so.state IN ('draft', 'sent', 'sale', 'done', 'cancel')
            ), line AS (
                SELECT sol.order_id,
                       count(*) FILTER (WHERE %(added)s <= quotation.sent + %(age)s)::int AS lines
                  FROM quotation
                  JOIN sale_order_line sol ON sol.order_id = quotation.id
                 WHERE sol.display_type IS NULL
                   AND sol.is_downpayment IS NOT TRUE
                   AND sol.product_id IS NOT NULL
              GROUP BY sol.order_id
            ), change AS (
                SELECT message.res_id AS order_id, field.name, message.id,
                       %(changed)s AS day, value.old_value_float AS before
                  FROM mail_message message
                  JOIN mail_tracking_value value ON value.mail_message_id = message.id
                  JOIN ir_model_fields field ON field.id = value.field_id
                 WHERE message.model = 'sale.order'
                   AND field.name IN ('amount_untaxed', 'state')
                   AND message.res_id IN (SELECT id FROM quotation)
            ), later AS (
                SELECT DISTINCT ON (change.order_id) change.order_id, change.before
                  FROM change
                  JOIN quotation ON quotation.id = change.order_id
                 WHERE change.name = 'amount_untaxed'
                   AND change.day > quotation.sent + %(age)s
              ORDER BY change.order_id, change.id
            ), ended AS (
                SELECT order_id, max(day) AS day FROM change WHERE name = 'state' GROUP BY order_id
            )
            SELECT quotation.id, quotation.client, quotation.sent,
                   CASE WHEN quotation.state IN ('sale', 'done') THEN quotation.ordered
                        WHEN quotation.state = 'cancel' THEN
                             COALESCE(ended.day, %(written)s)
                        ELSE %(open)s END AS decided,
                   (quotation.state IN ('sale', 'done'))::int AS won,
                   (COALESCE(later.before, quotation.amount_untaxed, 0) / quotation.rate)::float8,
                   line.lines
              FROM quotation
              JOIN line ON line.order_id = quotation.id
         LEFT JOIN later ON later.order_id = quotation.id
         LEFT JOIN ended ON ended.order_id = quotation.id
             WHERE quotation.state NOT IN ('sale', 'done') OR quotation.ordered >= quotation.sent
          ORDER BY quotation.id
            """,
            company=company.id,
            age=age,
            open=OPEN,
            rate=self.env["ai.sales.extract"]._order_rate(),
            created=self._day_sql(company, SQL("so.create_date")),
            ordered=self._day_sql(company, SQL("so.date_order")),
            added=self._day_sql(company, SQL("sol.create_date")),
            changed=self._day_sql(company, SQL("message.date")),
            written=self._day_sql(company, SQL("quotation.written")),
        )

    @api.model
    def _day_sql(self, company, moment):
        """SQL of the company's day of a moment in UTC, a number since 1970."""
        zone = self.env["ai.sales.extract"]._zone_sql(company.id)
        return SQL(
            "((%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date - DATE '1970-01-01')", moment, zone
        )
