from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _ai_package_size(self):
        """Units of the line in the package that it is sold in, 0 for none; series of Odoo without
        packagings sell packages as units."""
        package = "product_packaging_id" in self._fields and self.product_packaging_id
        if not package:
            return 0.0
        own = self.product_id.uom_id
        return own._compute_quantity(package.qty, self.product_uom, round=False)
