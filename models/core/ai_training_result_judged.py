from odoo import api, fields, models


class AiTrainingResultJudged(models.AbstractModel):
    """Result of a training that is judged beside a simple rule."""

    _name = "ai.training.result.judged"
    _description = "Result of a Training Beside a Simple Rule"
    _inherit = "ai.training.result"

    # The method that is the simple rule, and a figure that is zero where nothing was tested.
    _simple = None
    _cases = None

    is_beaten = fields.Boolean(compute="_compute_is_beaten")

    @api.depends(lambda self: [name for name in ("method", self._cases) if name])
    def _compute_is_beaten(self):
        for result in self:
            is_tested = not self._cases or result[self._cases] > 0
            result.is_beaten = is_tested and result.method == self._simple
