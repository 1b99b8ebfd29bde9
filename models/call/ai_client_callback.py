"""A call-back that is due is a reason to call, with a client or one of its contacts."""

from odoo import _, api, fields, models
from odoo.tools import format_date

from ...tools.searching import asks_for_yes
from ..client.ai_client_reasons import CallReason


class AiClient(models.Model):
    _inherit = "ai.client"

    callback_date = fields.Date(
        string="Call Back On",
        compute="_compute_callback",
        help="The earliest call-back that somebody promised.",
    )
    is_callback_due = fields.Boolean(
        string="Call-Back Due", compute="_compute_callback", search="_search_is_callback_due"
    )

    @api.model
    def _call_reasons(self):
        callback = CallReason("callback", [("is_callback_due", "=", True)], self._callback_words)
        return [callback, *super()._call_reasons()]

    @api.model
    def _callback_words(self, client):
        if client.callback_date < self._callback_day():
            return _("call back since %s", format_date(self.env, client.callback_date))
        return _("call back today")

    def _compute_callback(self):
        dates = self._callback_dates(self.partner_id)
        today = self._callback_day()
        for client in self:
            day = dates.get(client.partner_id.id, False)
            client.callback_date = day
            client.is_callback_due = bool(day) and day <= today

    @api.model
    def _search_is_callback_due(self, operator, value):
        due = self._callback_dates(until=self._callback_day())
        comparison = "in" if asks_for_yes(operator, value) else "not in"
        return [("partner_id", comparison, list(due))]

    @api.model
    def _callback_day(self):
        return self.env["ai.sales.extract"]._local_now(self.env.company).date()

    @api.model
    def _callback_dates(self, entities=None, until=None):
        """{id of a commercial entity: day of its earliest call-back}.

        entities : res.partner, None for all; until : date, the last day. Everybody's; which are
        told follows from the clients that the caller may read.
        """
        people = self.env["res.partner"].sudo().with_context(active_test=False)
        domain = []
        if until:
            domain.append(("date_deadline", "<=", until))
        if entities is not None:
            members = people._search([("commercial_partner_id", "in", entities.ids)])
            domain.append(("res_id", "in", members))
        activities = self.env["ai.client.sheet"].sudo()._call_activities(domain, None)
        partners = people.browse(activities.mapped("res_id")).exists()
        entity = {partner.id: partner.commercial_partner_id.id for partner in partners}
        dates = {}
        for activity in activities:
            if activity.res_id in entity:
                dates.setdefault(entity[activity.res_id], activity.date_deadline)
        return dates
