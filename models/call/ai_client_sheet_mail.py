"""What was written: the last mails from and to a client, beside the calls.

A mail is a message on a contact of the client or on one of its orders that came from it or went to
it; notes of colleagues are none. Which of them somebody reads follows from the records that they
belong to: contacts and orders are found with the reader's own rights.
"""

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..client.ai_client_event import MAIL_TYPES

MAILS = 5
TEXT_LENGTH = 160
FETCHED = (
    "date",
    "subject",
    "body",
    "author_id",
    "email_from",
    "message_type",
    "model",
    "res_id",
)


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "mails": self._mails(company, entity, members),
        }

    @api.model
    def _mails(self, company, entity, members):
        """The last mails with the client, the newest first.

        Two statements however many: one for the messages, one for their authors.
        """
        messages = self.env["mail.message"].search_fetch(
            [
                ("message_type", "in", MAIL_TYPES),
                ("is_internal", "=", False),
                *self._on_records_of(company, entity),
                "|",
                "|",
                "|",
                ("author_id", "in", members.ids),
                ("partner_ids", "in", members.ids),
                ("notified_partner_ids", "in", members.ids),
                ("message_type", "in", ("email", "email_outgoing")),
            ],
            FETCHED,
            order="date desc, id desc",
            limit=MAILS,
        )
        return [self._prepare_mail(message, members) for message in messages]

    @api.model
    def _on_records_of(self, company, entity):
        """Domain of messages on contacts and orders of a client that the user may read."""
        own = self.sudo(False).with_context(active_test=False).env
        belongs = [("commercial_partner_id", "=", entity.id)]
        contacts = own["res.partner"]._search(belongs)
        orders = own["sale.order"]._search(
            [("partner_id.commercial_partner_id", "=", entity.id), ("company_id", "=", company.id)]
        )
        return [
            "|",
            "&",
            ("model", "=", "res.partner"),
            ("res_id", "in", contacts),
            "&",
            ("model", "=", "sale.order"),
            ("res_id", "in", orders),
        ]

    @api.model
    def _prepare_mail(self, message, members):
        text = " ".join(html2plaintext(message.body or "").split())
        return {
            "id": message.id,
            "start": fields.Datetime.to_string(message.date),
            "is_incoming": message.author_id in members or message.message_type == "email",
            "author": message.author_id.name or message.email_from or "",
            "subject": message.subject or text[:TEXT_LENGTH],
            "text": text[:TEXT_LENGTH] if message.subject else "",
            "model": message.model,
            "res_id": message.res_id,
        }
