"""What the client answers: a closed complaint is open again, the second time at level 2."""

from odoo import _, fields, models

from .ai_complaint import CLOSED

# After so many times a supervisor takes it.
PATIENCE = 2


class AiComplaint(models.Model):
    _inherit = "ai.complaint"

    def _message_post_after_hook(self, message, msg_vals):
        """The client's own mail or comment reopens what was closed."""
        done = super()._message_post_after_hook(message, msg_vals)
        if self._is_answer(message):
            self.sudo()._reopen()
        return done

    def _is_answer(self, message):
        """Whether a message is the client's own, and of a person."""
        self.ensure_one()
        author = message.author_id
        return (
            self.state in CLOSED
            and message.message_type in ("email", "comment")
            and bool(author)
            and author.commercial_partner_id == self.commercial_partner_id
            and not any(not user.share for user in author.sudo().user_ids)
            and not self.env.context.get("ai_automatic_mail")
        )

    def _reopen(self):
        """Take up closed complaints again; where it happens twice, a supervisor does."""
        for complaint in self.filtered(lambda each: each.state in CLOSED):
            count = complaint.reopened_count + 1
            complaint.write(
                {
                    "state": "escalated" if complaint.level > 1 else "in_progress",
                    "closed_at": False,
                    "reopened_count": count,
                    "waiting_since": fields.Datetime.now(),
                }
            )
            complaint._set_deadline()
            if count >= PATIENCE and complaint.level == 1:
                complaint._escalate(_("The client reopened it %s times.", count))
            else:
                user = complaint.responsible_id
                reopened = complaint.with_context(lang=user.lang)
                reopened._plan(user, reopened._words_for_reopened())

    def _words_for_reopened(self):
        return _("Reopened: complaint of %s", self.partner_id.display_name)
