from odoo import api, fields, models

# Totals of a product are those of all salespeople: who sees only own documents does not see them.
# Who orders needs them, and sees all deliveries anyway.
FORECAST_GROUPS = (
    "sales_team.group_sale_salesman_all_leads,smart_recommender.group_manager,"
    "stock.group_stock_manager,purchase.group_purchase_user"
)


class ProductProduct(models.Model):
    _inherit = "product.product"

    ai_forecast = fields.Json(
        string="Demand Forecast", compute="_compute_ai_forecast", groups=FORECAST_GROUPS
    )

    @api.depends_context("company")
    def _compute_ai_forecast(self):
        for product, charts in self._ai_forecast_charts().items():
            product.ai_forecast = charts

    def _ai_forecast_charts(self):
        """{product: value of the forecast tab} for the current company."""
        forecasts = self.env["ai.forecast"].search(
            [("company_id", "=", self.env.company.id), ("product_id", "in", self.ids)]
        )
        charts = {forecast.product_id.id: forecast.chart for forecast in forecasts}
        status = self._ai_forecast_status() if len(charts) < len(self) else {}
        return {
            product: {
                "status": "ok" if product.id in charts else status[product],
                "variants": [charts[product.id]] if product.id in charts else [],
            }
            for product in self
        }

    def _ai_forecast_status(self):
        """{product: why there is no forecast of it}."""
        company = self.env.company
        trained = self.env["ai.forecast"].search_count([("company_id", "=", company.id)], limit=1)
        excluded = self.filtered_domain(company.sudo()._ai_is_excluded_product_domain())

        def status(product):
            if not company.ai_enabled:
                return "disabled"
            if product in excluded:
                return "excluded"
            if product.type == "service" and not company.ai_include_services:
                return "service"
            if not product.active:
                return "archived"
            return "no_sales" if trained else "untrained"

        return {product: status(product) for product in self}
