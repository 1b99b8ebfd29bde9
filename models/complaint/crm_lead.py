"""Open complaints of an opportunity's client, before its salesperson offers more."""

from odoo import fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    open_complaint_count = fields.Integer(
        related="partner_id.open_complaint_count", string="Open Complaints"
    )

    def action_open_complaints(self):
        """The complaints of the opportunity's client."""
        self.ensure_one()
        return self.partner_id.action_open_complaints()
