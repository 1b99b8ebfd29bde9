"""Complaints in the history of clients: taken, escalated, closed."""

from odoo import api, fields, models
from odoo.tools import SQL


class AiClientEvent(models.Model):
    _inherit = "ai.client.event"
    _depends = {
        "ai.complaint": [
            "company_id",
            "commercial_partner_id",
            "user_id",
            "responsible_id",
            "employee_id",
            "name",
            "motive_id",
            "escalated_at",
            "escalation_reason",
            "closed_at",
            "resolution",
        ],
    }

    kind = fields.Selection(
        selection_add=[
            ("complaint", "Complaint"),
            ("complaint_escalated", "Complaint Escalated"),
            ("complaint_closed", "Complaint Closed"),
        ]
    )

    @api.model
    def _event_queries(self):
        return {
            **super()._event_queries(),
            "complaint": self._complaints(
                SQL("complaint.create_date"), SQL("complaint.user_id"), SQL("complaint.description")
            ),
            "complaint_escalated": self._complaints(
                SQL("complaint.escalated_at"),
                SQL("complaint.responsible_id"),
                SQL("complaint.escalation_reason"),
            ),
            "complaint_closed": self._complaints(
                SQL("complaint.closed_at"),
                SQL("complaint.responsible_id"),
                SQL("complaint.resolution"),
            ),
        }

    @api.model
    def _complaints(self, date, user, words):
        """Complaints at a moment, where they had it, but for those about the reader."""
        return SQL(
            """
            SELECT complaint.id AS record_id, %(date)s AS date, complaint.company_id,
                   complaint.commercial_partner_id AS partner_id, %(user)s AS user_id,
                   concat_ws(' · ', complaint.name,
                             COALESCE(motive.name ->> %(lang)s, motive.name ->> 'en_US'),
                             NULLIF(%(words)s, '')) AS name,
                   NULL::numeric AS amount, 'ai.complaint' AS res_model, complaint.id AS res_id
              FROM ai_complaint complaint
              JOIN ai_complaint_motive motive ON motive.id = complaint.motive_id
             WHERE %(date)s IS NOT NULL
               AND complaint.employee_id IS DISTINCT FROM %(reader)s
            """,
            date=date,
            user=user,
            words=words,
            lang=self.env.lang or "en_US",
            reader=self.env.uid,
        )
