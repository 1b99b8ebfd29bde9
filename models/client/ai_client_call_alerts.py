"""Alerts that hold of a client: for the list of whom to call, which says why."""

from odoo import api, fields, models


class AiClient(models.Model):
    _inherit = "ai.client"

    open_alert_ids = fields.Many2many(
        "ai.client.alert", string="Alerts", compute="_compute_open_alerts", compute_sudo=True
    )
    alert_kinds = fields.Char(
        compute="_compute_open_alerts", search="_search_alert_kinds", compute_sudo=True
    )

    @api.depends("partner_id", "company_id")
    def _compute_open_alerts(self):
        alerts = self.env["ai.client.alert"].search(
            [("is_open", "=", True), ("partner_id", "in", self.partner_id.ids)]
        )
        found = alerts.grouped(lambda alert: (alert.company_id, alert.partner_id))
        for client in self:
            own = found.get((client.company_id, client.partner_id), alerts.browse())
            client.open_alert_ids = own
            client.alert_kinds = " ".join(sorted(set(own.mapped("kind"))))

    @api.model
    def _search_alert_kinds(self, _operator, value):
        """Clients of whom an alert of a kind holds. value : the kind."""
        groups = (
            self.env["ai.client.alert"]
            .sudo()
            ._read_group(
                [("is_open", "=", True), ("kind", "=", value)],
                ["company_id"],
                ["partner_id:array_agg"],
            )
        )
        found = [
            self._search([("company_id", "=", company.id), ("partner_id", "in", partners)])
            for company, partners in groups
        ]
        domains = [("id", "in", query) for query in found]
        return ["|"] * (len(domains) - 1) + (domains or [("id", "=", 0)])
