"""The statement that ranks the offers for a customer, and the part of it that quotations share.

The rhythm of a customer and what similar customers buy are learned from all orders. Call center
operators and who sees everybody's documents see them all; a salesperson who sees only own
documents sees what :mod:`.ai_sales_extract_history` tells: a rhythm of at least three purchases, or
of own ones, and products that are offered because of those that it tells of.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from .ai_popular_product import SCOPES


class AiSuggestion(models.AbstractModel):
    _inherit = "ai.suggestion"

    @api.model
    def _rank_offers(self, company, partner, limit, spare=0):
        """The products to offer a customer, best first, in one query.

        limit : int, how many are wanted; spare : int, how many more to return in case that some of
        them are not shown.
        Returns list of dicts with the columns of ``_rank`` and scope, scope_id, customer_count.
        """
        self.env.flush_all()
        self.env.cr.execute(self._offers_query(company, partner, limit, spare))
        return self.env.cr.dictfetchall()

    def _offers_query(self, company, partner, limit, spare):
        return SQL(
            """
            WITH history AS MATERIALIZED (%(history)s),
                 dismissed AS MATERIALIZED (%(dismissed)s),
                 customer AS MATERIALIZED (%(customer)s),
                 popular AS (%(popular)s),
                 model AS (
                     SELECT similar_first
                       FROM ai_training_result_customers result
                       JOIN ai_training_run run ON run.id = result.run_id
                      WHERE result.company_id = %(company)s AND run.state = 'done'
                   ORDER BY run.id DESC
                      LIMIT 1
                 ),
                 offers AS (
                     SELECT customer.product_id, customer.kind AS offer_kind,
                            CASE customer.kind WHEN 'reorder' THEN 0 ELSE 2 END AS turn,
                            score, because, purchase_count, interval_days, last_date, due_date,
                            typical_quantity, NULL AS scope, NULL AS scope_id, customer_count
                       FROM customer
                      WHERE kind = 'similar' OR is_due
                  UNION ALL
                     SELECT product_id, 'popular',
                            CASE WHEN (SELECT similar_first FROM model) THEN 3 ELSE 1 END,
                            -(1000.0 * priority + rank), NULL, 0, 0, NULL, NULL,
                            typical_quantity, scope, scope_id, customer_count
                       FROM popular
                 ),
                 -- A product that is popular and bought by similar customers is shown once.
                 single AS (
                     SELECT DISTINCT ON (product_id) *
                       FROM offers
                   ORDER BY product_id, turn
                 ),
                 offered AS (
                     SELECT single.*, NULL AS rule_id, NULL AS order_count,
                            NULL AS is_partial, history.usual_quantity,
                            row_number() OVER (
                                PARTITION BY turn ORDER BY score DESC, single.product_id
                            ) AS place
                       FROM single
                  LEFT JOIN history ON history.product_id = single.product_id
                      WHERE %(is_offered)s
                 )
          SELECT *
            FROM offered
        -- A regular client is due for so much that nothing new would ever be offered.
        ORDER BY turn = 0 AND place > %(most_due)s, turn, place
           LIMIT %(most)s
            """,
            history=self._history_query(company, partner),
            dismissed=self._dismissed_query(company, partner),
            customer=self._customer_query(company, partner),
            popular=self._popular_near_query(company, partner),
            company=company.id,
            is_offered=self._is_offered(company, SQL("single.product_id")),
            most_due=limit - limit // 3,
            most=limit + spare,
        )

    def _history_query(self, company, partner):
        return self.env["ai.sales.extract"]._customer_history_query(company, partner)

    def _dismissed_query(self, company, partner):
        return self.env["ai.customer.dismissal"]._active_query(
            company, partner.commercial_partner_id
        )

    def _customer_query(self, company, partner):
        """What was learned of a customer, but for what was dismissed.

        Belongs into a statement with ``history`` and ``dismissed``. ``is_due`` is whether a rhythm
        is worth an offer today.
        """
        today = self.env["ai.sales.extract"]._local_now(company).date()
        return SQL(
            """
            SELECT offer.product_id, offer.kind, offer.score, offer.because, offer.customer_count,
                   offer.purchase_count, offer.interval_days, offer.last_date, offer.due_date,
                   offer.typical_quantity::float8 AS typical_quantity,
                   COALESCE(%(today)s BETWEEN offer.offer_from AND offer.offer_until, false)
                       AS is_due
              FROM ai_customer_recommendation offer
             WHERE offer.company_id = %(company)s
               AND offer.partner_id = %(customer)s
               AND offer.product_id NOT IN (SELECT product_id FROM dismissed)
               AND %(is_visible)s
            """,
            today=today,
            company=company.id,
            customer=partner.commercial_partner_id.id,
            is_visible=self._customer_is_visible(),
        )

    def _customer_is_visible(self):
        if self._sees_all_documents() or self.env.user.has_group(
            "smart_recommender.group_call_operator"
        ):
            return SQL("TRUE")
        return SQL(
            """
            CASE offer.kind
                 WHEN 'reorder'
                 THEN EXISTS (SELECT
                                FROM history
                               WHERE history.product_id = offer.product_id
                                 AND history.order_count >= offer.purchase_count)
                 ELSE offer.because <@ (SELECT array_agg(product_id) FROM history)
             END
            """
        )

    def _popular_near_query(self, company, partner):
        """Popular products of the nearest scope of a customer that knows each.

        Not those that the customer buys at a rhythm: they have their own day.
        """
        scopes = self._scopes_of(company, partner)
        return SQL(
            """
            SELECT DISTINCT ON (popular.product_id) popular.product_id, near.priority,
                   popular.rank, popular.scope, popular.scope_id, popular.customer_count,
                   popular.typical_quantity::float8 AS typical_quantity
              FROM unnest(%(scopes)s, %(ids)s, %(priorities)s)
                       AS near (scope, scope_id, priority)
              JOIN ai_popular_product popular
                ON popular.company_id = %(company)s
               AND popular.scope = near.scope
               AND popular.scope_id = near.scope_id
             WHERE popular.customer_count >= %(least_customers)s
               AND popular.product_id NOT IN (SELECT product_id FROM dismissed)
               AND popular.product_id NOT IN (
                       SELECT product_id FROM customer WHERE kind = 'reorder')
          ORDER BY popular.product_id, near.priority, popular.rank
            """,
            scopes=[scope for scope, _id in scopes],
            ids=[scope_id for _scope, scope_id in scopes],
            priorities=[SCOPES.index(scope) for scope, _id in scopes],
            company=company.id,
            least_customers=company.ai_min_customers,
        )

    @api.model
    def _scopes_of(self, company, partner):
        """[(scope, id)] of a customer, those of the contact and of the commercial entity."""
        entity = partner.commercial_partner_id
        return [
            *(("category", tag) for tag in (partner | entity).category_id.ids),
            *(("state", state) for state in (partner.state_id or entity.state_id).ids),
            *(("country", country) for country in (partner.country_id or entity.country_id).ids),
            ("company", company.id),
        ]

    @api.model
    def _prepare_rhythm(self, row):
        """The rhythm of a product that is due for reorder, as plain values."""
        today = self.env["ai.sales.extract"]._local_now(self.env.company).date()
        return {
            "purchase_count": row["purchase_count"],
            "interval_days": row["interval_days"],
            "last_date": fields.Date.to_string(row["last_date"]),
            "due_date": fields.Date.to_string(row["due_date"]),
            "overdue_days": (today - row["due_date"]).days,
        }
