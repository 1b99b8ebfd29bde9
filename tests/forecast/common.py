"""Forecasts trained on sales day by day."""

from ..core.sales_common import SalesCommon


class ForecastCommon(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forecasts = cls.env["ai.forecast"]

    @classmethod
    def _train_forecast(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "forecast")

    def _forecast(self, product, company=None):
        return self.forecasts.search(
            [
                ("product_id", "=", product.id),
                ("company_id", "=", (company or self.company).id),
            ]
        )
