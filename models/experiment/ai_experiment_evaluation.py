"""Evaluation of experiments: every night, and by a button.

Only quotations whose thirty days are over count, in both arms alike. What nobody can tell yet
is not written as a figure.
"""

import math
from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from .ai_experiment_result import FIGURES, MEASURES
from .ai_exposure import OUTCOME_DAYS

JOB = "smart_recommender.ir_cron_experiments"


class AiExperiment(models.Model):
    _name = "ai.experiment"
    _inherit = ["ai.experiment", "ai.company.job"]

    evaluated_at = fields.Datetime(string="Evaluated", readonly=True, copy=False)
    quotation_count = fields.Integer(
        string="Quotations Counted",
        readonly=True,
        copy=False,
        help="Those whose thirty days of revenue are over.",
    )
    treated_count = fields.Integer(string="With Suggestions", readonly=True, copy=False)
    control_count = fields.Integer(readonly=True, copy=False)
    treated_client_count = fields.Integer(readonly=True, copy=False)
    control_client_count = fields.Integer(readonly=True, copy=False)
    sample_ratio_p = fields.Float(readonly=True, copy=False, digits=(16, 6))
    is_hidden = fields.Boolean(
        string="Shares Do Not Fit",
        readonly=True,
        copy=False,
        help="There are more clients in one arm than the lot can explain.",
    )
    visible_on = fields.Date(
        string="Tells By",
        readonly=True,
        copy=False,
        help="By then the effect worth knowing can be seen.",
    )
    result_ids = fields.One2many("ai.experiment.result", "experiment_id", readonly=True)
    look_ids = fields.One2many("ai.experiment.look", "experiment_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_evaluate(self):
        """Count the results as of now. Managers only; UserError before the start."""
        self._check_manager()
        for experiment in self:
            if experiment.state == "draft":
                raise UserError(_("%s has not started yet.", experiment.name))
            experiment.sudo()._evaluate()
        return True

    @api.model
    def _cron_evaluate(self):
        """End what is over, and count the results of what is not settled; of each company."""
        companies = self.env["res.company"].search([])
        self._each_company(companies, "_evaluate_company", JOB)

    @api.model
    def _evaluate_company(self, company):
        today = fields.Date.context_today(self)
        running = self._running(company)
        if running.end_date and running.end_date < today:
            running._end(_("its last day is over"))
        open_since = fields.Datetime.now() - timedelta(days=OUTCOME_DAYS + 2)
        for experiment in self.search(
            [
                ("company_id", "=", company.id),
                "|",
                ("state", "=", "running"),
                ("ended_at", ">=", open_since),
            ]
        ):
            experiment._evaluate()

    # ------------------------------------------------------------------
    # Evaluation
    # ------------------------------------------------------------------

    def _evaluate(self):
        """Count the results anew."""
        self.ensure_one()
        outcomes = self.env["ai.sales.extract"]._experiment_outcomes(self)
        exposures = self._exposures(outcomes)
        effects = self._effects(exposures)
        main = effects["revenue"]
        self.write(
            {
                "evaluated_at": fields.Datetime.now(),
                "quotation_count": main.quotations,
                "treated_count": main.treated.quotations,
                "control_count": main.control.quotations,
                "treated_client_count": main.treated.clients,
                "control_client_count": main.control.clients,
                "sample_ratio_p": main.sample_ratio_p,
                "is_hidden": main.hidden,
                "visible_on": self._visible_on(main),
            }
        )
        self.result_ids.unlink()
        self.env["ai.experiment.result"].create(
            [
                self._result_vals(measure, effects[measure], number)
                for number, (measure, _label) in enumerate(MEASURES)
            ]
        )
        self.look_ids.unlink()
        self.env["ai.experiment.look"].create(
            self._look_vals(exposures["revenue"], outcomes["day"])
        )

    def _exposures(self, outcomes):
        """{measure: algorithms.experiment.Exposures} of what ``_experiment_outcomes`` returns."""
        import numpy as np  # only evaluations pay for it

        from ...algorithms.experiment.exposures import Exposures

        numbers = {unit: number for number, unit in enumerate(dict.fromkeys(outcomes["unit"]))}
        client = np.array([numbers[unit] for unit in outcomes["unit"]], dtype=np.int64)
        treated = np.array([arm == "shown" for arm in outcomes["arm"]], dtype=bool)
        before = np.array(
            [math.nan if amount is None else amount for amount in outcomes["before"]], dtype=float
        )
        revenue = np.array(outcomes["revenue"], dtype=float)
        measured = {
            "revenue": revenue,
            "margin": revenue - np.array(outcomes["cost"], dtype=float),
            "lines": np.array(outcomes["lines"], dtype=float),
            "won": np.array(outcomes["won"], dtype=float),
        }
        return {
            measure: Exposures(client=client, treated=treated, outcome=values, before=before)
            for measure, values in measured.items()
        }

    def _effects(self, exposures):
        """{measure: algorithms.experiment.Effect}; shares and lines are not cut."""
        from ...algorithms.experiment.effect import evaluate

        return {
            measure: evaluate(
                columns,
                self.share,
                looks=self.looks,
                planned=self.planned_count or None,
                cap=None if measure in ("revenue", "margin") else math.inf,
            )
            for measure, columns in exposures.items()
        }

    def _result_vals(self, measure, effect, number):
        figures = {name: _finite(getattr(effect, name)) for name in FIGURES}
        is_known = effect.enough and not effect.hidden
        return {
            "experiment_id": self.id,
            "company_id": self.company_id.id,
            "measure": measure,
            "sequence": number,
            "treated_mean": _finite(effect.treated.raw_mean),
            "control_mean": _finite(effect.control.raw_mean),
            "is_known": is_known,
            "can_tell": effect.can_tell,
            "has_relative": is_known and math.isfinite(effect.relative),
            **(figures if is_known else dict.fromkeys(FIGURES, 0.0)),
        }

    def _look_vals(self, exposures, days):
        import numpy as np

        from ...algorithms.experiment.over_time import effect_over_time

        if not days:
            return []
        line = effect_over_time(
            exposures,
            np.array(days, dtype="datetime64[D]"),
            self.share,
            looks=self.looks,
            planned=self.planned_count or None,
        )
        return [
            {
                "experiment_id": self.id,
                "company_id": self.company_id.id,
                "date": day,
                "quotation_count": int(quotations),
                "is_known": effect.enough and not effect.hidden,
                "absolute": _finite(effect.absolute),
                "low": _finite(effect.low),
                "high": _finite(effect.high),
            }
            for day, quotations, effect in zip(
                line.day.tolist(), line.quotations, line.effects, strict=True
            )
        ]

    def _visible_on(self, effect):
        """The day by which the effect worth knowing can be seen and counted, or False."""
        from ...algorithms.experiment.planning import days_until_visible

        days_so_far = (fields.Datetime.now() - self.started_at).days - OUTCOME_DAYS
        if effect.hidden or not effect.enough or days_so_far <= 0:
            return False
        days = days_until_visible(
            self.target_effect,
            effect.quotations / days_so_far,
            effect,
            share=self.share,
            looks=self.looks,
        )
        return self._day_in(days)

    @api.model
    def _day_in(self, days):
        """The day in so many days; False where it is not known or beyond what anybody plans."""
        if days is None or days > 3650:
            return False
        return fields.Date.context_today(self) + timedelta(days=days)


def _finite(value):
    return float(value) if math.isfinite(value) else 0.0
