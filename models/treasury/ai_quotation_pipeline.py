"""The page *Pipeline*: what open quotations and opportunities are likely to bring.

Each reader sees the sum of what he or she may see. How good the chances are is of the company.
"""

from odoo import _, api, fields, models

from ...tools.rights import check_group

SEED = 24
FIGURES = ("rate", "lapse", "brier", "base_brier", "gain", "low", "high", "calibration_error")
CRM_FIGURES = ("crm_brier", "crm_base_brier", "crm_calibration_error")


class AiQuotationPipeline(models.AbstractModel):
    _name = "ai.quotation.pipeline"
    _description = "Pipeline"

    @api.model
    def get_pipeline(self):
        """What the page shows of the user's company, in its currency, untaxed.

        Returns a JSON-ready dict:

        company : {"id", "name"}; currency_id.
        quotations : {"count", "amount", "expected", "low", "high"} of those with a chance, the last
            two the 80 % range of what is won of them.
        unknown, given_up : {"count", "amount"} of the other open quotations: newer than the last
            training, and older than nearly all that are won.
        leads : as quotations, of open opportunities, by what CRM says.
        model : {"is_told", "message", "trained_at" or False, "quotation_count", "bins": [[mean
            chance, share won, cases]], *FIGURES}.
        crm : {"is_told", "lead_count", "least", "bins", *CRM_FIGURES}.
        Raises AccessError for all who do not sell.
        """
        check_group(
            self.env,
            "sales_team.group_sale_salesman",
            _("Only salespeople see what quotations are likely to bring."),
        )
        company = self.env.company
        result = self.env["ai.training.result.wins"]._last_of(company)
        metrics = result.run_id.metrics or {}
        return {
            "company": {"id": company.id, "name": company.name},
            "currency_id": company.currency_id.id,
            **self._quotations(company, result, metrics),
            "leads": self._leads(company, metrics),
            "model": self._model(result, metrics),
            "crm": self._crm(result, metrics),
        }

    @api.model
    def _quotations(self, company, result, metrics):
        orders = self.env["sale.order"].search(
            [("company_id", "=", company.id), ("state", "in", ("draft", "sent"))]
        )
        chances = self.env["ai.quotation.chance"]._of(orders)
        told = orders.filtered(lambda order: order.id in chances)
        others = orders - told
        since = fields.Datetime.subtract(fields.Datetime.now(), days=result.lapse)
        old = others.filtered(lambda order: result.lapse and order.create_date < since)
        return {
            "quotations": self._total(
                [chances[order.id] for order in told],
                [self._amount(order) for order in told],
                metrics.get("bins"),
            ),
            "unknown": self._sum(others - old),
            "given_up": self._sum(old),
        }

    @api.model
    def _amount(self, order):
        return order.amount_untaxed / (order.currency_rate or 1.0)

    @api.model
    def _sum(self, orders):
        return {"count": len(orders), "amount": sum(self._amount(order) for order in orders)}

    @api.model
    def _leads(self, company, metrics):
        leads = self.env["crm.lead"].search(
            [
                ("type", "=", "opportunity"),
                ("probability", "<", 100),
                ("company_id", "in", (False, company.id)),
            ]
        )
        leads = leads.filtered(
            lambda lead: (
                (lead.company_id or lead.team_id.company_id or lead.user_id.company_id)
                in (company, self.env["res.company"])
            )
        )
        return self._total(
            [lead.probability / 100 for lead in leads],
            [lead.expected_revenue for lead in leads],
            metrics.get("crm_bins"),
        )

    @api.model
    def _total(self, chances, amounts, bins):
        """JSON-ready Pipeline; bins : [[mean chance, share won, cases]] or None."""
        import numpy as np

        from ...algorithms.treasury import pipeline

        miss = pipeline.miss_of(*zip(*bins, strict=True)) if bins else 0.0
        found = pipeline.totals(chances, amounts, np.random.default_rng(SEED), miss)
        return {
            "count": len(chances),
            "amount": sum(amounts),
            "expected": found.mean,
            "low": found.low,
            "high": found.high,
        }

    @api.model
    def _model(self, result, metrics):
        run = result.run_id
        return {
            "is_told": bool(result.method),
            "message": (run._verdict_wins() or run._message_wins()) if result else "",
            "trained_at": fields.Datetime.to_string(run.ended_at) if run.ended_at else False,
            "quotation_count": result.quotation_count,
            "bins": metrics.get("bins", []),
            **{name: result[name] for name in FIGURES},
        }

    @api.model
    def _crm(self, result, metrics):
        return {
            "is_told": "crm_bins" in metrics,
            "lead_count": result.lead_count,
            "least": metrics.get("least_leads", 0),
            "bins": metrics.get("crm_bins", []),
            **{name: result[name] for name in CRM_FIGURES},
        }
