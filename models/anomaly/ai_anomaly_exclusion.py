"""Days of explained anomalies that are left out of training."""

from odoo import api, models

from .ai_anomaly import EXCLUDABLE


class AiAnomaly(models.Model):
    _inherit = "ai.anomaly"

    @api.model
    def _left_out(self, company):
        """Days that people want left out of what is learned: algorithms.core.left_out.LeftOut."""
        import numpy as np

        from ...algorithms.core.left_out import LeftOut

        chosen = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("company_id", "=", company.id),
                    ("exclude_from_training", "=", True),
                    ("level", "in", EXCLUDABLE),
                ],
                ["level", "product_id", "categ_id", "date", "date_end"],
            )
        )
        products, categories, everything = {}, {}, []
        for anomaly in chosen:
            if anomaly.product_id:
                target = products.setdefault(anomaly.product_id.id, [])
            elif anomaly.categ_id:
                target = categories.setdefault(anomaly.categ_id.id, [])
            else:
                target = everything
            target.append((np.datetime64(anomaly.date), np.datetime64(anomaly.date_end)))
        return LeftOut(products, categories, everything)

    @api.model
    def _days_left_out(self, company, product_ids, days):
        """(n, t) bool array of the days of products that people want left out, or None for none.

        product_ids : (n,) int array; days : (t,) datetime64[D].
        """
        from ...algorithms.core.left_out import left_out_days

        left_out = self._left_out(company)
        if not left_out:
            return None
        products = self.env["product.product"].sudo().browse(product_ids.tolist())
        categories = [product.categ_id.id for product in products]
        return left_out_days(left_out, product_ids, categories, days)
