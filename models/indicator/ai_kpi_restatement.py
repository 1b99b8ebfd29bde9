"""When the values of a company were last computed, and how they are.

Orders are edited and cancelled, credit notes arrive late: the past changes. Each hour the last days
are computed again, and once a night the last 400. Every day is written again, zeros too, so that
what is gone leaves nothing behind; older days stay as they were.

One statement reads a source for all its indicators and days. The windows of different clients and
of medians are counted from the same rows.
"""

import logging
import secrets
from collections import defaultdict
from datetime import timedelta

import numpy as np

from odoo import _, api, fields, models

from ...algorithms.indicator import windows
from ...tools import bulk_rows, locks
from ...tools.rights import check_group
from .ai_kpi_value import DAY, WINDOWS
from .scope import EPOCH, Scope

_logger = logging.getLogger(__name__)

WHOLE_DAYS = 400
LATEST_DAYS = 8
CRON = "smart_recommender.ir_cron_indicators"


class AiKpiRestatement(models.Model):
    _name = "ai.kpi.restatement"
    _description = "Computation of Indicators"
    _inherit = ["ai.company.row", "ai.company.job"]
    _log_access = False
    _rec_name = "company_id"

    restated_at = fields.Datetime(readonly=True, help="When the last days were last computed.")
    whole_on = fields.Date(
        readonly=True, help="The company's day on which all days were last computed."
    )

    token = fields.Char(
        readonly=True, help="Of the last computation and of no other; figures are kept by it."
    )

    _sql_constraints = [
        ("company_unique", "UNIQUE(company_id)", "A company's values are computed once.")
    ]

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    @api.model
    def _cron_restate(self):
        self._each_company(self.env["res.company"].sudo().search([]), "_restate_due", CRON)

    def _restate_due(self, company):
        """All days once a day of the company, at the first turn after midnight; else the last."""
        today = self.env["ai.sales.extract"]._local_now(company).date()
        is_whole = self._of(company).whole_on == today
        self._restate(company, LATEST_DAYS if is_whole else WHOLE_DAYS)

    @api.model
    def action_restate(self):
        """Compute all days of the user's companies now. For managers."""
        check_group(
            self.env,
            "smart_recommender.group_manager",
            _("Indicators are computed every hour. Only AI managers compute them at once."),
        )
        for company in self.env.companies:
            self.sudo().with_company(company)._restate(company, WHOLE_DAYS)
        return True

    @api.model
    def _of(self, company):
        return self.sudo().search([("company_id", "=", company.id)])

    # ------------------------------------------------------------------
    # How
    # ------------------------------------------------------------------

    @api.model
    def _restate(self, company, days):
        """Compute the values of the last days of a company, today's snapshots included.

        Returns the number of values. Another transaction that does the same is left to it.
        """
        if not locks.acquire(self.env.cr, "ai.kpi.restatement", company):
            return 0
        today = self.env["ai.sales.extract"]._local_now(company).date()
        last = today - timedelta(days=1)
        first = max(last - timedelta(days=days - 1), self._first_day(company, last))
        count = 0
        for method, kpis in self._sources().items():
            count += self._restate_source(company, method, kpis, first, last, today)
        self._stamp(company, today if days >= WHOLE_DAYS else None)
        return count

    @api.model
    def _sources(self):
        """{method of ai.indicator.source: the ai.kpi that it reads}."""
        kpis = {kpi.code: kpi for kpi in self.env["ai.kpi"].sudo().search([])}
        found = defaultdict(self.env["ai.kpi"].browse)
        for code, method in self.env["ai.indicator.source"]._indicators().items():
            if code in kpis:
                found[method] |= kpis[code]
        return found

    def _first_day(self, company, last):
        """Day of the company's first order; there is nothing to tell of days before it."""
        days = self.env["ai.sales.extract"]._first_order_days(company)
        return min(days.values(), default=last)

    def _restate_source(self, company, method, kpis, first, last, today):
        snapshots = kpis.filtered(lambda kpi: kpi.kind == "snapshot")
        # The first window needs the days before it; a snapshot is of this moment.
        before = max(WINDOWS) - 1 if kpis.filtered(lambda kpi: kpi._is_windowed()) else 0
        scope = Scope(
            company,
            first - timedelta(days=before),
            today if snapshots else last,
            self.env["ai.sales.extract"]._time_zone(company).zone,
        )
        found = getattr(self.env["ai.indicator.source"].sudo(), method)(scope)
        first, last, today = ((day - EPOCH).days for day in (first, last, today))
        parts = [
            self._columns(kpi, days, rows)
            for kpi in kpis.filtered(lambda kpi: kpi.code in found)
            for days, rows in self._rows_of(
                kpi, found[kpi.code], first, today if kpi.kind == "snapshot" else last
            )
        ]
        return self._store(company, parts)

    @api.model
    def _rows_of(self, kpi, series, first, last, lengths=WINDOWS):
        """Rows to store of a series: pairs of a window and {column: array}.

        first, last : the days, counted from 1970-01-01, for which there is to be a value.
        """
        if not kpi._is_windowed():
            inside = (series["day"] >= first) & (series["day"] <= last)
            columns = ("day", "numerator", "denominator", "aside")
            return [(DAY, {name: series[name][inside] for name in columns if name in series})]
        ends = np.arange(first, last + 1)
        return [
            (days, {"day": ends, **_window(kpi.kind, series, first, last, days)})
            for days in lengths
        ]

    def _columns(self, kpi, days, rows):
        """Columns of ai.kpi.value, NaN where something is not known."""
        count = len(rows["day"])
        numerator = np.asarray(rows["numerator"], np.float64)
        denominator = np.asarray(rows.get("denominator", np.full(count, np.nan)), np.float64)
        return {
            "kpi_id": np.full(count, kpi.id),
            "days": np.full(count, days),
            "date": rows["day"].astype("datetime64[D]"),
            "numerator": numerator,
            "denominator": denominator,
            "aside": np.asarray(rows.get("aside", np.full(count, np.nan)), np.float64),
            "value": kpi._values(numerator, denominator),
        }

    def _store(self, company, parts):
        """Write columns of several indicators at once. Returns the number of rows."""
        columns = (
            {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
            if parts
            else {}
        )
        if not len(columns.get("date", ())):
            return 0
        bulk_rows.merge(
            self.env["ai.kpi.value"].sudo(),
            ("company_id", "kpi_id", "days", "date"),
            {"company_id": company.id, **columns},
        )
        return len(columns["date"])

    def _stamp(self, company, whole_on):
        vals = {"restated_at": fields.Datetime.now(), "token": secrets.token_hex(8)}
        if whole_on:
            vals["whole_on"] = whole_on
        own = self._of(company)
        if own:
            own.write(vals)
        else:
            self.sudo().create({"company_id": company.id, **vals})

    @api.model
    def _token(self, company):
        """The token of a company's last computation; None before the first."""
        self.flush_model(["token"])
        self.env.cr.execute(
            "SELECT token FROM ai_kpi_restatement WHERE company_id = %s", (company.id,)
        )
        return (self.env.cr.fetchone() or (None,))[0]


def _window(kind, series, first, last, days):
    """{column: (t,) array} of the windows of a series that end on each day."""
    if kind == "distinct":
        counts = windows.count_different(series["entity"], series["day"], first, last, days)
        return {"numerator": counts.astype(np.float64)}
    if kind == "distribution":
        median, cases = windows.medians(series["day"], series["value"], first, last, days)
        return {"numerator": median, "aside": cases.astype(np.float64)}
    top, total = windows.largest(
        series["entity"], series["day"], series["amount"], first, last, days, series["most"]
    )
    return {"numerator": top, "denominator": total}
