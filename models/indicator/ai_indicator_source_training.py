"""How old is what was learned."""

from odoo import api, fields, models

from ..core.ai_indicator_source import Records


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {**super()._indicators(), "training_age": "_read_training_age"}

    @api.model
    def _records(self):
        return {**super()._records(), "training_age": Records("ai.training.run", [])}

    @api.model
    def _read_training_age(self, scope):
        """Days since each kind of training was last done; the oldest one's.

        A failed run leaves what was learned before; a kind that was never done has no age.
        """
        done = [
            ("company_id", "=", scope.company.id),
            ("state", "=", "done"),
            ("ended_at", "!=", False),
        ]
        runs = self.env["ai.training.run"].sudo()
        latest = [moment for _kind, moment in runs._read_group(done, ["kind"], ["ended_at:max"])]
        if not latest:
            return {}
        age = fields.Datetime.now() - min(latest)
        return {"training_age": scope.now(age.total_seconds() / 86400)}
