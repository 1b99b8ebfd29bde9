from odoo import fields, models


class AiTrainingResultAnomalies(models.Model):
    """How many anomalies a run has found."""

    _name = "ai.training.result.anomalies"
    _description = "Result of a Search for Anomalies"
    _inherit = "ai.training.result"
    _made = "anomaly_count"

    anomaly_count = fields.Integer(string="Anomalies")
    new_count = fields.Integer(string="New Anomalies")
