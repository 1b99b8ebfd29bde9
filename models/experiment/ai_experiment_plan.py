"""How long an experiment would take, from the confirmed orders of the last months.

They are read as an experiment of one arm would be: what a client ordered before its first order of
these months is known, what it ordered later is not.
"""

import math
from datetime import timedelta

from odoo import _, fields, models
from odoo.tools import SQL, format_date

from ...tools.compat import check_access
from .ai_exposure import OUTCOME_DAYS
from .ai_sales_extract import BEFORE_DAYS

PLAN_DAYS = 240
# More than any company of ours will ever have; an Integer holds it.
MOST_PLANNED = 10**9


class AiExperiment(models.Model):
    _inherit = "ai.experiment"

    def action_plan(self):
        """Work out from the orders of the last year how long it would take. Managers only."""
        self._check_manager()
        check_access(self, "write")
        for experiment in self:
            experiment.sudo().plan = experiment.sudo()._plan_text()
        return True

    def _planned_count(self):
        """Quotations that the effect worth knowing takes, 0 where nobody can tell."""
        from ...algorithms.experiment.planning import quotations_needed

        needed = quotations_needed(
            self.target_effect, self._past_exposures(), share=self.share, looks=self.looks
        )
        return min(needed or 0, MOST_PLANNED)

    def _plan_text(self):
        """How many quotations and days it takes to see the effect worth knowing."""
        from ...algorithms.experiment.planning import days_until_visible, quotations_needed

        past = self._past_exposures()
        per_day = len(past) / PLAN_DAYS
        needed = quotations_needed(self.target_effect, past, share=self.share, looks=self.looks)
        if needed is None:
            return _(
                "%s has no confirmed orders of the last months to plan from.", self.company_id.name
            )
        percent = self._percent(self.target_effect)
        text = _(
            "To see a change of %(percent)s, about %(needed)s quotations have to be counted; "
            "%(company)s makes %(monthly)s a month.",
            percent=percent,
            needed=self._number(needed),
            company=self.company_id.name,
            monthly=self._number(30 * per_day),
        )
        days = days_until_visible(
            self.target_effect, per_day, past, done=0, share=self.share, looks=self.looks
        )
        day = self._day_in(days and days + OUTCOME_DAYS)
        if not day:
            return text + " " + _("That would take more than ten years: look for a larger effect.")
        return (
            text
            + " "
            + _(
                "Started today, that is by %s, thirty days for orders to be confirmed and returned "
                "included.",
                format_date(self.env, day),
            )
        )

    def _past_exposures(self):
        """algorithms.experiment.Exposures of confirmed orders as if all were of one arm."""
        import numpy as np

        from ...algorithms.experiment.exposures import Exposures

        self.env["sale.order"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH past AS (
                    SELECT contact.commercial_partner_id AS client, so.date_order,
                           so.amount_untaxed / %(rate)s AS amount,
                           MIN(so.date_order) FILTER (WHERE so.date_order >= %(start)s)
                               OVER (PARTITION BY contact.commercial_partner_id) AS first_at
                      FROM sale_order so
                      JOIN res_partner contact ON contact.id = so.partner_id
                     WHERE so.company_id = %(company)s
                       AND so.state IN ('sale', 'done')
                       AND so.date_order >= %(start)s - %(before)s
                ), client AS (
                    SELECT client, AVG(amount) AS amount
                      FROM past
                     WHERE date_order < first_at AND date_order >= first_at - %(before)s
                  GROUP BY client
                )
                SELECT past.client, past.amount::float8, client.amount::float8
                  FROM past
             LEFT JOIN client ON client.client = past.client
                 WHERE past.date_order >= %(start)s
              ORDER BY past.date_order, past.client
                """,
                rate=self.env["ai.sales.extract"]._order_rate(),
                before=timedelta(days=BEFORE_DAYS),
                company=self.company_id.id,
                start=fields.Datetime.now() - timedelta(days=PLAN_DAYS),
            )
        )
        rows = self.env.cr.fetchall()
        clients, outcomes, before = zip(*rows, strict=True) if rows else ((), (), ())
        return Exposures(
            client=np.array(clients, dtype=np.int64),
            treated=np.zeros(len(rows), dtype=bool),
            outcome=np.array(outcomes, dtype=float),
            before=np.array([math.nan if b is None else b for b in before], dtype=float),
        )
