"""An order that has left the warehouse: who took it is told, to tell the client."""

from odoo import models
from odoo.tools import groupby

from ..alert.kind import Fact


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        waiting = self.filtered(lambda picking: picking.state != "done")
        done = super()._action_done()
        waiting.filtered(lambda picking: picking.state == "done")._ai_tell_operators()
        return done

    def _ai_tell_operators(self):
        """Tell the users of the deliveries' orders, in companies that want it."""
        sold = self.sudo().filtered(
            lambda picking: picking.picking_type_code == "outgoing" and picking.sale_id
        )
        for company, pickings in groupby(sold, lambda picking: picking.company_id):
            if company.ai_enabled:
                rule = self.env["ai.alert.rule"]._of(company)["validated"]
                for picking in pickings if rule.active else ():
                    picking._ai_tell_operator(rule)

    def _ai_tell_operator(self, rule):
        """Tell the user of one delivery's order."""
        order, may = self.sale_id, self.env["ai.alert"]._may_be_told
        if may(order.user_id, rule.company_id, ("sales_team.group_sale_salesman",)):
            fact = Fact(
                order.partner_id.commercial_partner_id.id,
                key=f"{order.name} · {self.name}",
                since=rule._today(),
                user_id=order.user_id.id,
            )
            self.env["ai.client.alert"].sudo()._raise_once(rule, fact)
