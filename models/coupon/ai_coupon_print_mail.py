"""The mail that brings a client its coupons.

What is kept of it, in the client's messages and in the queue, says which coupons were sent and
neither their IDs nor their PIN: these are put in while it goes out, see :mod:`.mail_mail`.
"""

from odoo import _, fields, models
from odoo.tools import format_amount, format_date

from .ai_coupon_ticket import ticket_in_words

TEMPLATE = "smart_recommender.mail_template_coupon"


class AiCouponPrint(models.Model):
    _inherit = "ai.coupon.print"

    partner_id = fields.Many2one(
        "res.partner",
        string="Mailed To",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    message_id = fields.Many2one(
        "mail.message", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    def _post(self):
        """Queue the mail of each, as a message of its client."""
        for note in self:
            coupons = note.coupon_ids
            words = note.with_context(lang=coupons._client_lang())._words_of_mail()
            note.message_id = coupons._post_to_client(note._rendered("subject"), words)

    def _words_of_mail(self):
        """What is kept of the mail."""
        coupons = self.coupon_ids.sorted("name")
        return _(
            "Coupons %(names)s, %(amount)s in all, valid until %(day)s. Their IDs and their PIN "
            "are in the mail only.",
            names=", ".join(coupons.mapped("name")),
            amount=format_amount(
                self.env, sum(coupons.mapped("remaining")), coupons[0].currency_id
            ),
            day=format_date(self.env, coupons[0].expiry_date),
        )

    def _mail_body(self):
        """The mail as its client gets it, with IDs and PIN: for what is on its way out alone."""
        coupons = self.coupon_ids.sorted("name")
        tickets = coupons.with_context(lang=coupons._client_lang())._tickets()
        body = self.with_context(
            ai_coupons=[ticket_in_words(ticket) for ticket in tickets],
            ai_coupon_pin=tickets[0]["pin"],
        )._rendered("body_html")
        return self.env["mail.render.mixin"]._replace_local_links(body)

    def _rendered(self, field):
        """A field of the mail's template, in the client's language."""
        template = self.env.ref(TEMPLATE).sudo()
        return template._render_field(field, self.ids, compute_lang=True)[self.id]
