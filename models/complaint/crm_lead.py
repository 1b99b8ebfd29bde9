"""Open complaints of an opportunity's client, before its salesperson offers more."""

from odoo import api, fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"
    # As Odoo 17 calls it: both series have the same terms to translate.
    _description = "Lead/Opportunity"

    open_complaint_count = fields.Integer(
        string="Open Complaints",
        compute="_compute_open_complaint_count",
        groups="sales_team.group_sale_salesman",
    )

    @api.depends("partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_complaint_count(self):
        for lead in self:
            lead.open_complaint_count = lead.partner_id.open_complaint_count

    def action_open_complaints(self):
        """The complaints of the opportunity's client."""
        self.ensure_one()
        return self.partner_id.action_open_complaints()
