"""What people are told of a training run: its outcome in words, and the task where it failed."""

from odoo import SUPERUSER_ID, _, api, models
from odoo.tools import formatLang


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    def _result_message(self):
        """What the run did, in the words of its kind."""
        self.ensure_one()
        return getattr(self, f"_message_{self.kind}", self._message_default)()

    def _message_default(self):
        return _("%s orders read.", self._grouped(self.order_count))

    @api.model
    def _grouped(self, number):
        """A whole number as the reader's language writes it."""
        return formatLang(self.env, number, digits=0)

    @api.model
    def _percent(self, share):
        """A share as the reader's language writes it, with one decimal."""
        return _("%(number)s%%", number=formatLang(self.env, 100 * share, digits=1))

    @api.model
    def _doubted(self, message, least):
        """A message on how much better a model is, with a doubt where its gain, at least ``least``,
        is not sure."""
        doubt = _("This may be chance.")
        return message if least > 0 else f"{message} {doubt}"

    def _recipient(self):
        """Who is notified: who asked, or for a nightly run the first manager of the company."""
        self.ensure_one()
        if self.user_id and self.user_id.id != SUPERUSER_ID:
            return self.user_id
        managers = self.env["ai.training"]._managers(self.company_id)
        return managers.sorted("id")[:1] or self.env.user

    def _in_language_of_recipient(self):
        """Cron has no language: errors and notes are written in the reader's."""
        return self.with_context(lang=self._recipient().lang)

    def _schedule_failure_activity(self, reason):
        """One open task at a time: a company without orders must not get one every night."""
        recipient = self._recipient()
        same_company = self.search([("company_id", "=", self.company_id.id)])
        if same_company.activity_ids.filtered(lambda a: a.user_id == recipient):
            return
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=_("AI training failed"),
            note=reason,
            user_id=recipient.id,
        )

    @api.model
    def _as_lines(self, pairs):
        """Labels and values, a line each. pairs : iterable of (str, str)."""
        return "\n".join(self._labelled(label, value) for label, value in pairs)

    @api.model
    def _labelled(self, label, value):
        return _("%(label)s: %(value)s", label=label, value=value)
