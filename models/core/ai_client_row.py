from odoo import api, fields, models


class AiClientRow(models.AbstractModel):
    """A record of a client of one company, which goes with either."""

    _name = "ai.client.row"
    _description = "Row of a Client"
    _inherit = ["ai.company.row"]
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        help="The commercial entity.",
    )

    @api.model
    def _of(self, company, partner):
        """The row (sudo) of a partner's commercial entity; empty where there is none yet."""
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", partner.commercial_partner_id.id),
            ],
            limit=1,
        )
