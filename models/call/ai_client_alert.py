from odoo import _, models
from odoo.tools import format_date, format_datetime


class AiClientAlert(models.Model):
    _inherit = "ai.client.alert"

    def _sentence_callback(self):
        """When the client was to be called back, in the time zone of whoever is to call."""
        call = self.env["ai.call"].sudo().browse(int(self.key or 0)).exists()
        if not call.callback_at:
            return _("Call back since %s", format_date(self.env, self.since))
        moment = format_datetime(
            self.env, call.callback_at, tz=self.user_id.tz or "UTC", dt_format="short"
        )
        return _("Call back at %s", moment)
