"""Training of what clients are worth: purchases of the past foreseen from those before them.

What was learned before stays in use, carried over to this run, where it foresees what it could not
know better than what is newly learned. Too few clients are no failure: their own purchases a day
are shown then.
"""

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..core.ai_training_run import SEED
from .ai_client_value import AHEAD, SOON


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("value", "Client Value")], ondelete={"value": "cascade"}
    )
    value_result_ids = fields.One2many("ai.training.result.value", "run_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_run_value(self):
        """Ask for new values of the current company's clients; a background job makes them.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["value"])

    def action_open_value_results(self):
        """Open how well the trainings of the run's company foresaw its clients. Managers only."""
        return self._open_results(
            "ai_training_result_value_action",
            domain=[("company_id", "=", self.company_id.id)],
        )

    def action_open_client_values(self):
        """Open the values that this run has found. Managers only."""
        return self._open_results("ai_client_value_action", context={})

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_value(self):
        """Replace the company's values of clients."""
        from ...algorithms.treasury.purchases import buying_from

        extract, company = self.env["ai.treasury.extract"], self.company_id
        today = extract._today(company)
        bought = extract._purchases(company)
        self._keep_result(order_count=len(bought["client"]))
        buying = buying_from(**bought, today=today)
        if not len(buying.client):
            self.env["ai.client.value"]._forget(company)
            return
        kept = self._value_model(bought, today)
        year, month = (self._worth(kept, buying, days) for days in (AHEAD, SOON))
        share = extract._margin_share(company) if kept else 0.0
        self._keep_result(method="model" if kept else "simple")
        rows = self.env["ai.client.value"]
        self._keep_result(client_count=rows._replace(self, buying, year, month, share))

    @api.model
    def _worth(self, kept, buying, days):
        """algorithms.treasury.lifetime.Worth, by the simple rule where no model is kept."""
        from ...algorithms.treasury.lifetime import simple_worth, worth

        if kept is None:
            return simple_worth(buying, days)
        return worth(kept.purchases, kept.values, buying, days)

    def _value_model(self, bought, today):
        """algorithms.treasury.lifetime_duel.Lifetime that is used; None for the simple rule."""
        import numpy as np

        from ...algorithms.core.exceptions import InsufficientDataError
        from ...algorithms.treasury.lifetime import train_lifetime
        from ...algorithms.treasury.lifetime_duel import Lifetime

        try:
            report = train_lifetime(**bought, today=today, rng=np.random.default_rng(SEED))
        except InsufficientDataError:
            report = None
        if report:
            self._keep_value_report(report)
        if report is None or not report.shown:
            self.env["ai.model.store"]._attachments(self.company_id, self.kind).unlink()
            return None
        return self._value_champion(Lifetime(report.purchases, report.values, today), bought)

    def _value_champion(self, new, bought):
        """What was newly learned, or what is in use where that is better on what it could not
        know."""
        from ...algorithms.treasury.lifetime_duel import duel

        def judge(old):
            outcome = duel(old, **bought, today=new.today)
            return outcome.is_worse, {
                "unseen_days": new.today - old.today,
                "old_error": outcome.old,
                "new_error": outcome.new,
            }

        return self.env["ai.model.store"]._keep_better(self, new, judge)

    def _keep_value_report(self, report):
        purchases, values = report.purchases, report.values
        self.metrics = {
            **{name: getattr(purchases, name) for name in ("r", "alpha", "a", "b")},
            **{name: getattr(values, name) for name in ("p", "q", "v", "correlation")},
        }
        shares = self._as_shares(report.gain)
        self._keep_result(
            holdout_days=report.holdout,
            brought=report.total,
            foreseen=report.foreseen,
            simple=report.simple,
            gain=shares[0],
            low=shares[1],
            high=shares[2],
            purchase_gain=self._as_shares(report.count_gain)[0],
        )

    @api.model
    def _as_shares(self, gain):
        """Gain, at least and at most, as shares of the simple rule's error."""
        whole = gain.simple or 1.0
        return [each / whole for each in (gain.gain, gain.low, gain.high)]

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _message_value(self):
        result = self._result()
        return _(
            "Foresaw what %(clients)s clients bring within a year, from %(orders)s orders, in "
            "%(seconds)s s.",
            clients=self._grouped(result.client_count),
            orders=self._grouped(result.order_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )

    def _verdict_value(self):
        """How well the last months were foreseen, and which is used; none without a client."""
        self.ensure_one()
        result = self._result()
        if not result.client_count:
            return False
        if not result.holdout_days:
            return _(
                "There are too few clients for a model: each is expected to go on at its own "
                "purchases a day. 50 clients are needed, 10 of whom bought again."
            )
        figures = self._value_figures(result)
        if result.method == "simple":
            return _(
                "The clients' own purchases a day foresee as well as the model: of the last "
                "%(days)s days they foresaw %(simple)s, the model %(foreseen)s, and clients "
                "brought %(brought)s. They are shown, and who has left is not said.",
                **figures,
            )
        message = _(
            "Of the last %(days)s days the model foresaw %(foreseen)s, the clients' own purchases "
            "a day %(simple)s, and clients brought %(brought)s. Client by client the model's error "
            "is smaller by %(gain)s, with 95%% certainty by %(low)s to %(high)s.",
            **figures,
        )
        return message if result.replaced else f"{message} {self._kept_value_message()}"

    def _value_figures(self, result):
        currency = self.company_id.currency_id
        return {
            "days": self._grouped(result.holdout_days),
            **{name: currency.format(result[name]) for name in ("brought", "foreseen", "simple")},
            **{name: self._percent(result[name]) for name in ("gain", "low", "high")},
        }

    def _kept_value_message(self):
        return _(
            "What was learned before stays in use: of the %(days)s days since then, which it could "
            "not know, it foresaw more than what is newly learned.",
            days=self._grouped((self.metrics or {}).get("unseen_days", 0)),
        )
