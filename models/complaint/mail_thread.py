"""Mails that programs send: out of office, lists, receipts. They answer nothing."""

from odoo import models

# Values of Precedence that people's own mails do not have, and RFC 3834's header.
BULK = ("bulk", "junk", "list", "auto_reply")


def is_automatic(message):
    """Whether a program sent it. message : email.message.EmailMessage; see RFC 3834."""
    submitted = (message.get("Auto-Submitted") or "no").strip().lower()
    precedence = (message.get("Precedence") or "").strip().lower()
    return not submitted.startswith("no") or precedence in BULK


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        thread = self.with_context(ai_automatic_mail=True) if is_automatic(message) else self
        return super(MailThread, thread)._message_route_process(message, message_dict, routes)
