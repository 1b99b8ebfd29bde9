from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Who takes calls, known before the bar above is drawn: an operator's id or False."""
        result = super().session_info()
        if request.session.uid:
            group = "smart_recommender.group_call_operator"
            result["call_operator_id"] = self.env.user.has_group(group) and self.env.uid
        return result
