from odoo import models

from ...tools.compat import read_write


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # The first reading of a quotation's suggestions logs it, see ai.exposure.

    @read_write
    def web_read(self, specification):
        return super().web_read(specification)

    @read_write
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load)
