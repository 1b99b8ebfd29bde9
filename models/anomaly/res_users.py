from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    ai_anomaly_alerts = fields.Boolean(
        string="Notify Me of Unusual Sales",
        help="One activity each morning with what newly sold unusually, and one immediately if it "
        "is severe.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "ai_anomaly_alerts"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "ai_anomaly_alerts"]
