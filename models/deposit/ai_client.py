from odoo import api, models

from ..client.ai_client_reasons import CallReason


class AiClient(models.Model):
    _inherit = "ai.client"

    @api.model
    def _call_reasons(self):
        """Late containers, where their alert holds."""
        return [
            *super()._call_reasons(),
            CallReason(
                "bottles",
                [("alert_kinds", "like", "bottles")],
                lambda client: ", ".join(
                    client.open_alert_ids.filtered(lambda alert: alert.kind == "bottles").mapped(
                        "sentence"
                    )
                ),
            ),
        ]
