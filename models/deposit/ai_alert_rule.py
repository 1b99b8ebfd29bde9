"""Late containers: the operator in charge is told to call."""

from odoo import api, fields, models

from ..alert.kind import Fact, Kind


class AiAlertRule(models.Model):
    _inherit = "ai.alert.rule"

    kind = fields.Selection(
        selection_add=[("bottles", "Late bottles: call")], ondelete={"bottles": "cascade"}
    )

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "bottles": Kind(
                threshold=7, unit="days", least=1, activity="mail.mail_activity_data_call"
            ),
        }

    def _facts_bottles(self):
        """Containers that are so many days past the day of their return, one fact of each kind."""
        late = self.env["ai.deposit.balance"].sudo()._late(self.company_id)
        return [
            Fact(
                row["partner_id"],
                key=str(row["product_id"]),
                amount=row["value"],
                since=row["due_date"],
            )
            for row in late
            if row["days_late"] >= self.threshold
        ]
