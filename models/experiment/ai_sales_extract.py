"""What became of logged quotations: revenue net of refunds, lines, cost; and what clients bought
before."""

from odoo import api, fields, models
from odoo.tools import SQL

from .ai_exposure import OUTCOME_DAYS

# What a client ordered in so many days before its first quotation of an experiment.
BEFORE_DAYS = 120


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _line_refunds_query(self, orders):
        """Posted refunds by order line.

        orders : SQL of a query of ids of sale.order.
        Returns SQL of (order_line_id, date, amount): untaxed, in company currency, above zero. A
        credit note that names no order line goes to those of the invoice that it reverses: to the
        ones of the same product, else to all, by amount. One that reverses none belongs nowhere.
        """
        return SQL(
            """
            WITH link AS (
                SELECT rel.order_line_id, rel.invoice_line_id,
                       1.0 / COUNT(*) OVER (PARTITION BY rel.invoice_line_id) AS share
                  FROM sale_order_line_invoice_rel rel
                 WHERE rel.order_line_id IN (
                           SELECT id FROM sale_order_line WHERE order_id IN (%(orders)s))
            ), unlinked AS (
                SELECT credit.id, credit.balance, credit.product_id, note.reversed_entry_id,
                       COALESCE(note.invoice_date, note.date) AS date
                  FROM account_move_line credit
                  JOIN account_move note ON note.id = credit.move_id
                 WHERE note.move_type = 'out_refund'
                   AND note.state = 'posted'
                   AND credit.display_type = 'product'
                   AND note.reversed_entry_id IN (
                           SELECT line.move_id FROM link
                             JOIN account_move_line line ON line.id = link.invoice_line_id)
                   AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                                    WHERE rel.invoice_line_id = credit.id)
            ), candidate AS (
                SELECT unlinked.*, rel.order_line_id,
                       abs(line.balance) AS weight,
                       line.product_id = unlinked.product_id AS same,
                       bool_or(line.product_id = unlinked.product_id)
                           OVER (PARTITION BY unlinked.id) AS any_same
                  FROM unlinked
                  JOIN account_move_line line ON line.move_id = unlinked.reversed_entry_id
                                             AND line.display_type = 'product'
                  JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id
            ), taken AS (
                SELECT order_line_id, date, balance * weight
                       / NULLIF(SUM(weight) OVER (PARTITION BY id), 0) AS amount
                  FROM candidate
                 WHERE same OR any_same IS NOT TRUE
            )
            SELECT link.order_line_id, COALESCE(note.invoice_date, note.date) AS date,
                   credit.balance * link.share AS amount
              FROM link
              JOIN account_move_line credit ON credit.id = link.invoice_line_id
              JOIN account_move note ON note.id = credit.move_id
             WHERE note.move_type = 'out_refund'
               AND note.state = 'posted'
               AND credit.display_type = 'product'
         UNION ALL
            SELECT order_line_id, date, amount FROM taken WHERE amount IS NOT NULL
            """,
            orders=orders,
        )

    @api.model
    def _experiment_outcomes(self, experiment):
        """Quotations of an experiment whose days of revenue are over.

        Returns {name: list of n}, in the order of exposure: unit (str), arm (str), day (date),
        before (float, None for clients without orders), revenue (float, net of refunds of the same
        days), lines (int), won (bool), cost (float, of what was sold, at today's cost).
        """
        self._flush_for_outcomes()
        self.env.cr.execute(self._outcomes_query(experiment))
        rows = self.env.cr.dictfetchall()
        costs = self._outcome_costs(experiment)
        columns = {
            name: [row[name] for row in rows]
            for name in ("unit", "arm", "day", "before", "revenue", "lines", "won")
        }
        return {**columns, "cost": [costs.get(row["id"], 0.0) for row in rows]}

    @api.model
    def _flush_for_outcomes(self):
        for name in ("sale.order", "sale.order.line", "account.move", "account.move.line"):
            self.env[name].flush_model()

    @api.model
    def _exposures_query(self, experiment):
        """Those whose days are over; first_at : when their client first had suggestions."""
        return SQL(
            """
            SELECT exposure.*,
                   MIN(exposure.exposed_at) OVER (PARTITION BY exposure.unit) AS first_at
              FROM ai_exposure exposure
             WHERE exposure.experiment_id = %(experiment)s
               AND exposure.exposed_at <= %(now)s - %(days)s * interval '1 day'
            """,
            experiment=experiment.id,
            now=fields.Datetime.now(),
            days=OUTCOME_DAYS,
        )

    @api.model
    def _sold_lines_query(self):
        """Lines of exposures' orders that were confirmed in their days, over exposure."""
        return SQL(
            """
              FROM exposure
              JOIN sale_order so
                ON so.id = exposure.order_id
               AND so.state IN ('sale', 'done')
               AND so.date_order <= exposure.exposed_at + %(days)s * interval '1 day'
              JOIN sale_order_line line
                ON line.order_id = so.id
               AND line.display_type IS NULL
               AND line.is_downpayment IS NOT TRUE
            """,
            days=OUTCOME_DAYS,
        )

    @api.model
    def _outcomes_query(self, experiment):
        return SQL(
            """
            WITH exposure AS MATERIALIZED (%(exposures)s),
            refund AS MATERIALIZED (%(refunds)s),
            returned AS MATERIALIZED (
                SELECT exposure.id, SUM(refund.amount) AS amount
                  FROM refund
                  JOIN sale_order_line line ON line.id = refund.order_line_id
                  JOIN exposure ON exposure.order_id = line.order_id
                 WHERE refund.date <= exposure.exposed_at + %(days)s * interval '1 day'
              GROUP BY exposure.id
            ), sold AS MATERIALIZED (
                SELECT exposure.id, COUNT(*) AS lines,
                       SUM(line.price_subtotal / %(rate)s) AS amount
                %(sold)s
              GROUP BY exposure.id
            ), earlier AS MATERIALIZED (
                SELECT client.unit, AVG(so.amount_untaxed / %(rate)s) AS amount
                  FROM (SELECT DISTINCT unit, partner_id, first_at FROM exposure) client
                  JOIN res_partner contact ON contact.commercial_partner_id = client.partner_id
                  JOIN sale_order so
                    ON so.partner_id = contact.id
                   AND so.company_id = %(company)s
                   AND so.state IN ('sale', 'done')
                   AND so.date_order < client.first_at
                   AND so.date_order >= client.first_at - %(before)s * interval '1 day'
              GROUP BY client.unit
            )
            SELECT exposure.id, exposure.unit, exposure.arm,
                   exposure.exposed_at::date AS day,
                   earlier.amount::float8 AS before,
                   (COALESCE(sold.amount, 0)
                    - CASE WHEN sold.id IS NULL THEN 0 ELSE COALESCE(returned.amount, 0) END
                   )::float8 AS revenue,
                   COALESCE(sold.lines, 0) AS lines,
                   sold.id IS NOT NULL AS won
              FROM exposure
         LEFT JOIN sold ON sold.id = exposure.id
         LEFT JOIN returned ON returned.id = exposure.id
         LEFT JOIN earlier ON earlier.unit = exposure.unit
          ORDER BY exposure.exposed_at, exposure.id
            """,
            exposures=self._exposures_query(experiment),
            refunds=self._line_refunds_query(SQL("SELECT order_id FROM exposure")),
            sold=self._sold_lines_query(),
            rate=self._order_rate(),
            days=OUTCOME_DAYS,
            company=experiment.company_id.id,
            before=BEFORE_DAYS,
        )

    @api.model
    def _outcome_costs(self, experiment):
        """{id of an exposure: cost of what it sold}, archived products too."""
        self.env.cr.execute(
            SQL(
                """
                WITH exposure AS (%(exposures)s)
                SELECT exposure.id, line.product_id,
                       SUM(line.product_uom_qty / line_uom.factor * own_uom.factor)::float8
                       AS quantity
                %(sold)s
                  JOIN uom_uom line_uom ON line_uom.id = line.product_uom
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom own_uom ON own_uom.id = template.uom_id
              GROUP BY exposure.id, line.product_id
                """,
                exposures=self._exposures_query(experiment),
                sold=self._sold_lines_query(),
            )
        )
        rows = self.env.cr.fetchall()
        products = self.env["product.product"].with_company(experiment.company_id)
        products = products.browse({product for _exposure, product, _quantity in rows})
        unit_costs = {product.id: product.standard_price for product in products}
        costs = {}
        for exposure, product, quantity in rows:
            costs[exposure] = costs.get(exposure, 0.0) + quantity * unit_costs[product]
        return costs
