"""What a client rated, for whoever sells to it."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_open_ai_ratings(self):
        """The ratings of the whole commercial entity, the last first."""
        self.ensure_one()
        entity = self.commercial_partner_id
        return self.env["rating.rating"]._ai_list(
            entity.display_name, [("ai_commercial_partner_id", "=", entity.id)]
        )
