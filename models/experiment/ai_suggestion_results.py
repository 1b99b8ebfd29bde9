"""The page *Suggestions: Results*: attributed revenue and what experiments found, side by side."""

from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.rights import check_group
from ..suggestion.sale_order_line import KINDS
from .ai_experiment_result import FIGURES

# Ranks from here on are one row.
LAST_RANK = 8
MOST_DAYS = 3650


class AiSuggestionResults(models.AbstractModel):
    _name = "ai.suggestion.results"
    _description = "Results of Suggestions"

    @api.model
    def get_results(self, days=90, experiment_id=None):
        """What the page shows of the user's company.

        days : int, of the period up to now; experiment_id : int, the one to show, without it the
        one that runs or ended last.
        Returns a JSON-ready dict:

        company : {"id", "name"}; currency_id; date_from, date_to : ISO dates.
        attributed : {"revenue", "gross", "refunded", "peer", "order_count", "line_count",
            "order_revenue" (of all confirmed orders of the period)}.
        kinds, ranks : uptake, see ``_uptake``.
        unplaced_refunds : credit notes of the period that name no order, in company currency.
        experiments : [{"id", "name", "state"}], newest first; experiment : see ``_experiment``, or
            None.
        Raises AccessError for all but managers, UserError for days below 1 or above 3650.
        """
        self._check_manager()
        if not 1 <= days <= MOST_DAYS:
            raise UserError(_("Give a period from 1 to %s days.", MOST_DAYS))
        company = self.env.company
        self.env["ai.sales.extract"]._flush_for_outcomes()
        start = fields.Datetime.now() - timedelta(days=days)
        experiments = self.env["ai.experiment"].search(
            [("company_id", "=", company.id), ("state", "!=", "draft")]
        )
        kinds, ranks = self._uptake(company, start)
        chosen = experiments.filtered(lambda each: each.id == experiment_id) or experiments[:1]
        return {
            "company": {"id": company.id, "name": company.name},
            "currency_id": company.currency_id.id,
            "date_from": fields.Date.to_string(start),
            "date_to": fields.Date.to_string(fields.Datetime.now()),
            "attributed": self._attributed(company, start),
            "kinds": kinds,
            "ranks": ranks,
            "unplaced_refunds": self._unplaced_refunds(company, start),
            "experiments": [
                {"id": each.id, "name": each.name, "state": each.state} for each in experiments
            ],
            "experiment": self._experiment(chosen) if chosen else None,
        }

    @api.model
    def _check_manager(self):
        check_group(
            self.env,
            "smart_recommender.group_manager",
            _("Only managers of the AI Recommender see what suggestions bring."),
        )

    @api.model
    def _period(self, company, start):
        return [("company_id", "=", company.id), ("date", ">=", start), ("is_confirmed", "=", True)]

    @api.model
    def _attributed(self, company, start):
        names = ("revenue", "gross_revenue", "refunded", "peer_revenue")
        [(revenue, gross, refunded, peer, orders, lines)] = self.env[
            "ai.suggestion.sale"
        ]._read_group(
            self._period(company, start),
            [],
            [*(f"{name}:sum" for name in names), "order_id:count_distinct", "__count"],
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT COALESCE(SUM(so.amount_untaxed / %(rate)s), 0)::float8 FROM sale_order so
                 WHERE so.company_id = %(company)s AND so.state IN ('sale', 'done')
                   AND so.date_order >= %(start)s
                """,
                rate=self.env["ai.sales.extract"]._order_rate(),
                company=company.id,
                start=start,
            )
        )
        [order_revenue] = self.env.cr.fetchone()
        return {
            "revenue": revenue or 0.0,
            "gross": gross or 0.0,
            "refunded": refunded or 0.0,
            "peer": peer or 0.0,
            "order_count": orders,
            "line_count": lines,
            "order_revenue": order_revenue,
        }

    # ------------------------------------------------------------------
    # Uptake
    # ------------------------------------------------------------------

    @api.model
    def _uptake(self, company, start):
        """Rows by kind and rows by rank, both {"key", "label", "shown", "added", "revenue"}.

        shown : suggestions that quotations of the period showed when they first had some; added :
        lines that a click added to these quotations; revenue : attributed, of those confirmed.
        """
        self.env.cr.execute(
            SQL(
                """
                WITH exposure AS (
                    SELECT order_id, kinds FROM ai_exposure
                     WHERE company_id = %(company)s AND exposed_at >= %(start)s AND arm = 'shown'
                ), suggestion AS (
                    SELECT each.kind, each.rank::int AS rank, 1 AS shown, 0 AS added, 0 AS revenue
                      FROM exposure,
                           jsonb_array_elements_text(exposure.kinds)
                           WITH ORDINALITY each(kind, rank)
                 UNION ALL
                    SELECT sale.kind, sale.rank, 0, 1, sale.revenue
                      FROM (%(sales)s) sale
                      JOIN exposure ON exposure.order_id = sale.order_id
                ), placed AS (
                    SELECT kind, LEAST(rank, %(last)s) AS rank, shown, added, revenue
                      FROM suggestion
                     WHERE kind IS NOT NULL
                )
                SELECT kind, rank, SUM(shown)::int AS shown, SUM(added)::int AS added,
                       SUM(revenue)::float8 AS revenue
                  FROM placed
              GROUP BY GROUPING SETS ((kind), (rank))
              ORDER BY rank
                """,
                company=company.id,
                start=start,
                sales=self.env["ai.suggestion.sale"]._query(),
                last=LAST_RANK,
            )
        )
        rows = self.env.cr.dictfetchall()
        by_kind = {row["kind"]: row for row in rows if row["kind"]}
        names = dict(
            self.env["ai.suggestion.sale"]._fields["kind"]._description_selection(self.env)
        )
        kinds = [
            {**by_kind[kind], "key": kind, "label": names[kind]}
            for kind, _label in KINDS
            if kind in by_kind
        ]
        ranks = [
            {**row, "key": row["rank"], "label": self._rank_label(row["rank"])}
            for row in rows
            if not row["kind"]
        ]
        return kinds, ranks

    @api.model
    def _rank_label(self, rank):
        return _("%s and below", rank) if rank == LAST_RANK else str(rank)

    @api.model
    def _unplaced_refunds(self, company, start):
        """Untaxed credit notes that neither name an order line nor reverse an invoice."""
        self.env.cr.execute(
            SQL(
                """
                SELECT COALESCE(SUM(credit.balance), 0)::float8
                  FROM account_move_line credit
                  JOIN account_move note ON note.id = credit.move_id
                 WHERE note.company_id = %(company)s
                   AND note.move_type = 'out_refund'
                   AND note.state = 'posted'
                   AND note.reversed_entry_id IS NULL
                   AND credit.display_type = 'product'
                   AND COALESCE(note.invoice_date, note.date) >= %(start)s
                   AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                                    WHERE rel.invoice_line_id = credit.id)
                """,
                company=company.id,
                start=start,
            )
        )
        return self.env.cr.fetchone()[0]

    # ------------------------------------------------------------------
    # Experiments
    # ------------------------------------------------------------------

    @api.model
    def _experiment(self, experiment):
        """JSON-ready: what it is, its verdict, a row for each measure, and its weeks."""
        words = dict(
            self.env["ai.experiment.result"]._fields["measure"]._description_selection(self.env)
        )
        return {
            "id": experiment.id,
            "name": experiment.name,
            "state": experiment.state,
            "verdict": experiment.verdict or "",
            "is_hidden": experiment.is_hidden,
            "looks": experiment.looks,
            "unit": experiment.unit,
            "control_sees": experiment.control_sees,
            "started": fields.Datetime.to_string(experiment.started_at),
            "ended": experiment.ended_at and fields.Datetime.to_string(experiment.ended_at),
            "evaluated": experiment.evaluated_at
            and fields.Datetime.to_string(experiment.evaluated_at),
            "quotation_count": experiment.quotation_count,
            "treated_count": experiment.treated_count,
            "control_count": experiment.control_count,
            "treated_client_count": experiment.treated_client_count,
            "control_client_count": experiment.control_client_count,
            "results": [
                {
                    "measure": result.measure,
                    "label": words[result.measure],
                    "treated_mean": result.treated_mean,
                    "control_mean": result.control_mean,
                    "is_known": result.is_known,
                    "can_tell": result.can_tell,
                    "has_relative": result.has_relative,
                    **{name: result[name] for name in FIGURES},
                }
                for result in experiment.result_ids
            ],
            "weeks": [
                {
                    "date": fields.Date.to_string(look.date),
                    "quotation_count": look.quotation_count,
                    "effect": look.absolute if look.is_known else None,
                    "low": look.low if look.is_known else None,
                    "high": look.high if look.is_known else None,
                }
                for look in experiment.look_ids
            ],
        }
