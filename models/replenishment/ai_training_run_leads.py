"""The replay of lead times: those of past receipts beside those that vendors promise.

Orders of the replay take as long as the newest third of the receipts did; reorder points go by the
promise, or by the older receipts. Replenishment goes by receipts where they win here and the
company wants it (``algorithms.replenishment.lead_comparison``).
"""

from dataclasses import asdict

from odoo import _, models
from odoo.tools import format_amount, formatLang

from ..core.ai_training_run import SEED


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    def _lead_tasks(self, panel, plan, receipts):
        """What ``compare_policies`` takes to replay products of a warehouse by the promised lead
        times and by those of receipts; empty where too little was received.

        panel : DemandPanel; plan : {column: (n,)} of the same products, as the planner has it, to
        which the ``lead_rows`` that are replayed are added; receipts : those of the company, as
        ``ai.stock.extract._receipts`` reads them.
        """
        import numpy as np

        from ...algorithms.replenishment.policy_comparison import Supply

        leads = self._split_leads(plan, receipts)
        plan["lead_rows"] = rows = np.flatnonzero(~np.isnan(leads.mean))
        if not len(rows):
            return []
        planner = self.env["ai.replenishment.planner"]

        def days(values):
            """With those that the company adds to what it buys."""
            own = {name: plan[name][rows] for name in ("supply", "vendor_id")}
            own["planned_lead"] = values[rows]
            return planner._with_purchase_lead(self.company_id, own)

        panel, settings = panel.take(rows), self._policy_settings()
        actual = days(leads.mean), leads.sd[rows]
        packages = plan["minimum"][rows], plan["multiple"][rows]
        told = ((days(plan["planned_lead"]), 0.0), (days(leads.told_mean), leads.told_sd[rows]))
        return [
            (panel, Supply(*each, *packages), settings, np.random.default_rng(SEED), actual)
            for each in told
        ]

    def _add_leads(self, made, plan):
        """Add what came of ``_lead_tasks``. made : two PolicyComparisons, or none."""
        from ...algorithms.replenishment.lead_comparison import LeadSums, lead_sums

        if not made:
            return
        way = "by_days" if self.company_id.ai_rop_method == "days" else "by_service"
        metrics, cost = dict(self.metrics or {}), plan["unit_cost"][plan["lead_rows"]]
        sums = LeadSums(**metrics.get("leads", {}))
        sums += lead_sums(*(getattr(each, way) for each in made), cost)
        self.metrics = {**metrics, "leads": asdict(sums)}

    def _split_leads(self, plan, receipts):
        """algorithms.replenishment.lead_comparison.SplitLeads of rows of a plan; of those that
        nobody supplies nothing is known."""
        import numpy as np

        from ...algorithms.replenishment.lead_comparison import split_leads

        stock = self.env["ai.stock.extract"]
        known = np.unique(plan["vendor_id"][plan["vendor_id"] > 0]).tolist()
        entity = stock._commercial_partners(known)
        vendor = np.array([entity.get(each, 0) for each in plan["vendor_id"].tolist()], np.int64)
        return split_leads(
            np.stack([vendor, plan["product_id"]], axis=1),
            np.nan_to_num(plan["planned_lead"]),
            np.stack([receipts["vendor_id"], receipts["product_id"]], axis=1),
            receipts["ordered"],
            receipts["received"],
        )

    def _store_leads(self):
        from ...algorithms.replenishment.lead_comparison import LeadSums, judged

        sums = (self.metrics or {}).get("leads")
        found = judged(LeadSums(**sums), self.company_id.ai_service_level) if sums else None
        if found:
            self._keep_result(
                lead_count=found.products,
                plan_fill=found.plan_fill,
                receipt_fill=found.receipt_fill,
                plan_stock=found.plan_stock,
                receipt_stock=found.receipt_stock,
                receipts_win=found.wins,
            )

    def _explain_leads(self):
        """Both lead times in a sentence or two, empty where too little was received."""
        self.ensure_one()
        result = self._result() if self.kind == "replenishment" else None
        if not result or not result.lead_count:
            return ""
        currency = self.company_id.currency_id
        message = _(
            "With the orders of %(count)s products taking as long as the newest receipts did, the "
            "vendors' delays would have served %(plan_fill)s%% with %(plan_stock)s in stock, the "
            "lead times of earlier receipts %(receipt_fill)s%% with %(receipt_stock)s.",
            count=self._grouped(result.lead_count),
            **{
                name: formatLang(self.env, 100 * result[name], digits=1)
                for name in ("plan_fill", "receipt_fill")
            },
            **{
                name: format_amount(self.env, round(result[name]), currency)
                for name in ("plan_stock", "receipt_stock")
            },
        )
        return f"{message} {self._explain_use(result.receipts_win)}"

    def _explain_use(self, wins):
        company = self.company_id
        if company.ai_use_receipts:
            return _("Replenishment goes by receipts, as the settings say.")
        if not wins:
            return _("Receipts are not surely better, and the delays stay.")
        if company.ai_proven_receipts:
            return _("Receipts win, and replenishment goes by them.")
        return _(
            "Receipts win. Replenishment goes by them once Lead Times That Proved Better is "
            "switched on in the expert settings."
        )
