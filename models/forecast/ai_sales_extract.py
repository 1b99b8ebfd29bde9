"""Which days forecasts learn from."""

from datetime import timedelta

from odoo import api, models


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _demand_window(self, company):
        """First and last day (dates, inclusive) that forecasts learn from; today is not over."""
        today = self._local_now(company).date()
        return today - timedelta(days=company.ai_forecast_days), today - timedelta(days=1)
