"""Gold, silver, bronze: by the revenue of 365 days, or as the manager of the call center says.

Clients in order of revenue, the highest first: gold are those with whom the first share of all
revenue is reached, silver those up to the second, bronze the rest of those who bought. The shares
are settings. What a manager sets wins and stays until it is given back to the revenue.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.rights import check_group

TIERS = [("gold", "Gold"), ("silver", "Silver"), ("bronze", "Bronze")]


class AiClient(models.Model):
    _inherit = "ai.client"

    tier = fields.Selection(
        TIERS,
        readonly=True,
        index="btree_not_null",
        help="By the revenue of the last 365 days, or as the manager of the call center set it.",
    )
    tier_by_hand = fields.Selection(TIERS, string="Tier Set by Hand", readonly=True)

    @api.model
    def set_tier(self, partner_id, tier):
        """Set the tier of a client in the current company by hand, or give it back to the revenue.

        partner_id : int, a contact or its company; tier : one of TIERS, or False for by revenue.
        Returns the tier that holds. Raises AccessError for anyone but managers of the call center.
        """
        check_group(
            self.env,
            "smart_recommender.group_call_manager",
            _("Only the manager of the call center sets the tier of a client. Ask that person."),
        )
        labels = dict(self._fields["tier"]._description_selection(self.env))
        if tier and tier not in labels:
            raise UserError(_("“%s” is no tier. Choose gold, silver or bronze.", tier))
        partner = self.env["res.partner"].browse(partner_id).exists()
        if not partner:
            raise UserError(_("This client was deleted meanwhile. Choose another one."))
        message = (
            _("Tier set by hand: %s", labels[tier])
            if tier
            else _("The tier follows from the revenue again.")
        )
        self._decide(self.env.company, partner, {"tier_by_hand": tier}, "tier", message)
        self._refresh_tiers(self.env.company)
        return self._of(self.env.company, partner).tier

    @api.model
    def _refresh_together(self, company):
        self._refresh_tiers(company)
        return super()._refresh_together(company)

    @api.model
    def _refresh_tiers(self, company):
        """Write the tiers of a company that have changed."""
        self.env["ai.client"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH ranked AS (
                    SELECT id, tier_by_hand, revenue_365,
                           sum(revenue_365) FILTER (WHERE revenue_365 > 0) OVER (
                               ORDER BY revenue_365 DESC, id) - revenue_365 AS before,
                           sum(revenue_365) FILTER (WHERE revenue_365 > 0) OVER () AS whole
                      FROM ai_client
                     WHERE company_id = %(company)s
                ),
                wanted AS (
                    SELECT id,
                           COALESCE(tier_by_hand,
                                    CASE WHEN revenue_365 <= 0 THEN NULL
                                         WHEN before < %(gold)s * whole THEN 'gold'
                                         WHEN before < %(silver)s * whole THEN 'silver'
                                         ELSE 'bronze' END) AS tier
                      FROM ranked
                )
                UPDATE ai_client client
                   SET tier = wanted.tier
                  FROM wanted
                 WHERE wanted.id = client.id AND client.tier IS DISTINCT FROM wanted.tier
                """,
                company=company.id,
                gold=company.ai_gold_share,
                silver=company.ai_silver_share,
            )
        )
        self.env["ai.client"].invalidate_model(["tier"])
