"""An order that has left the warehouse: who took it is told, to tell the client."""

from odoo import models

from ..alert.kind import Fact


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        waiting = self.filtered(lambda picking: picking.state != "done")
        done = super()._action_done()
        for picking in waiting.filtered(lambda each: each.state == "done"):
            picking._ai_tell_operator()
        return done

    def _ai_tell_operator(self):
        """Tell the user of a delivery's order, where the company wants it."""
        order = self.sudo().sale_id
        company = self.company_id
        if self.picking_type_code != "outgoing" or not order or not company.ai_enabled:
            return
        rule = self.env["ai.alert.rule"]._of(company)["validated"]
        may = self.env["ai.alert"]._may_be_told
        operator = order.user_id
        if not rule.active or not may(operator, company, ("sales_team.group_sale_salesman",)):
            return
        fact = Fact(
            order.partner_id.commercial_partner_id.id,
            key=f"{order.name} · {self.name}",
            since=rule._today(),
            user_id=operator.id,
        )
        self.env["ai.client.alert"].sudo()._raise_once(rule, fact)
