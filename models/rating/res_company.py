"""Settings of clients' own pages and of ratings, for each company."""

from odoo import api, fields, models

from ...tools.setting_range import DAYS, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_client_pages = fields.Boolean(
        string="Products and Recommendations",
        default=True,
        help="Clients with access to the portal rate what they bought, see what is recommended to "
        "them and ask for quotations.",
    )
    ai_rating_invites = fields.Boolean(
        string="Invitations to Rate",
        help="Clients with access to the portal are asked by mail to rate what was delivered.",
    )
    ai_rating_days = fields.Integer(
        string="Invited After", default=3, help="Days from the delivery to the invitation."
    )
    ai_rating_pause_days = fields.Integer(
        string="Days Between Invitations",
        default=30,
        help="A client gets no second invitation before so many days have passed.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_rating_days": Range(0, 90, DAYS),
            "ai_rating_pause_days": Range(1, 365, DAYS),
        }
