"""The one statement that ranks the suggestions of a quotation.

    manual rules, strongest first
    affinity to the basket + the customer's history and rhythm + what similar customers buy +
        popularity, highest score first
    other rules that the basket fires, for products the affinities do not know
    a few popular products of the categories of the basket or of the client; all that there is room
        for, of any category, where popularity did better in the back-test

What the user may see is decided inside: Odoo's own record rules on recommendation rules and
products become part of the statement, so that a limit never cuts off what may be seen in favour of
what may not.
"""

from odoo import api, models
from odoo.tools import SQL

from .ai_suggestion import FIRED, MANUAL, POPULAR, RANKED

# A product of the basket may fire several rules for one product; so many times the wanted number of
# rules are looked at for each.
DEPTH = 2
NO_HISTORY = SQL(
    """
    SELECT NULL::int4 AS product_id, NULL::int8 AS order_count, NULL::bool AS is_partial,
           NULL::float8 AS usual_quantity
     WHERE false
    """
)
NO_PRODUCTS = SQL("SELECT NULL::int4 AS product_id WHERE false")
NO_CUSTOMER = SQL(
    """
    SELECT NULL::int4 AS product_id, NULL::varchar AS kind, NULL::float8 AS score,
           NULL::int4[] AS because, NULL::int4 AS purchase_count, NULL::float8 AS interval_days,
           NULL::date AS last_date, NULL::date AS due_date, NULL::float8 AS typical_quantity,
           NULL::bool AS is_due
     WHERE false
    """
)


