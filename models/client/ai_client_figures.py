"""The figures of clients: one statement reads them, for all clients of a company or for one.

A daily job writes what has changed, and only that, in a transaction for each company. Nothing is
written to partners, which people edit meanwhile.
"""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

JOB = "smart_recommender.ir_cron_client_figures"
# What the statement finds, in the order of its columns.
FIGURES = (
    "status",
    "first_order_date",
    "last_order_date",
    "order_count",
    "revenue_7",
    "revenue_30",
    "revenue_365",
    "balance",
    "overdue_amount",
    "overdue_count",
    "overdue_since",
    "due_product_count",
    "due_margin",
    "client_since",
    "last_call_date",
    "last_contact_date",
    "country_id",
    "state_id",
    "city",
    "operator_id",
)


class AiClient(models.Model):
    _inherit = "ai.client"

    @api.model
    def _cron_refresh(self):
        """Compute the figures of every company; one that fails leaves the others alone."""
        companies = self.env["res.company"].search([("ai_enabled", "=", True)])
        self._each_company(companies, "_refresh", JOB)

    @api.model
    def _figures_of(self, company, partner):
        """The figures of one client as they are now, {column: value}, without writing them.

        Empty where the commercial entity has neither ordered nor owed nor called.
        """
        self.env.flush_all()
        self.env.cr.execute(self._figures_query(company, partner.commercial_partner_id))
        row = self.env.cr.dictfetchone()
        return row or {}

    @api.model
    def _refresh(self, company, partners=None):
        """Write the figures that have changed.

        partners : res.partner, commercial entities; None for all clients of the company.
        Returns the number of rows that were written.
        """
        self.env.flush_all()
        cr = self.env.cr
        columns = SQL(", ").join(SQL.identifier(name) for name in FIGURES)
        cr.execute(
            SQL(
                """
                INSERT INTO ai_client AS client
                            (company_id, partner_id, %(columns)s,
                             status_since, create_uid, create_date, write_uid, write_date)
                     SELECT %(company)s, partner_id, %(columns)s,
                            %(today)s, %(uid)s, now() AT TIME ZONE 'UTC',
                            %(uid)s, now() AT TIME ZONE 'UTC'
                       FROM (%(figures)s) AS figures
                ON CONFLICT (company_id, partner_id) DO UPDATE
                        SET (%(columns)s, status_since, write_uid, write_date) = (
                            SELECT %(new)s,
                                   CASE WHEN client.status = excluded.status
                                             AND client.status_since IS NOT NULL
                                        THEN client.status_since
                                        ELSE excluded.status_since END,
                                   excluded.write_uid, excluded.write_date)
                      WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
                         OR client.status_since IS NULL
                """,
                company=company.id,
                columns=columns,
                new=SQL(", ").join(SQL("excluded.%s", SQL.identifier(n)) for n in FIGURES),
                old=SQL(", ").join(SQL("client.%s", SQL.identifier(n)) for n in FIGURES),
                figures=self._figures_query(company, partners),
                today=self.env["ai.sales.extract"]._local_now(company).date(),
                uid=self.env.uid,
            )
        )
        written = cr.rowcount
        self._refresh_categories(company, partners)
        if partners is None:
            self._refresh_together(company)
        self.env.invalidate_all()
        return written

    def _refresh_categories(self, company, partners):
        """Make the stored categories those of the partners; None for all clients."""
        relation = self._fields["category_ids"]
        only = self.env["ai.sales.extract"]._only(SQL("partner_id"), partners)
        wanted = SQL(
            """
            SELECT client.id, tag.category_id
              FROM ai_client client
              JOIN res_partner_res_partner_category_rel tag ON tag.partner_id = client.partner_id
             WHERE client.company_id = %s AND %s
            """,
            company.id,
            self.env["ai.sales.extract"]._only(SQL("client.partner_id"), partners),
        )
        table, mine, theirs = (
            SQL.identifier(name) for name in (relation.relation, relation.column1, relation.column2)
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s IN (SELECT id FROM ai_client WHERE company_id = %s AND %s)"
                " AND (%s, %s) NOT IN (%s)",
                table,
                mine,
                company.id,
                only,
                mine,
                theirs,
                wanted,
            )
        )
        self.env.cr.execute(
            SQL("INSERT INTO %s (%s, %s) %s ON CONFLICT DO NOTHING", table, mine, theirs, wanted)
        )

    def _figures_query(self, company, partners=None):
        """SQL of the figures: partner_id and the columns of FIGURES.

        partners : res.partner, the commercial entities that are wanted; None for all.
        """
        extract = self.env["ai.sales.extract"]
        today = extract._local_now(company).date()
        return SQL(
            """
            WITH orders AS (%(orders)s),
                 owed AS (%(owed)s),
                 due AS (%(due)s),
                 called AS (%(called)s),
                 contacted AS (%(contacted)s),
                 contract AS (%(contracts)s),
                 known AS (
                     SELECT partner_id FROM orders
                      UNION
                     SELECT partner_id FROM owed
                      UNION
                     SELECT partner_id FROM called
                      UNION
                     SELECT partner_id FROM ai_client WHERE company_id = %(company)s
                 )
            SELECT partner.id AS partner_id,
                   CASE WHEN row.is_suspended THEN 'suspended'
                        WHEN owed.overdue_amount > %(rounding)s THEN 'overdue'
                        WHEN COALESCE(orders.last_order_date, partner.create_date::date)
                             < %(dormant_before)s THEN 'dormant'
                        ELSE 'active' END AS status,
                   orders.first_order_date, orders.last_order_date,
                   COALESCE(orders.order_count, 0)::int4 AS order_count,
                   COALESCE(orders.revenue_7, 0) AS revenue_7,
                   COALESCE(orders.revenue_30, 0) AS revenue_30,
                   COALESCE(orders.revenue_365, 0) AS revenue_365,
                   COALESCE(owed.balance, 0) AS balance,
                   GREATEST(COALESCE(owed.overdue_amount, 0), 0) AS overdue_amount,
                   CASE WHEN owed.overdue_amount > %(rounding)s THEN owed.overdue_count
                        ELSE 0 END::int4 AS overdue_count,
                   CASE WHEN owed.overdue_amount > %(rounding)s THEN owed.overdue_since
                        END AS overdue_since,
                   COALESCE(due.due_product_count, 0)::int4 AS due_product_count,
                   COALESCE(due.due_margin, 0) AS due_margin,
                   LEAST(orders.first_order_date, contract.contract_date) AS client_since,
                   called.last_call_date,
                   GREATEST(called.last_call_date, contacted.last_contact_date,
                            orders.last_order_at) AS last_contact_date,
                   partner.country_id, partner.state_id, partner.city,
                   partner.ai_operator_id AS operator_id
              FROM known
              JOIN res_partner partner ON partner.id = known.partner_id
         LEFT JOIN ai_client row
                ON row.partner_id = partner.id AND row.company_id = %(company)s
         LEFT JOIN orders ON orders.partner_id = partner.id
         LEFT JOIN owed ON owed.partner_id = partner.id
         LEFT JOIN due ON due.partner_id = partner.id
         LEFT JOIN called ON called.partner_id = partner.id
         LEFT JOIN contacted ON contacted.partner_id = partner.id
         LEFT JOIN contract ON contract.partner_id = partner.id
             WHERE %(only)s
            """,
            orders=extract._client_orders_query(company, today, partners),
            owed=extract._client_owed_query(company, today, partners),
            due=self._due_query(company, today, partners),
            called=self._called_query(company, partners),
            contacted=self._contacted_query(company, partners),
            contracts=self._contracts_query(company, partners),
            company=company.id,
            rounding=company.currency_id.rounding / 2,
            dormant_before=today - timedelta(days=company.ai_dormant_days),
            only=extract._only(SQL("partner.id"), partners),
        )

    def _called_query(self, company, partners):  # noqa: ARG002 (who extends it wants them)
        """SQL: partner_id and last_call_date, of nobody where no calls are kept: to be extended."""
        return SQL("SELECT NULL::int4 AS partner_id, NULL::timestamp AS last_call_date WHERE false")

    def _contacted_query(self, company, partners):  # noqa: ARG002 (who extends it wants them)
        """SQL: partner_id and last_contact_date (UTC) other than by calls and orders, of nobody
        where none is kept: to be extended."""
        return SQL(
            "SELECT NULL::int4 AS partner_id, NULL::timestamp AS last_contact_date WHERE false"
        )

    def _contracts_query(self, company, partners):
        """SQL: partner_id and contract_date, the start of its first contract."""
        return SQL(
            """
            SELECT commercial_partner_id AS partner_id, min(start_date) AS contract_date
              FROM ai_client_contract
             WHERE company_id = %s AND %s
          GROUP BY commercial_partner_id
            """,
            company.id,
            self.env["ai.sales.extract"]._only(SQL("commercial_partner_id"), partners),
        )
