"""A call-back as its operator works on it: whom to call, at which number, and that it is done.

It is a meeting whose document is a client and whose activity is a phone call, see
``ai.call._plan_callback``.
"""

from odoo import api, fields, models

from ...tools.compat import check_access
from ...tools.searching import asks_for_yes
from ..client.res_partner import OPERATORS


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    ai_client_id = fields.Many2one(
        "res.partner", string="Client", compute="_compute_ai_client", groups=OPERATORS
    )
    ai_client_phone = fields.Char(
        string="Client's Number", compute="_compute_ai_client", groups=OPERATORS
    )
    ai_is_late = fields.Boolean(
        string="Late", compute="_compute_ai_is_late", search="_search_ai_is_late", groups=OPERATORS
    )

    @api.depends("res_model", "res_id")
    def _compute_ai_client(self):
        of_clients = self._ai_of_clients()
        # Deleted clients leave their meetings behind, those of others are hidden.
        readable = self.env["res.partner"].with_context(active_test=False)
        readable = readable.search([("id", "in", of_clients.mapped("res_id"))])
        for event in self:
            client = readable.browse(event.res_id) if event in of_clients else readable.browse()
            event.ai_client_id = client & readable
            event.ai_client_phone = event.ai_client_id._first_number()

    @api.depends("stop")
    def _compute_ai_is_late(self):
        now = fields.Datetime.now()
        for event in self:
            event.ai_is_late = bool(event.stop) and event.stop < now

    @api.model
    def _search_ai_is_late(self, operator, value):
        comparison = "<" if asks_for_yes(operator, value) else ">="
        return [("stop", comparison, fields.Datetime.now())]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_client_sheet(self):
        """The client sheet of a call-back. Operators only."""
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        self._ai_check_clients()
        return self.ai_client_id.action_open_client_sheet() if self.ai_client_id else False

    def action_callback_done(self):
        """The client was called back: its activity is done, which the client's chatter tells.

        Operators only. A form goes back to the list, which has nothing left to show of it.
        """
        self.env["ai.client"]._check_operator()
        self._ai_check_clients()
        self.activity_ids.action_feedback()
        if not self.env.context.get("leave_form"):
            return True
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_callback_action"
        )
        return {**action, "target": "main"}

    def _ai_check_clients(self):
        """Raise an AccessError where a client is another company's: Odoo shows the meetings of all
        companies to everybody."""
        clients = self.env["res.partner"].browse(self._ai_of_clients().mapped("res_id"))
        check_access(clients.exists(), "read")

    def _ai_of_clients(self):
        return self.filtered(lambda event: event.res_model == "res.partner" and event.res_id)
