"""Coupons that are given to clients: printed, or sent by mail. Each time is noted."""

from odoo import Command, _, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date, groupby

from ...tools.compat import check_access
from ...tools.rights import check_group
from .ai_coupon import MANAGER

GROUP = 4


class AiCoupon(models.Model):
    _inherit = "ai.coupon"

    def action_print(self):
        """The action that prints coupons. Managers only.

        Raises UserError for coupons that cannot be used any more.
        """
        self._check_can_be_given()
        report = self.env.ref("smart_recommender.ai_coupon_report")
        return report.report_action(self, config=False)

    def _check_can_be_given(self):
        """Raise where the user is no manager, or coupons cannot be used any more."""
        check_group(
            self.env,
            MANAGER,
            _("Only managers of the call center print and send coupons. Ask one of them."),
        )
        check_access(self, "read")
        useless = self.filtered(lambda coupon: coupon.state != "valid")[:1]
        if useless:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                _(
                    "%(coupon)s cannot be given to anybody: it is not valid any more (%(state)s). "
                    "Leave it out.",
                    coupon=useless.name,
                    state=states[useless.state],
                )
            )

    def _note_print(self, how, **vals):
        """Note that the user gives these coupons to clients. Returns the ``ai.coupon.print``, one
        for each batch.

        how : "paper" or "mail". Raises as ``_check_can_be_given``.
        """
        self._check_can_be_given()
        now = fields.Datetime.now()
        rows = [
            {
                "company_id": batch.company_id.id,
                "batch_id": batch.id,
                "coupon_ids": [Command.set([coupon.id for coupon in members])],
                "count": len(members),
                "user_id": self.env.uid,
                "date": now,
                "how": how,
                **vals,
            }
            for batch, members in groupby(self, lambda coupon: coupon.batch_id)
        ]
        self.sudo().write({"printed_date": now})
        return self.env["ai.coupon.print"].sudo().create(rows)

    def _tickets(self):
        """What is shown of each coupon to its client, with its secrets.

        Returns [{"coupon", "pin", "code" (the ID as people read it out), "amount" (what is left),
        "printed" (today), "lang" (of the client)}]. Raises UserError without the key.
        """
        now = self.env["ai.sales.extract"]._local_now
        days = {company: now(company).date() for company in self.company_id}
        return [
            {
                "coupon": coupon,
                "pin": coupon._pin(),
                "code": spaced(coupon.code),
                "amount": coupon.remaining,
                "printed": days[coupon.company_id],
                "lang": coupon.partner_id.lang or self.env.lang,
            }
            for coupon in self
        ]


def spaced(code):
    """An ID in groups of four digits."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def ticket_in_words(ticket):
    """{"name", "code", "amount", "day"} of a ticket, as a mail shows them."""
    coupon = ticket["coupon"]
    return {
        "name": coupon.name,
        "code": ticket["code"],
        "amount": format_amount(coupon.env, ticket["amount"], coupon.currency_id),
        "day": format_date(coupon.env, coupon.expiry_date),
    }
