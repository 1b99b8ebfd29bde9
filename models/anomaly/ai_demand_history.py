"""Days of explained anomalies teach nothing, wherever people say so, and days that are far too high
teach what was usual until somebody has decided on them."""

from odoo import api, models


class AiDemandHistory(models.AbstractModel):
    _inherit = "ai.demand.history"

    @api.model
    def _without_left_out(self, company, panel):
        """A DemandPanel with the days unknown that people want left out, and open spikes damped."""
        from ...algorithms.core.left_out import damped, without_days

        panel = super()._without_left_out(company, panel)
        panel = damped(panel, self.env["ai.anomaly"]._ceilings(company))
        marked = self.env["ai.anomaly"]._days_left_out(company, panel.product_ids, panel.days)
        return panel if marked is None else without_days(panel, marked)
