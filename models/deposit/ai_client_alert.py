from odoo import _, models
from odoo.tools import format_date


class AiClientAlert(models.Model):
    _inherit = "ai.client.alert"

    def _sentence_bottles(self):
        container = self.env["product.product"].sudo().browse(int(self.key or 0)).exists()
        return _(
            "%(container)s to be returned since %(day)s, deposit of %(amount)s",
            container=container.display_name or _("Containers"),
            day=format_date(self.env, self.since),
            amount=self._in_money(),
        )
