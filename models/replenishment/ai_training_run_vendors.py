"""Training of vendors: a second or two, so in one turn. It precedes replenishment, which goes by
the lead times of past receipts where they tell newer orders better than the plan.

What was ordered is counted again each time, over two years; how far few lines are drawn towards all
vendors is carried over from the last run where that tells newer lines better. Too few orders are no
failure, and then the plain shares are shown.
"""

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..core.ai_training_run import SEED


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(selection_add=[("vendors", "Vendors")], ondelete={"vendors": "cascade"})
    vendors_result_ids = fields.One2many("ai.training.result.vendors", "run_id", readonly=True)

    @api.model
    def action_run_vendors(self):
        """Ask for new figures of the current company's vendors; a background job makes them.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["vendors"])

    def action_open_vendor_scores(self):
        """Open the vendors that this run has judged. Managers only."""
        return self._open_results("ai_vendor_score_action")

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_vendors(self):
        """Judge the vendors of the run's company, and replace its rows."""
        import numpy as np

        from ...algorithms.replenishment.vendor_backtest import backtest
        from ...algorithms.replenishment.vendor_score import vendor_scores

        company = self.company_id
        weights, tolerance = company._ai_vendor_weights(), company.ai_vendor_tolerance
        self.parameters = {name: company[f"ai_{name}"] for name in company._ai_vendor_settings()}
        today = self.env["ai.sales.extract"]._local_now(company).date()
        day = int(np.datetime64(today).astype(np.int64))
        lines, kept = self._vendor_lines(day, tolerance)
        gain, lead = backtest(
            lines, *self._planned_leads(), day, np.random.default_rng(SEED), tolerance
        )
        is_shrunk = gain is not None and gain.better
        priors = self._vendor_priors(lines, day, tolerance) if is_shrunk else None
        scores = vendor_scores(lines, day, weights, tolerance, priors)
        rows = self._vendor_rows(scores, lines, kept, weights, is_shrunk)
        count = self.env["ai.vendor.score"]._replace(self, rows)
        self._keep_result(
            vendor_count=count,
            line_count=len(lines.vendor),
            method="shrunk" if is_shrunk else "plain",
            **self._gain_figures(gain, lead),
        )

    def _vendor_priors(self, lines, day, tolerance):
        """{name: Prior} that are used: what is newly learned, or the last ones where that is worse
        on lines that were decided since."""
        from ...algorithms.replenishment.vendor_duel import KeptVendors, duel
        from ...algorithms.replenishment.vendor_score import vendor_scores

        scores = vendor_scores(lines, day, tolerance=tolerance)
        new = KeptVendors(
            {name: getattr(scores, name).prior for name in ("on_time", "complete", "returned")}, day
        )

        def judge(old):
            outcome = duel(old, lines, day, tolerance)
            return outcome.is_worse, {
                "unseen": outcome.unseen,
                "old_brier": outcome.old,
                "new_brier": outcome.new,
            }

        return self.env["ai.model.store"]._keep_better(self, new, judge).priors

    def _vendor_lines(self, day, tolerance):
        """(PurchaseLines, (n,) bool whether the promise was kept at confirmation)."""
        import numpy as np

        from ...algorithms.replenishment.vendor_score import OPEN, PurchaseLines

        read = self.env["ai.stock.extract"]._purchase_lines(self.company_id)
        kept = read.pop("is_kept") == 1
        read = {
            name: values.astype(np.int64 if values.dtype.kind == "i" else np.float64)
            for name, values in read.items()
        }
        # What has come in part and is not due yet may still come whole.
        waits = (read["got"] < read["wanted"] * (1 - 1e-6)) & (read["promised"] + tolerance >= day)
        read["received"] = np.where(waits, OPEN, read["received"])
        return PurchaseLines(**read), kept

    def _planned_leads(self):
        """((m, 2) vendor and product, (m,) days) of the main vendors."""
        import numpy as np

        stock = self.env["ai.stock.extract"]
        vendors = stock._vendors(self.company_id)
        entity = stock._commercial_partners(np.unique(vendors["vendor_id"]).tolist())
        partner = np.array([entity[each] for each in vendors["vendor_id"].tolist()], np.int64)
        return np.stack([partner, vendors["product_id"]], axis=1), vendors["delay"]

    def _vendor_rows(self, scores, lines, kept, weights, is_shrunk):
        """{column: values} of ``ai.vendor.score``."""
        import numpy as np

        from ...algorithms.replenishment.vendor_score import weighted

        place = np.searchsorted(scores.vendor, lines.vendor)
        size = len(scores.vendor)
        parts = scores.parts.copy()
        shares = {"on_time": scores.on_time, "complete": scores.complete}
        rows = {}
        for name, share in {**shares, "returned": scores.returned}.items():
            plain = share.count / np.maximum(share.of, 1)
            mean = np.where(share.of > 0, share.mean if is_shrunk else plain, 0.0)
            rows |= {name: mean, f"{name}_low": share.low, f"{name}_high": share.high}
        if not is_shrunk:
            for column, name in ((0, "on_time"), (1, "complete")):
                parts[:, column] = np.where(shares[name].of > 0, rows[name], np.nan)
            parts[:, 4] = np.where(scores.returned.of > 0, 1 - rows["returned"], np.nan)
        return {
            **rows,
            "partner_id": scores.vendor,
            "score": np.nan_to_num(weighted(parts, np.asarray(weights, np.float64))),
            "line_count": np.bincount(place, minlength=size),
            "judged_count": scores.on_time.of,
            "kept_count": np.bincount(place[kept], minlength=size),
            "receipt_count": scores.receipts,
            "lead_mean": np.nan_to_num(scores.lead_mean),
            "lead_spread": np.nan_to_num(scores.lead_sd),
            "is_drift_known": ~np.isnan(scores.drift),
            # Adding zero takes the sign of what is nothing.
            **{
                name: np.round(np.nan_to_num(getattr(scores, name)), 4) + 0.0
                for name in ("drift", "drift_low", "drift_high")
            },
        }

    @staticmethod
    def _gain_figures(gain, lead):
        figures = {}
        if gain:
            figures |= {
                "case_count": gain.cases,
                "brier": gain.model,
                "simple_brier": gain.simple,
                "gain": gain.gain,
                "gain_low": gain.low,
                "gain_high": gain.high,
            }
        if lead:
            figures |= {
                "lead_case_count": lead.cases,
                "lead_error": lead.model,
                "plan_error": lead.simple,
                "lead_gain": lead.gain,
                "lead_gain_low": lead.low,
                "lead_gain_high": lead.high,
            }
        return figures

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _message_vendors(self):
        result = self._result()
        if not result.vendor_count:
            return _(
                "%(company)s has confirmed no purchase of goods in two years, so no vendor is "
                "judged.",
                company=self.company_id.name,
            )
        return _(
            "%(vendors)s vendors judged by %(lines)s ordered lines, in %(seconds)s s.",
            vendors=self._grouped(result.vendor_count),
            lines=self._grouped(result.line_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )

    def _verdict_vendors(self):
        """What the newest third of the orders says; none without vendors."""
        self.ensure_one()
        result = self._result()
        if not result.vendor_count:
            return False
        return " ".join([self._verdict_on_time(result), self._verdict_lead(result)])

    def _verdict_on_time(self, result):
        if not result.case_count:
            return _(
                "Too few orders to test the shares: each vendor's plain past shares are shown."
            )
        figures = {
            name: formatLang(self.env, result[name], digits=4)
            for name in ("brier", "simple_brier", "gain_low", "gain_high")
        }
        if result.method == "shrunk":
            message = _(
                "Drawn towards all vendors, shares told whether newer lines came on time better "
                "than plain shares: Brier score %(brier)s, plain %(simple_brier)s (gain "
                "%(gain_low)s to %(gain_high)s).",
                **figures,
            )
            return message if result.replaced else f"{message} {self._kept_vendors_message()}"
        return _(
            "Plain past shares told newer lines no worse than shares drawn towards all vendors, "
            "and are shown: Brier score %(simple_brier)s, drawn %(brier)s.",
            **figures,
        )

    def _kept_vendors_message(self):
        metrics = self.metrics or {}
        return _(
            "How far they are drawn stays as it was: on %(count)s lines decided since, what was "
            "learned before has a Brier score of %(old)s, the new one of %(new)s.",
            count=self._grouped(metrics.get("unseen", 0)),
            old=formatLang(self.env, metrics.get("old_brier") or 0.0, digits=4),
            new=formatLang(self.env, metrics.get("new_brier") or 0.0, digits=4),
        )

    def _verdict_lead(self, result):
        if not result.lead_case_count:
            return _("Too few receipts to test lead times.")
        figures = {
            name: formatLang(self.env, result[name], digits=1)
            for name in ("lead_error", "plan_error")
        }
        if result.lead_gain_low > 0:
            return _(
                "Lead times of past receipts are off by %(lead_error)s days, those of the plan by "
                "%(plan_error)s: receipts are the better guide.",
                **figures,
            )
        return _(
            "Lead times of past receipts are off by %(lead_error)s days, those of the plan by "
            "%(plan_error)s: receipts are not surely better, and the plan stays.",
            **figures,
        )