class AiSuggestion(models.AbstractModel):
    _inherit = "ai.suggestion"

    @api.model
    def _rank(self, order, basket, limit):
        """The products to suggest, best first, in one query.

        order : sale.order, saved or not; basket : product.product on its lines; limit : int.
        Returns list of dicts, at most ``limit`` of what something speaks for, and behind it SPARE
        times as many popular ones as there may be: product_id; tier (MANUAL, RANKED, FIRED or
        POPULAR); rule_id, the rule that explains it, or None; because, up to three products of the
        basket, or of the customer where ``offer_kind`` is "similar", that speak for it, or None;
        order_count, earlier orders of this customer with it, or None, and is_partial, whether the
        user's own alone were counted; offer_kind, "reorder" where it is due for the customer,
        "similar" or None; purchase_count, interval_days, last_date and due_date of a reorder;
        usual_quantity, what this customer takes, and typical_quantity, what any customer takes at a
        time, in the product's own unit, or None.
        """
        company = order.company_id or self.env.company
        self.env.flush_all()
        self.env.cr.execute(self._rank_query(company, order, basket, limit))
        return self.env.cr.dictfetchall()

    def _rank_query(self, company, order, basket, limit):
        taken = basket.ids + order.ai_dismissed_product_ids._origin.ids
        history, dismissed, customer = NO_HISTORY, NO_PRODUCTS, NO_CUSTOMER
        partner = order.partner_id._origin or order.partner_id
        if partner:
            history = self._history_query(company, partner)
            dismissed = self._dismissed_query(company, partner)
            customer = self._customer_query(company, partner)
        return SQL(
            """
            WITH model AS (%(model)s),
                 history AS MATERIALIZED (%(history)s),
                 dismissed AS MATERIALIZED (%(dismissed)s),
                 customer AS MATERIALIZED (%(customer)s),
                 ranked AS (%(ranked)s),
                 fired AS (%(fired)s),
                 chosen AS (
                     SELECT COALESCE(ranked.product_id, fired.product_id) AS product_id,
                            CASE WHEN fired.strength >= 1 THEN %(manual)s
                                 WHEN ranked.product_id IS NOT NULL THEN %(by_score)s
                                 ELSE %(by_rule)s END AS tier,
                            ranked.score, fired.strength, fired.id AS rule_id,
                            ranked.because, ranked.offer_kind
                       FROM ranked
                  FULL JOIN fired ON fired.product_id = ranked.product_id
                 ),
                 best AS (
                     SELECT *,
                            row_number() OVER (
                                ORDER BY tier,
                                         CASE WHEN tier = %(by_score)s THEN score ELSE strength END
                                             DESC,
                                         product_id
                            ) AS place
                       FROM chosen
                   ORDER BY place
                      LIMIT %(limit)s
                 ),
                 popular AS (%(popular)s)
          SELECT best.product_id, best.tier, COALESCE(best.rule_id, reason.id) AS rule_id,
                 best.because, history.order_count, history.is_partial, best.offer_kind,
                 rhythm.purchase_count, rhythm.interval_days, rhythm.last_date, rhythm.due_date,
                 history.usual_quantity,
                 COALESCE(rhythm.typical_quantity, typical.typical_quantity) AS typical_quantity,
                 best.place
            FROM best
       LEFT JOIN LATERAL (%(reason)s) reason ON best.rule_id IS NULL
       LEFT JOIN customer rhythm
              ON rhythm.product_id = best.product_id
             AND rhythm.kind = 'reorder'
             AND best.offer_kind = 'reorder'
       LEFT JOIN history ON history.product_id = best.product_id
       LEFT JOIN ai_product_affinity typical
              ON typical.product_id = best.product_id
             AND typical.company_id = %(company)s
       UNION ALL
          SELECT popular.product_id, %(as_popular)s, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                 NULL, NULL, history.usual_quantity, popular.typical_quantity,
                 %(limit)s + popular.place
            FROM popular
       LEFT JOIN history ON history.product_id = popular.product_id
        ORDER BY place
            """,
            model=self._model_query(company),
            history=history,
            dismissed=dismissed,
            customer=customer,
            ranked=self._ranked_query(company, basket, taken, limit),
            fired=self._fired_query(company, basket, taken, limit),
            popular=self._popular_query(company, basket, taken, limit),
            reason=self._reason_query(company, basket),
            company=company.id,
            manual=MANUAL,
            by_score=RANKED,
            by_rule=FIRED,
            as_popular=POPULAR,
            limit=limit,
        )

    def _ranked_query(self, company, basket, taken, limit):
        """Products by score, see ``algorithms.suggestion.recommender``; a test compares the two.

        What speaks for a product is put together by grouping and not by joins: PostgreSQL expects
        three neighbours where a long quotation has thousands, and compares each with each.
        """
        return SQL(
            """
            WITH affinity AS (
                SELECT near.product_id, sum(near.weight) AS score,
                       (array_agg(source.product_id ORDER BY near.weight DESC, source.product_id)
                           FILTER (WHERE near.proven))[1:3] AS because
                  FROM ai_product_affinity source
            CROSS JOIN LATERAL unnest(
                           source.neighbour_ids, source.weights, source.proven,
                           source.customer_counts
                       ) AS near (product_id, weight, proven, customers)
                 WHERE source.company_id = %(company)s
                   AND source.product_id = ANY(%(basket)s)
                   AND near.customers >= %(least_customers)s
                   -- A pair rule that a manager switched off takes the affinity with it.
                   AND NOT EXISTS (
                       SELECT FROM ai_recommendation_rule off
                        WHERE off.company_id = %(company)s
                          AND NOT off.active
                          AND off.antecedent_key = source.product_id::varchar
                          AND off.consequent_id = near.product_id)
              GROUP BY near.product_id
            ),
            reasons AS (
                SELECT product_id, score AS affinity, because, NULL::int8 AS order_count,
                       NULL::float8 AS reorder, NULL::bool AS is_due, NULL::float8 AS alike,
                       NULL::int4[] AS alike_because, NULL::bool AS is_alike
                  FROM affinity
             UNION ALL
                SELECT product_id, NULL, NULL, order_count, NULL, NULL, NULL, NULL, NULL
                  FROM history
             UNION ALL
                SELECT product_id, NULL, NULL, NULL,
                       CASE WHEN kind = 'reorder' THEN score END,
                       CASE WHEN kind = 'reorder' THEN is_due END,
                       CASE WHEN kind = 'similar' THEN score END,
                       CASE WHEN kind = 'similar' THEN because END,
                       kind = 'similar'
                  FROM customer
            ),
            candidates AS (
                SELECT product_id, max(affinity) AS affinity, max(because) AS because,
                       max(order_count) AS order_count, max(reorder) AS reorder,
                       bool_or(is_due) AS is_due, max(alike) AS alike,
                       max(alike_because) AS alike_because, bool_or(is_alike) AS is_alike
                  FROM reasons
                 WHERE product_id <> ALL(%(taken)s)
              GROUP BY product_id
            ),
            scored AS (
                SELECT product_id, COALESCE(because, alike_because) AS because,
                       CASE WHEN is_due THEN 'reorder'
                            WHEN because IS NULL AND is_alike THEN 'similar' END AS offer_kind,
                       CASE WHEN because IS NOT NULL OR order_count > 0
                                 OR model.proven_only IS NOT TRUE
                            THEN COALESCE(affinity, 0) ELSE 0 END
                       + model.history_weight * ln(1 + COALESCE(order_count, 0))
                       + model.popularity_weight * COALESCE(target.popularity, 0)
                       + model.reorder_weight * COALESCE(reorder, 0)
                       + model.factor_weight * COALESCE(alike, 0) AS score
                  FROM candidates
             LEFT JOIN (
                       SELECT product_id, popularity
                         FROM ai_product_affinity
                        WHERE company_id = %(company)s
                       ) target USING (product_id)
            CROSS JOIN model
                 WHERE model.is_shown
            )
            SELECT scored.*
              FROM scored
             WHERE score > 0 AND %(is_offered)s
          ORDER BY score DESC, product_id
             LIMIT %(limit)s
            """,
            company=company.id,
            basket=basket.ids,
            taken=taken,
            least_customers=0 if self._sees_all_documents() else company.ai_min_customers,
            is_offered=self._is_offered(company, SQL("scored.product_id")),
            limit=limit,
        )

    def _fired_query(self, company, basket, taken, limit):
        """The strongest rule for each product, out of the rules that the basket fires."""
        rule = SQL.identifier("ai_recommendation_rule")
        return SQL(
            """
            SELECT DISTINCT ON (product_id) product_id, id, strength
              FROM unnest(%(basket)s::int4[]) AS basket (antecedent_id)
        CROSS JOIN LATERAL (
                SELECT %(rule)s.consequent_id AS product_id, %(rule)s.id, %(rule)s.strength
                  FROM %(rule_from)s
                 WHERE %(rule_where)s
                   AND %(rule)s.antecedent_id = basket.antecedent_id
                   AND %(rule)s.consequent_id <> ALL(%(taken)s)
                   AND (%(rule)s.strength >= 1 OR EXISTS (SELECT FROM model WHERE is_shown))
                   AND %(is_offered)s
              ORDER BY %(rule)s.strength DESC, %(rule)s.consequent_id
                 LIMIT %(depth)s
                   ) rules
          ORDER BY product_id, strength DESC, id
            """,
            **self._rule_parts(company, basket),
            basket=basket.ids,
            taken=taken,
            rule=rule,
            is_offered=self._is_offered(company, SQL("%s.consequent_id", rule)),
            depth=DEPTH * limit,
        )

    def _reason_query(self, company, basket):
        """The rule that explains a product which was chosen by its score."""
        rule = SQL.identifier("ai_recommendation_rule")
        return SQL(
            """
            SELECT %(rule)s.id
              FROM %(rule_from)s
             WHERE %(rule_where)s
               AND %(rule)s.consequent_id = best.product_id
               AND %(rule)s.antecedent_id = ANY(%(basket)s)
          ORDER BY %(rule)s.strength DESC, %(rule)s.id
             LIMIT 1
            """,
            **self._rule_parts(company, basket),
            basket=basket.ids,
            rule=rule,
        )

    def _rule_parts(self, company, basket):
        """FROM and WHERE of the rules of a company that the user sees and the basket fires."""
        query = self.env["ai.recommendation.rule"]._search([("company_id", "=", company.id)])
        fires = SQL(
            "(antecedent_size = 1 OR string_to_array(antecedent_key, ',')::int4[] <@ %s)",
            basket.ids,
        )
        # Odoo 19 writes "active IS TRUE", which no index on active rules is used for.
        active = SQL("%s.active", SQL.identifier("ai_recommendation_rule"))
        return {
            "rule_from": query.from_clause,
            "rule_where": SQL("%s AND %s AND %s", query.where_clause, active, fires),
        }

    def _model_query(self, company):
        """The latest training: its weights, and whether salespeople see what it learned."""
        return SQL(
            """
            SELECT history_weight, popularity_weight, proven_only,
                   COALESCE(reorder_weight, 0) AS reorder_weight,
                   COALESCE(factor_weight, 0) AS factor_weight,
                   (is_beaten IS NOT TRUE OR %(insist)s) AS is_shown
              FROM ai_training_result_rules result
              JOIN ai_training_run run ON run.id = result.run_id
             WHERE result.company_id = %(company)s AND run.state = 'done'
          ORDER BY run.id DESC
             LIMIT 1
            """,
            company=company.id,
            insist=company.ai_show_beaten,
        )

    @api.model
    def _is_trained(self, company, kind="rules"):
        """Whether anything has been learned for a company by a kind of training."""
        self.env.cr.execute(
            "SELECT EXISTS (SELECT FROM ai_training_run"
            " WHERE company_id = %s AND kind = %s AND state = 'done')",
            [company.id, kind],
        )
        return self.env.cr.fetchone()[0]
