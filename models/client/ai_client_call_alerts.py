"""Alerts that hold of a client: for the list of whom to call, which says why."""

from odoo import api, fields, models
from odoo.tools import SQL


class AiClient(models.Model):
    _inherit = "ai.client"

    open_alert_ids = fields.Many2many(
        "ai.client.alert",
        string="Alerts",
        compute="_compute_open_alert_ids",
        search="_search_open_alert_ids",
        compute_sudo=True,
    )

    @api.depends("partner_id", "company_id")
    def _compute_open_alert_ids(self):
        alerts = self.env["ai.client.alert"].search(
            [("is_open", "=", True), ("partner_id", "in", self.partner_id.ids)]
        )
        found = alerts.grouped(lambda alert: (alert.company_id, alert.partner_id))
        for client in self:
            client.open_alert_ids = found.get((client.company_id, client.partner_id), False)

    @api.model
    def _search_open_alert_ids(self, operator, value):
        """Clients by their alerts that hold: one of these, or with False any."""
        alerts = self.env["ai.client.alert"].sudo()
        alerts.flush_model()
        asked = [("is_open", "=", True)]
        if value:
            asked.append(("id", operator if operator in ("in", "any") else "in", value))
        self.env.cr.execute(
            SQL(
                """
                SELECT client.id
                  FROM ai_client client
                  JOIN ai_client_alert alert
                    ON alert.partner_id = client.partner_id
                   AND alert.company_id = client.company_id
                 WHERE alert.id IN %s
                """,
                tuple(alerts.search(asked).ids) or (0,),
            )
        )
        return [("id", "in", [row[0] for row in self.env.cr.fetchall()])]
