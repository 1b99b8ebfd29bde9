from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """The currency of each of the user's companies: totals of money name it."""
        result = super().session_info()
        if request.session.uid:
            companies = self.env.user.company_ids
            result["company_currencies"] = {c.id: c.currency_id.id for c in companies}
        return result
