"""Training of credit: who pays late, when what is open will be paid, and proposed credit limits.

Each training tries the model on the newest invoices, by what was known when they were issued,
beside the client's past days late; it is the score only where it tells late payers better, and
replaces the last one unless it is worse on invoices that one could not know. Too few invoices are
no failure: then the client's share of late ones is the score, or there is none.
"""

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..core.ai_training_run import SEED

RULE_LATE_AFTER = 30


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(selection_add=[("credit", "Credit")], ondelete={"credit": "cascade"})
    credit_result_ids = fields.One2many("ai.training.result.credit", "run_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_run_credit(self):
        """Ask for new credit scores of the current company; a background job makes them.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["credit"])

    def action_open_credit_results(self):
        """Open how well late payers were told by the trainings of the company. Managers only."""
        return self._open_results(
            "ai_training_result_credit_action",
            domain=[("company_id", "=", self.company_id.id)],
        )

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_credit(self):
        """Replace the company's scores of clients and expected payments of invoices."""
        import numpy as np

        from ...algorithms.treasury.documents import Documents

        extract, company = self.env["ai.treasury.extract"], self.company_id
        today = extract._today(company)
        table = extract._invoices(company)
        documents = Documents(**{name: table[name] for name in table if name != "move"})
        invoices = extract._open_invoices(company)
        outlook = self._credit_outlook(invoices, today)
        self._keep_result(
            invoice_count=len(documents),
            outlook_count=self.env["ai.invoice.outlook"]._replace(self, invoices, outlook),
        )
        clients = np.unique(documents.client[documents.client > 0])
        scored = self._credit_scores(documents, clients, today)
        rows = self.env["ai.client.credit"]
        count, proposed = rows._replace(self, documents, clients, today, scored)
        self._keep_result(
            client_count=count, proposal_count=proposed, method=scored[0], late_after=scored[1]
        )
        self.env["ai.client"]._note_late_payers(company, rows._late_payers(company))

    def _credit_outlook(self, invoices, today):
        """algorithms.treasury.cash.OpenOutlook of open invoices."""
        from ...algorithms.treasury.cash import outlook

        habits, pace = self._credit_habits(today)
        return outlook(habits, invoices["client"], invoices["due"], today, pace)

    def _credit_habits(self, today):
        """(Habits, Pace) of clients: those of the last training of cash, learned anew without."""
        from ...algorithms.treasury.documents import Documents

        known = self.env["ai.model.store"]._last(self.company_id, "cash")
        if known:
            return known["clients"], known["paces"][0]
        documents = Documents(**self.env["ai.treasury.extract"]._documents(self.company_id))
        habits, pace, _report = self._payment_habits(documents, today)
        return habits, pace

    def _credit_scores(self, documents, clients, today):
        """What ``ai.client.credit._replace`` takes; its scores are None for too little."""
        import numpy as np

        from ...algorithms.core import exceptions
        from ...algorithms.treasury import credit_score, credit_usual

        try:
            report = credit_score.train_credit(documents, today, np.random.default_rng(SEED))
        except exceptions.InsufficientDataError:
            try:
                scores = credit_usual.by_share(documents, clients, today, RULE_LATE_AFTER)
            except exceptions.InsufficientDataError:
                return False, 0, None, 0.0
            return "share", RULE_LATE_AFTER, scores, 0.0
        self._keep_credit_report(report)
        model = self._credit_champion(documents, report, today)
        scores = credit_score.score(model, documents, clients, today)
        method = "mean" if model.mean_only else "model"
        return method, model.late_after, scores, credit_score.amount_effect(model)

    def _credit_champion(self, documents, report, today):
        """The CreditModel that is used: the new one, or the last one where the new one is worse on
        what that has not seen. The simple rule replaces a model that does not beat it, and is
        replaced by one that does."""
        from ...algorithms.treasury.credit_duel import KeptCredit, duel

        def judge(old):
            if report.model.mean_only or old.model.mean_only:
                return False, {}
            outcome = duel(old, documents, report)
            return outcome.is_worse, {
                "unseen": outcome.unseen,
                "old_brier": outcome.old,
                "new_brier": outcome.new,
            }

        new = KeptCredit(report.model, today)
        return self.env["ai.model.store"]._keep_better(self, new, judge).model

    def _keep_credit_report(self, report):
        gain = report.gain
        figures = {
            "auc": gain.model,
            "simple_auc": gain.simple,
            "gain": gain.gain,
            "gain_low": gain.low,
            "gain_high": gain.high,
            "calibration_error": report.calibration.error,
            "simple_error": report.simple_error,
            "brier": report.brier,
            "base_brier": report.base_brier,
            "late_share": report.late_share,
        }
        # Without a late invoice among the newest there is no AUC.
        self._keep_result(
            **{name: value if value == value else 0.0 for name, value in figures.items()}
        )

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _message_credit(self):
        result = self._result()
        return _(
            "Scored %(clients)s clients by %(invoices)s invoices, foresaw the payment of %(open)s "
            "open ones and proposed %(limits)s credit limits, in %(seconds)s s.",
            clients=self._grouped(result.client_count),
            invoices=self._grouped(result.invoice_count),
            open=self._grouped(result.outlook_count),
            limits=self._grouped(result.proposal_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )

    def _verdict_credit(self):
        """Whether the model tells late payers better than the client's past; that it is not known
        where it is not."""
        self.ensure_one()
        result = self._result()
        if not result.method:
            return _(
                "There are too few invoices to score clients: 20 that were due more than 30 days "
                "ago are needed."
            )
        if result.method == "share":
            return _(
                "There are too few invoices, or too few late ones, for a model: the score of a "
                "client is its share of invoices paid more than 30 days late, drawn towards that "
                "of all."
            )
        figures = {
            "auc": formatLang(self.env, result.auc, digits=3),
            "simple": formatLang(self.env, result.simple_auc, digits=3),
            "low": formatLang(self.env, result.gain_low, digits=3),
            "high": formatLang(self.env, result.gain_high, digits=3),
            "error": self._percent(result.calibration_error),
        }
        if result.method == "mean":
            return _(
                "The client's past days late tell who pays late as well as the model does (AUC "
                "%(simple)s and %(auc)s): they are the score. Its chances are off by %(error)s.",
                **figures,
            )
        message = _(
            "The model tells who pays late with an AUC of %(auc)s, the client's past days late "
            "with %(simple)s; the gain is between %(low)s and %(high)s. Its chances are off by "
            "%(error)s.",
            **figures,
        )
        message = self._doubted(message, result.gain_low)
        return message if result.replaced else f"{message} {self._kept_credit_message()}"

    def _kept_credit_message(self):
        metrics = self.metrics or {}
        return _(
            "The score before stays in use: on %(count)s invoices that it could not know its Brier "
            "score is %(old)s, that of the new one %(new)s.",
            count=self._grouped(metrics.get("unseen", 0)),
            old=formatLang(self.env, metrics.get("old_brier") or 0.0, digits=3),
            new=formatLang(self.env, metrics.get("new_brier") or 0.0, digits=3),
        )
