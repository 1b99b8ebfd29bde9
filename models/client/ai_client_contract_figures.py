"""What was agreed on beside what was bought in the running period of each contract.

    running period   the one that today lies in; the first one before it, the last one after it
    bought           confirmed orders of the client and its contacts on the period's days up to now,
                     in the contract's unit; what credit notes took back is deducted, as in
                     :mod:`.ai_sales_extract`
    expected         what was agreed on for the period, by the share of its days that are over

One statement, for one client or for all.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.compat_sql import convertible_sql

# A client is behind when less was bought than this share of what is expected by now.
BEHIND = 0.8


class AiClientContract(models.Model):
    _inherit = "ai.client.contract"

    period_start = fields.Date(compute="_compute_figures")
    period_end = fields.Date(compute="_compute_figures")
    agreed = fields.Float(
        compute="_compute_figures",
        digits="Product Unit of Measure",
        help="For the whole running period.",
    )
    expected = fields.Float(
        string="Expected by Now", compute="_compute_figures", digits="Product Unit of Measure"
    )
    bought = fields.Float(
        compute="_compute_figures",
        digits="Product Unit of Measure",
        help="In the running period, in the unit of the contract, refunds deducted.",
    )
    is_behind = fields.Boolean(compute="_compute_figures")
    is_due = fields.Boolean(compute="_compute_figures")
    is_overdue = fields.Boolean(compute="_compute_figures")

    @api.depends(
        "company_id",
        "commercial_partner_id",
        "state",
        "start_date",
        "months",
        "renewal_count",
        "notice_days",
        "product_id",
        "categ_id",
        "quantity",
        "quantity_per",
        "uom_id",
    )
    def _compute_figures(self):
        rows = {
            row["id"]: row for row in self._figures(SQL("contract.id = ANY(%s)", self._origin.ids))
        }
        for contract in self:
            row = rows.get(contract._origin.id, {})
            for name in ("period_start", "period_end"):
                contract[name] = row.get(name)
            for name in ("agreed", "expected", "bought"):
                contract[name] = row.get(name, 0.0)
            for name in ("is_behind", "is_due", "is_overdue"):
                contract[name] = row.get(name, False)

    @api.model
    def _figures_of_client(self, company, entity):
        """Figures of the running contracts of a commercial entity."""
        return self._figures(
            SQL(
                "contract.company_id = %s AND contract.commercial_partner_id = %s"
                " AND contract.state = 'running'",
                company.id,
                entity.id,
            )
        )

    @api.model
    def _figures(self, only):
        """Figures of contracts.

        only : SQL condition over contract. Returns list of dicts, the first to end on top: id,
        state, end_date, renewal, period_start, period_end, agreed, expected, bought, is_behind,
        is_due, is_overdue, and subject and uom, names in the user's language.
        """
        self.env.flush_all()
        self.env.cr.execute(self._figures_query(only))
        return self.env.cr.dictfetchall()

    def _figures_query(self, only):
        extract = self.env["ai.sales.extract"]
        return SQL(
            """
            WITH chosen AS (
                SELECT contract.*, zone.name AS zone,
                       (%(now)s AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date AS today
                  FROM ai_client_contract contract
            CROSS JOIN LATERAL (SELECT %(zone)s AS name) AS zone
                 WHERE %(only)s
            ),
            period AS (
                SELECT chosen.*, first.day AS period_start,
                       (chosen.start_date + make_interval(months => chosen.months * (place.n + 1))
                        - interval '1 day')::date AS period_end
                  FROM chosen
            CROSS JOIN LATERAL (
                       SELECT COALESCE(max(n), 0) AS n
                         FROM generate_series(0, chosen.renewal_count) AS n
                        WHERE chosen.start_date + make_interval(months => chosen.months * n)
                              <= chosen.today
                       ) AS place
            CROSS JOIN LATERAL (
                       SELECT (chosen.start_date
                               + make_interval(months => chosen.months * place.n))::date AS day
                       ) AS first
            ),
            figure AS (
                SELECT period.*,
                       period.quantity * CASE WHEN period.quantity_per = 'month'
                                              THEN period.months ELSE 1 END AS agreed,
                       GREATEST(0, LEAST(1, (period.today - period.period_start + 1)::numeric
                                            / (period.period_end - period.period_start + 1)))
                           AS passed,
                       COALESCE(bought.quantity, 0) AS bought
                  FROM period
             LEFT JOIN LATERAL (%(bought)s) AS bought ON TRUE
            )
            SELECT figure.id, figure.state, figure.end_date, figure.renewal,
                   figure.period_start, figure.period_end,
                   figure.agreed::float8 AS agreed,
                   (figure.agreed * figure.passed)::float8 AS expected,
                   figure.bought::float8 AS bought,
                   figure.bought < %(behind)s * figure.agreed * figure.passed AS is_behind,
                   figure.state = 'running' AND figure.due_date <= figure.today AS is_due,
                   figure.state = 'running' AND figure.end_date < figure.today AS is_overdue,
                   COALESCE(template.name ->> %(lang)s, template.name ->> 'en_US',
                            category.complete_name) AS subject,
                   COALESCE(uom.name ->> %(lang)s, uom.name ->> 'en_US') AS uom
              FROM figure
         LEFT JOIN product_product product ON product.id = figure.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN product_category category ON category.id = figure.categ_id
         LEFT JOIN uom_uom uom ON uom.id = figure.uom_id
          ORDER BY figure.end_date, figure.id
            """,
            now=fields.Datetime.now(),
            zone=extract._zone_sql(SQL("contract.company_id")),
            only=only,
            bought=self._bought_query(extract),
            behind=BEHIND,
            lang=self.env.lang or "en_US",
        )

    def _bought_query(self, extract):
        """SQL of what was bought in the period of one row of ``period``, in the contract's unit."""
        first, after = (
            SQL("(%s::timestamp AT TIME ZONE period.zone) AT TIME ZONE 'UTC'", moment)
            for moment in (SQL("period.period_start"), SQL("(period.period_end + 1)"))
        )
        return SQL(
            """
            SELECT sum((sol.product_uom_qty::float8
                        - GREATEST(0, invoice.refunded
                                      - GREATEST(0, invoice.invoiced
                                                    - sol.product_uom_qty::float8)))
                       * CASE WHEN line_uom.id = wanted_uom.id THEN 1
                              ELSE wanted_uom.factor::float8 / line_uom.factor::float8 END)
                       AS quantity
              FROM res_partner partner
              JOIN sale_order so ON so.partner_id = partner.id
              JOIN sale_order_line sol ON sol.order_id = so.id
              JOIN product_product product ON product.id = sol.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
              JOIN uom_uom wanted_uom ON wanted_uom.id = period.uom_id
         LEFT JOIN product_category category ON category.id = template.categ_id
         LEFT JOIN product_category above ON above.id = period.categ_id
         LEFT JOIN LATERAL (%(invoiced)s) AS invoice ON TRUE
             WHERE partner.commercial_partner_id = period.commercial_partner_id
               AND so.company_id = period.company_id
               AND so.state = 'sale'
               AND so.date_order >= %(first)s
               AND so.date_order < LEAST(%(after)s, %(now)s)
               AND (sol.product_id = period.product_id
                    OR starts_with(category.parent_path, above.parent_path))
               AND %(convertible)s
               AND %(lines)s
            """,
            first=first,
            after=after,
            now=fields.Datetime.now(),
            invoiced=extract._invoiced_where(SQL("order_line.id = sol.id")),
            convertible=convertible_sql("line_uom", "wanted_uom"),
            # What is free of charge under a contract counts, whatever a company's setting.
            lines=SQL(" AND ").join(extract._line_conditions(self.env["res.company"])),
        )
