"""Invitations to rate that a contact does not want, and what a client rated."""

from odoo import api, fields, models
from odoo.tools import consteq
from odoo.tools.misc import hmac

SCOPE = "smart_recommender.rating_invitations"


class ResPartner(models.Model):
    _inherit = "res.partner"

    ai_no_invitations = fields.Boolean(
        string="No Invitations to Rate",
        copy=False,
        groups="base.group_user",
        help="The contact does not want to be asked by mail to rate what was delivered.",
    )

    def _ai_unsubscribe_token(self):
        """What only this database can have put into a mail to this contact."""
        self.ensure_one()
        return hmac(self.env(su=True), SCOPE, self.id)

    @api.model
    def _ai_of_token(self, partner_id, token):
        """The contact (sudo) whose mail a token comes from, none where it is another's."""
        partner = self.sudo().browse(partner_id).exists()
        return (
            partner if partner and consteq(token, partner._ai_unsubscribe_token()) else partner[:0]
        )

    def action_open_ai_ratings(self):
        """The ratings of the whole commercial entity, the last first."""
        self.ensure_one()
        entity = self.commercial_partner_id
        return self.env["rating.rating"]._ai_list(
            entity.display_name, [("ai_commercial_partner_id", "=", entity.id)]
        )
