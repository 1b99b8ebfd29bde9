"""Training of cash: how clients pay, how the company itself does, and by which rule.

Each training lets all ways foresee the totals of past days and keeps the one that did best, so that
what is learned is never worse on them than what was used before. Where the simple rule, due day and
usual delay, does as well, it is used.
"""

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..core.ai_training_run import SEED


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(selection_add=[("cash", "Cash")], ondelete={"cash": "cascade"})
    cash_result_ids = fields.One2many("ai.training.result.cash", "run_id", readonly=True)

    @api.model
    def action_run_cash(self):
        """Ask for new habits of payment of the current company; a background job learns them.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["cash"])

    def action_open_cash_results(self):
        """Open how well cash was foreseen by the trainings of the run's company. Managers only."""
        return self._open_results(
            "ai_training_result_cash_action",
            domain=[("company_id", "=", self.company_id.id)],
        )

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_cash(self):
        from ...algorithms.treasury.documents import Documents

        extract, company = self.env["ai.treasury.extract"], self.company_id
        invoices = Documents(**extract._documents(company))
        bills = Documents(**extract._documents(company, ours=True))
        today = extract._today(company)
        clients, pace, report = self._payment_habits(invoices, today)
        vendors, own_pace, own_report = self._payment_habits(bills, today)
        self.env["ai.model.store"]._save(
            self, {"clients": clients, "vendors": vendors, "paces": (pace, own_pace)}
        )
        self._keep_result(
            invoice_count=len(invoices),
            bill_count=len(bills),
            method=clients.method,
            bill_method=vendors.method,
        )
        if report:
            gain = report.gain
            self._keep_result(
                wape=gain.model,
                simple_wape=gain.simple,
                gain=gain.gain,
                gain_low=gain.low,
                gain_high=gain.high,
                bias=report.bias[report.method],
            )
        if own_report:
            self._keep_result(
                bill_wape=own_report.gain.model, bill_simple_wape=own_report.gain.simple
            )

    @api.model
    def _payment_habits(self, documents, today):
        """(Habits, Pace, DelayReport or None) of invoices or of bills, today being a day since
        1970."""
        import numpy as np

        from ...algorithms.core import exceptions
        from ...algorithms.treasury import delay_backtest, delays
        from ...algorithms.treasury.pace import Pace

        try:
            report = delay_backtest.run_delay_backtest(
                documents, today, np.random.default_rng(SEED)
            )
        except exceptions.InsufficientDataError:
            # Too little to choose by: everybody's delays, which are near the due day at first.
            return delays.learn(documents, today, "all"), Pace(), None
        if report.beaten:
            return delays.usual(documents, today), Pace(), report
        method, half_life = report.method
        return delays.learn(documents, today, method, half_life), report.pace, report

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _message_cash(self):
        result = self._result()
        return _(
            "Learned how clients pay from %(invoices)s paid and open invoices, and how we do from "
            "%(bills)s bills, in %(seconds)s s.",
            invoices=self._grouped(result.invoice_count),
            bills=self._grouped(result.bill_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )

    def _verdict_cash(self):
        """How well the totals of past days were foreseen; that it is not known where it is not."""
        self.ensure_one()
        result = self._result()
        if not result.simple_wape:
            return _(
                "There are too few past payments to tell how well cash is foreseen: everybody is "
                "expected to pay as all have so far."
            )
        shares = {
            "wape": self._percent(result.wape),
            "simple": self._percent(result.simple_wape),
            "low": self._percent(result.gain_low),
            "high": self._percent(result.gain_high),
        }
        if result.method == "due":
            return _(
                "The simple rule, due day and usual delay, foresees the cash of 30 days as well as "
                "anything that was learned: it was off by %(simple)s, what was learned by "
                "%(wape)s. It is used.",
                **shares,
            )
        return _(
            "What came in within 30 days was foreseen with an error of %(wape)s; the simple rule, "
            "due day and usual delay, was off by %(simple)s. The gain is between %(low)s and "
            "%(high)s.",
            **shares,
        )
