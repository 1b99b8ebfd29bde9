"""Odoo's mail queue sends at least once: a worker killed between the mail server's answer and its
own commit sends again. Mails of alerts go at most once: each is noted as being sent, and committed,
before it is; what was under way when a worker died is reported and left to a person.
"""

from psycopg2 import OperationalError

from odoo import _, models
from odoo.tools import groupby

from ...tools import locks
from ...tools.concurrency import CONCURRENCY_ERRORS


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _send(self, *args, **options):
        alerts = (
            self.env["ai.client.alert"]
            .sudo()
            .search([("message_id", "in", self.mail_message_id.ids)])
        )
        of_alerts = self.filtered(lambda mail: mail.mail_message_id in alerts.message_id)
        done = super(MailMail, self - of_alerts)._send(*args, **options)
        for company, members in groupby(alerts, lambda alert: alert.company_id):
            by_message = {alert.message_id: alert for alert in members}
            mails = of_alerts.filtered(lambda mail, own=by_message: mail.mail_message_id in own)
            with locks.held("ai.client.alert.mail", company) as idle:
                # Where it is taken another worker is about to send them.
                for mail in mails if idle else ():
                    if mail.exists() and mail.state == "outgoing":
                        mail._send_once(by_message[mail.mail_message_id], *args, **options)
        return done

    def _send_once(self, alert, *args, **options):
        """Send an alert's mail unless a worker had begun to."""
        if alert.mail_state == "sending":
            alert.mail_state = "failed"
            self.write({"state": "exception", "failure_reason": self._interrupted_message()})
            return
        if not self._begins_to_send(alert, options.get("auto_commit")):
            return
        super()._send(*args, **options)
        was_sent = not self.exists() or self.state == "sent"
        alert.mail_state = "sent" if was_sent else "failed"
        if options.get("auto_commit"):
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _begins_to_send(self, alert, auto_commit):
        """Note that an alert's mail is being sent; False where another worker was first.

        auto_commit : whether the queue commits each mail, as it does outside of tests. What came
        before is committed then, and a rollback loses nothing.
        """
        alert.mail_state = "sending"
        if not auto_commit:
            return True
        try:
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except OperationalError as error:
            if error.pgcode not in CONCURRENCY_ERRORS:
                raise
            self.env.cr.rollback()
            return False
        return True

    def _interrupted_message(self):
        return _(
            "The server stopped while it sent this mail: the client may have it. Send it again "
            "only if it has not."
        )
