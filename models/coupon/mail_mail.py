"""The mail that brings a client its coupons gets their IDs and their PIN on its way out.

They are in no table: not in the queue, and not in the messages of the client.
"""

from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_body(self):
        note = self._note_of_coupons()
        return note._mail_body() if note else super()._prepare_outgoing_body()

    def _note_of_coupons(self):
        """The ``ai.coupon.print`` that the mail is made of, where it goes to its client alone."""
        notes = self.env["ai.coupon.print"].sudo()
        if not self.mail_message_id:
            return notes
        note = notes.search([("message_id", "=", self.mail_message_id.id)], limit=1)
        is_alone = self.recipient_ids == note.partner_id and not (self.email_to or self.email_cc)
        return note if is_alone else notes
