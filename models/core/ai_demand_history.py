"""The days of the past that say something about demand, for all that learn from them.

A day that began and ended without stock and saw no sale is unknown, and so is one on which the
company was closed or that people want left out. Whoever knows of such days, or of days that say
less than was sold, extends
``_without_left_out``.
"""

from odoo import _, api, models
from odoo.exceptions import UserError


class AiDemandHistory(models.AbstractModel):
    _name = "ai.demand.history"
    _description = "Demand of the Past"

    @api.model
    def _demand_panel(self, company, date_from, date_to, products):
        """DemandPanel of a window, its days inclusive, of which only the known ones count.

        products : {product id: date of its first sale}.
        """
        from ...algorithms.core.demand_panel import demand_panel

        lines = self.env["ai.sales.extract"]._daily_demand(company, date_from, date_to, products)
        window = (date_to - date_from).days + 1
        panel = demand_panel(lines, date_to, window, list(products), products)
        return self._known_days(company, date_from, panel)

    @api.model
    def _known_days(self, company, date_from, panel):
        """A DemandPanel without the days that say nothing. date_from : its first day."""
        panel = self._without_stock_outs(company, date_from, panel)
        return self._without_left_out(company, panel)

    @api.model
    def _without_stock_outs(self, company, date_from, panel):
        """A DemandPanel with its days without stock unknown: no stock is not no demand."""
        from ...algorithms.core.stock_history import past_stock
        from ...algorithms.core.stock_outs import without_stock_outs

        products = panel.product_ids.tolist()
        extract = self.env["ai.stock.extract"]
        stock = extract._stock(company, products)
        flows = extract._stock_flows(company, date_from, products)
        on_hand, opening = past_stock(panel.product_ids, panel.days, stock, flows)
        return without_stock_outs(panel, on_hand, opening)[0]

    @api.model
    def _without_left_out(self, company, panel):
        """A DemandPanel with the days unknown that people want left out: here, closures."""
        from ...algorithms.core.left_out import without_days

        closed = self.env["ai.closed.day"]._closed(company, panel.days)
        # Somebody sold all the same: that was wanted.
        return without_days(panel, closed & (panel.sold == 0)) if closed.any() else panel

    @api.model
    def _bad_quantity_error(self, error):
        """The UserError that names the product and the day of a BadQuantityError."""
        return UserError(
            _(
                "%(product)s has an order line on %(day)s whose quantity is not a number. Correct "
                "it and train again.",
                product=self.env["product.product"].sudo().browse(error.product_id).display_name,
                day=error.day,
            )
        )
