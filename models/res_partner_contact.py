from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    email_second = fields.Char(string="Second E-mail", groups="base.group_user")
    landmark = fields.Char(
        groups="base.group_user",
        help="What is near the address, for who delivers: a mosque, a pharmacy, a shop's colour.",
    )
