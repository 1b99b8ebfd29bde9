from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Whether the bar above has the dialer, known before it is drawn."""
        result = super().session_info()
        if request.session.uid:
            group = "smart_recommender.group_call_operator"
            result["is_call_operator"] = self.env.user.has_group(group)
        return result
