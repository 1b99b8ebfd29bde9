"""The replenishment board: what is seen there, and what its buttons do.

Nothing is ordered and no reordering rule is written here: the buttons prepare a decision that shows
before and after, and a person applies it (:mod:`.ai_replenishment_decision`).
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools import locks
from ...tools.compat import check_access
from ...tools.rights import check_group

# What alerts report: the mark that says so, and the condition it is about.
KINDS = {
    "low": ("is_low_told", ("action", "=", "order_now")),
    "dead": ("is_dead_told", ("is_dead", "=", True)),
}

DECIDERS = "stock.group_stock_manager"


class AiReplenishment(models.Model):
    _inherit = "ai.replenishment"

    @api.model
    def action_open_board(self):
        """Open the board of the active companies with the stock of now.

        For who may read it. Returns the window action. While a company's training is under way its
        plan stays: training writes the same rows, and would have to begin again.
        """
        check_access(self, "read")
        for company in self.env.companies.filtered("ai_enabled"):
            with locks.training(company, "replenishment") as idle:
                if idle:
                    self.sudo().with_company(company)._refresh(company)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_replenishment_action"
        )

    def action_create_orderpoints(self):
        """Prepare reordering rules for the selected rows. Inventory administrators only."""
        return self._decide("orderpoint")

    def action_order(self):
        """Prepare orders of the selected rows. Inventory administrators only."""
        return self._decide("order")

    def action_open_product(self):
        """Open the product of a row. For who may read the board."""
        self.ensure_one()
        return self.product_id.get_formview_action()

    def _decide(self, kind):
        """Open a prepared decision of one company's rows."""
        self._check_decider()
        rows = self.exists()
        if not rows:
            raise UserError(_("Select at least one product on the board."))
        if len(rows.company_id) > 1:
            raise UserError(
                _(
                    "The selected products belong to %s. Select those of one company.",
                    ", ".join(rows.company_id.mapped("name")),
                )
            )
        decision = self.env["ai.replenishment.decision"]._prepare(rows, kind)
        return decision.get_formview_action()

    @api.model
    def _check_decider(self):
        check_group(
            self.env,
            DECIDERS,
            _(
                "Only inventory administrators may order or write reordering rules. Ask your "
                "administrator."
            ),
        )

    is_low_told = fields.Boolean(string="Reported as Low", readonly=True)
    is_dead_told = fields.Boolean(string="Reported as Dead Stock", readonly=True)

    @api.model
    def _newly(self, company, kind):
        """Rows that are low or dead and not yet reported; they are marked, and others unmarked.

        kind : "low" or "dead". Returns rows, the most urgent first.
        """
        mark, (field, operator, value) = KINDS[kind]
        here = [("company_id", "=", company.id), ("product_id.active", "=", True)]
        over = self.search([*here, (mark, "=", True), "!", (field, operator, value)])
        over.write({mark: False})
        new = self.search([*here, (mark, "=", False), (field, operator, value)])
        new.write({mark: True})
        return new
