"""Why something sold unusually, and whether its days still teach forecasts what to expect."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...models.anomaly.ai_anomaly import EXCLUDABLE, REASONS


class AiAnomalyExplain(models.TransientModel):
    _name = "ai.anomaly.explain"
    _description = "Explain Anomalies"

    anomaly_ids = fields.Many2many("ai.anomaly", required=True, readonly=True)
    reason = fields.Selection(REASONS, required=True)
    comment = fields.Text(help="Kept on the anomaly and in its history.")
    exclude_from_training = fields.Boolean(
        string="Leave Out of Training",
        help="From the next training on, forecasts, reorder points, classes and the search for "
        "anomalies treat these days as unknown. Orders stay as they are.",
    )
    can_exclude = fields.Boolean(compute="_compute_can_exclude")

    @api.depends("anomaly_ids")
    def _compute_can_exclude(self):
        for wizard in self:
            wizard.can_exclude = all(
                level in EXCLUDABLE for level in wizard.anomaly_ids.mapped("level")
            )

    def action_apply(self):
        """Keep the explanation on all anomalies. Managers only."""
        self.ensure_one()
        if not self.anomaly_ids:
            raise UserError(_("Select the anomalies that you want to explain."))
        if self.exclude_from_training and not self.can_exclude:
            raise UserError(
                _(
                    "Days of a customer or a salesperson cannot be left out of training: forecasts "
                    "are made by product. Explain the anomaly of the product instead."
                )
            )
        vals = {"comment": self.comment} if self.comment else {}
        self.anomaly_ids._decide(
            "explained",
            reason=self.reason,
            exclude_from_training=self.exclude_from_training,
            **vals,
        )
        if self.comment:
            for anomaly in self.anomaly_ids:
                anomaly.message_post(body=self.comment)
        return {"type": "ir.actions.act_window_close"}
