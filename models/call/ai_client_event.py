"""Calls in the history of clients: those that were made, promised, and kept."""

from odoo import api, fields, models
from odoo.tools import SQL


class AiClientEvent(models.Model):
    _inherit = "ai.client.event"
    _depends = {
        "ai.call": [
            "company_id",
            "commercial_partner_id",
            "user_id",
            "start",
            "direction",
            "result",
            "description",
            "callback_at",
        ],
        "mail.message": ["mail_activity_type_id"],
    }

    kind = fields.Selection(
        selection_add=[
            ("call", "Call"),
            ("callback", "Call-Back Planned"),
            ("callback_done", "Call-Back Done"),
        ]
    )

    @api.model
    def _event_queries(self):
        return {
            **super()._event_queries(),
            "call": self._calls(),
            "callback": self._callbacks(),
            "callback_done": self._callbacks_done(),
        }

    @api.model
    def _calls(self):
        return SQL(
            """
            SELECT call.id AS record_id, call.start AS date, call.company_id,
                   call.commercial_partner_id AS partner_id, call.user_id,
                   concat_ws(' · ', %(direction)s, %(result)s, NULLIF(call.description, ''))
                       AS name,
                   NULL::numeric AS amount, 'ai.call' AS res_model, call.id AS res_id
              FROM ai_call call
             WHERE call.commercial_partner_id IS NOT NULL
            """,
            direction=self._in_words("direction"),
            result=self._in_words("result"),
        )

    @api.model
    def _in_words(self, name):
        """SQL of a selection of the call, in the user's language."""
        labels = self.env["ai.call"]._fields[name]._description_selection(self.env)
        cases = (SQL("WHEN %s THEN %s", key, label) for key, label in labels)
        return SQL("CASE call.%s %s END", SQL.identifier(name), SQL(" ").join(cases))

    @api.model
    def _callbacks(self):
        """On the day for which they were promised, which may be to come."""
        return SQL(
            """
            SELECT id AS record_id, callback_at AS date, company_id,
                   commercial_partner_id AS partner_id, user_id, description AS name,
                   NULL::numeric AS amount, 'ai.call' AS res_model, id AS res_id
              FROM ai_call
             WHERE callback_at IS NOT NULL
               AND commercial_partner_id IS NOT NULL
            """
        )

    @api.model
    def _callbacks_done(self):
        """Telephone activities of clients that were marked as done, as their chatter has them."""
        return SQL(
            """
            SELECT message.id AS record_id, message.date, partner.company_id,
                   partner.commercial_partner_id AS partner_id,
                   (SELECT min(id) FROM res_users
                     WHERE partner_id = message.author_id AND share IS NOT TRUE) AS user_id,
                   NULL AS name, NULL::numeric AS amount,
                   'res.partner' AS res_model, partner.id AS res_id
              FROM mail_message message
              JOIN mail_activity_type kind ON kind.id = message.mail_activity_type_id
              JOIN res_partner partner ON partner.id = message.res_id
             WHERE message.model = 'res.partner'
               AND kind.category = 'phonecall'
            """
        )
