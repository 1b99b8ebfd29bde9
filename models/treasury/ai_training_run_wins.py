"""Training of the chances of quotations: a few seconds, so in one turn.

The models of the last run stay in use, carried over to this one, where they tell quotations that
they could not know better than the new ones do. Too few quotations are no failure: many shops sell
without any. CRM's own score of opportunities is noted and judged beside it.
"""

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..core.ai_training_run import SEED

# Opportunities from which on CRM's score is judged.
LEAST_LEADS = 50


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("wins", "Chances of Quotations")], ondelete={"wins": "cascade"}
    )
    wins_result_ids = fields.One2many("ai.training.result.wins", "run_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_run_wins(self):
        """Ask for new chances of the current company's quotations; a background job makes them.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["wins"])

    def action_open_win_results(self):
        """Open how well the trainings of the run's company told who wins. Managers only."""
        return self._open_results(
            "ai_training_result_wins_action",
            domain=[("company_id", "=", self.company_id.id)],
        )

    def action_open_win_chances(self):
        """Open the chances that this run has told. Managers only, as far as they see them."""
        return self._open_results("ai_quotation_chance_action")

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_wins(self):
        """Learn what wins the quotations of the run's company, and replace its chances."""
        # Lazy: scipy costs address space that only training may take.
        from ...algorithms.core import exceptions
        from ...algorithms.treasury import win_chance, win_landmarks

        company = self.company_id
        self.metrics = self._judge_crm()
        by_age, orders, amounts = self._read_quotations()
        self.order_count = len(orders)
        today = self.env["ai.treasury.extract"]._today(company)
        try:
            landmarks, report = win_landmarks.train_landmarks(by_age, today, SEED)
        except exceptions.InsufficientDataError:
            self.metrics |= {
                "least": win_chance.LEAST_QUOTATIONS,
                "least_each": win_chance.LEAST_EACH,
            }
            self.env["ai.model.store"]._attachments(company, self.kind).unlink()
            count = self.env["ai.quotation.chance"]._replace(self, None)
            self._keep_result(quotation_count=len(orders), chance_count=count)
            return
        kept = self._win_champion(landmarks, by_age, report)
        found = self._open_quotations(kept, by_age, orders, amounts, today)
        count = self.env["ai.quotation.chance"]._replace(self, found)
        self._keep_win_report(report, kept, chance_count=count)

    def _read_quotations(self):
        """({age: Quotations}, their ids, their amounts of today)."""
        from ...algorithms.treasury.win_chance import Quotations
        from ...algorithms.treasury.win_landmarks import AGES

        extract, by_age = self.env["ai.treasury.extract"], {}
        for age in AGES:
            found = extract._quotations(self.company_id, age)
            orders = found.pop("order")
            by_age[age] = Quotations(**found)
        now = extract._quotations(self.company_id, 2**15)
        return by_age, orders, now["amount"]

    @api.model
    def _open_quotations(self, landmarks, by_age, orders, amounts, today):
        """What ``ai.quotation.chance._replace`` takes, of those that are open and not given up."""
        import numpy as np

        from ...algorithms.treasury.documents import OPEN
        from ...algorithms.treasury.win_landmarks import AGES, open_chances

        sent = by_age[AGES[0]].sent
        rows = np.flatnonzero(by_age[AGES[0]].decided == OPEN)
        chance = open_chances(landmarks, by_age, rows, today)
        rows, chance = rows[~np.isnan(chance)], chance[~np.isnan(chance)]
        return {
            "order": orders[rows],
            "sent": sent[rows],
            "amount": amounts[rows],
            "chance": chance,
        }

    def _keep_win_report(self, report, kept, **figures):
        gain, bins = report.gain, report.calibration
        self.metrics |= {"bins": self._as_bins(bins)}
        self._keep_result(
            quotation_count=report.quotations,
            rate=report.rate,
            lapse=kept.lapse,
            method="base" if report.model.base_only else "model",
            brier=gain.model,
            base_brier=gain.simple,
            gain=gain.gain,
            low=gain.low,
            high=gain.high,
            calibration_error=bins.error,
            **figures,
        )

    @api.model
    def _as_bins(self, bins):
        """JSON-ready: [[mean chance, share that was won, cases]]."""
        columns = (bins.chance.tolist(), bins.share.tolist(), bins.cases.tolist())
        return [list(each) for each in zip(*columns, strict=True)]

    def _win_champion(self, landmarks, by_age, report):
        """The new models, or the last ones where the new ones are worse on what those have not
        seen."""
        from ...algorithms.treasury.win_landmarks import duel

        def judge(old):
            outcome = duel(old, by_age, report)
            return outcome.is_worse, {
                "unseen": outcome.unseen,
                "old_brier": outcome.old,
                "new_brier": outcome.new,
            }

        return self.env["ai.model.store"]._keep_better(self, landmarks, judge)

    def _judge_crm(self):
        """Note CRM's scores and keep how good those of 90 days ago were. Returns metrics."""
        import numpy as np

        from ...algorithms.treasury import calibration

        notes = self.env["ai.lead.note"]
        notes._note(self.company_id)
        judged = notes._judged(self.company_id)
        self._keep_result(lead_count=len(judged))
        metrics = {"least_leads": LEAST_LEADS}
        if len(judged) < LEAST_LEADS:
            return metrics
        chance, won = (np.array(each) for each in zip(*judged, strict=True))
        bins = calibration.bins(chance, won)
        self._keep_result(
            crm_brier=calibration.brier(chance, won),
            crm_base_brier=calibration.brier(np.full(len(won), won.mean()), won),
            crm_calibration_error=bins.error,
        )
        return metrics | {"crm_bins": self._as_bins(bins)}

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _message_wins(self):
        result = self._result()
        if not result.method:
            return _(
                "There are too few quotations to tell which are won: %(count)s were found. It "
                "needs %(least)s that stayed open for a day and had the time to be won, and "
                "%(least_each)s each of won and lost ones.",
                count=self._grouped(result.quotation_count),
                least=(self.metrics or {}).get("least"),
                least_each=(self.metrics or {}).get("least_each"),
            )
        return _(
            "%(rate)s%% of %(quotations)s quotations were won, nearly all within %(lapse)s days; "
            "chances of %(chances)s open ones, in %(seconds)s s.",
            rate=formatLang(self.env, 100 * result.rate, digits=0),
            quotations=self._grouped(result.quotation_count),
            lapse=self._grouped(result.lapse),
            chances=self._grouped(result.chance_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )

    def _verdict_wins(self):
        """How good the chances are, and whether they are in use; none without a test."""
        self.ensure_one()
        result = self._result()
        if not result.method:
            return False
        figures = {
            name: formatLang(self.env, result[name], digits=3)
            for name in ("brier", "base_brier", "gain", "low", "high")
        }
        if result.is_beaten:
            message = _(
                "Told beforehand, the model's chances have a Brier score of %(brier)s, and the "
                "share of all that are won one of %(base_brier)s, which is no worse: each "
                "quotation of the same age gets that share.",
                **figures,
            )
        else:
            message = _(
                "Told beforehand, the chances have a Brier score of %(brier)s, the share of all "
                "that are won one of %(base_brier)s: the model is better by %(gain)s, with 95%% "
                "certainty by %(low)s to %(high)s.",
                **figures,
            )
            message = self._doubted(message, result.low)
        return message if result.replaced else f"{message} {self._kept_wins_message()}"

    def _kept_wins_message(self):
        metrics = self.metrics or {}
        return _(
            "The models before stay in use: on %(count)s quotations that they could not know their "
            "Brier score is %(old)s, that of the new ones %(new)s.",
            count=self._grouped(metrics.get("unseen", 0)),
            old=formatLang(self.env, metrics.get("old_brier") or 0.0, digits=3),
            new=formatLang(self.env, metrics.get("new_brier") or 0.0, digits=3),
        )
