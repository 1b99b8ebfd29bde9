"""Coupons to clients by mail; :mod:`.ai_coupon_print_mail` writes it."""

from odoo import _, models
from odoo.exceptions import UserError
from odoo.tools import groupby

MAIL_QUEUE = "mail.ir_cron_mail_scheduler_action"
LAYOUT = "mail.mail_notification_light"


class AiCoupon(models.Model):
    _inherit = "ai.coupon"

    def action_mail(self):
        """Send each client its coupons, those of a batch in one mail. Managers only.

        Returns a notification. Raises UserError for coupons that cannot be used any more, for a
        client or a company without an e-mail address, and without the key of PINs.
        """
        self._check_can_be_given()
        self._check_addresses()
        self._tickets()
        for (_batch, partner), members in groupby(self, lambda one: (one.batch_id, one.partner_id)):
            self.browse().union(*members)._note_print("mail", partner_id=partner.id)._post()
        self.env.ref(MAIL_QUEUE).sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": _("Clients who get a mail with coupons: %s", len(self.partner_id)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_addresses(self):
        for partner in self.partner_id:
            if not (partner.email or "").strip():
                raise UserError(
                    _(
                        "%s has no e-mail address. Enter one in the contact, or print the coupons.",
                        partner.display_name,
                    )
                )
        self._check_senders()

    def _check_senders(self):
        for company in self.company_id:
            if not company.email:
                raise UserError(
                    _(
                        "%s has no e-mail address to send from. Enter one under Companies.",
                        company.name,
                    )
                )

    def _post_to_client(self, subject, body):
        """Queue a mail to the client of these coupons, kept in its messages. Returns the message.

        body : Markup, or words, in the client's language.
        """
        company, partner = self.company_id, self.partner_id.sudo()
        return partner.with_context(
            lang=self._client_lang(), mail_create_nosubscribe=True, mail_post_autofollow=False
        ).message_post(
            subject=subject,
            body=body,
            message_type="auto_comment",
            partner_ids=partner.ids,
            author_id=company.partner_id.id,
            email_from=company.email_formatted,
            email_layout_xmlid=LAYOUT,
            force_send=False,
        )

    def _client_lang(self):
        return self.partner_id.lang or self.env.lang
