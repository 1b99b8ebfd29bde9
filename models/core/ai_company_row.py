from odoo import fields, models


class AiCompanyRow(models.AbstractModel):
    """A record of one company, which goes with it."""

    _name = "ai.company.row"
    _description = "Row of a Company"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
