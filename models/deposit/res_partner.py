from odoo import models

from ...tools.compat import check_access


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_return_containers(self, container_id):
        """Ask how many containers of one kind have come back from the client. Operators only.

        container_id : int, id of an ai.deposit.container.
        """
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        check_access(self, "read")
        check_access(self.env["ai.deposit.container"].browse(container_id).exists(), "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_deposit_return_action"
        )
        context = {"default_partner_id": self.id, "default_container_id": container_id}
        return {**action, "context": context}
