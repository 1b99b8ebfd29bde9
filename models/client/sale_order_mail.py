"""A quotation as a pro forma by mail, in one click from the client sheet.

Odoo's own template and layout: subject, words, language of the client and the attached document are
those of *Send PRO-FORMA Invoice* on the order, and so is what stays in the order's history.
"""

from odoo import _, models
from odoo.exceptions import UserError

from ...tools.compat import check_access

# Odoo 19 has one of its own for it; 17 has one template for both, which asks the context.
TEMPLATES = ("sale.email_template_proforma", "sale.email_template_edi_sale")
LAYOUT = "mail.mail_notification_layout_with_responsible_signature"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_send_proforma(self):
        """Mail a quotation to its client as a pro forma, and note it as sent.

        Returns the notification that says to which address. Raises AccessError for anyone but
        operators and for orders that the user may not read; UserError for what is no open
        quotation, has no product, or belongs to a client without an e-mail address.
        """
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        check_access(self, "read")
        found = (self.env.ref(name, raise_if_not_found=False) for name in TEMPLATES)
        template = next(filter(None, found), None)
        self._ai_check_can_be_mailed(template)
        # An operator reads colleagues' quotations without writing them, and the client waits.
        order = self.sudo().with_context(proforma=True, mark_so_as_sent=True, force_email=True)
        order.message_post_with_source(
            template.sudo(),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            email_layout_xmlid=LAYOUT,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": _(
                    "%(order)s was sent to %(email)s.",
                    order=self.name,
                    email=self.partner_id.email,
                ),
            },
        }

    def _ai_check_can_be_mailed(self, template):
        if not self._ai_is_open():
            raise UserError(
                _(
                    "%s is no open quotation any more. Open it to send the order or the invoice.",
                    self.name,
                )
            )
        if not self.order_line.filtered("product_id"):
            raise UserError(
                _("%s has no product yet. Open it and add what the client asked for.", self.name)
            )
        if not (self.partner_id.email or "").strip():
            raise UserError(
                _(
                    "%(client)s has no e-mail address, so %(order)s was not sent. Ask for the "
                    "address, enter it with the button Contact of the sheet, and send again.",
                    client=self.partner_id.display_name,
                    order=self.name,
                )
            )
        if not template:
            raise UserError(
                _(
                    "Odoo's mail template “Sales: Send Quotation” was deleted. Ask your "
                    "administrator to upgrade the module Sales, which brings it back."
                )
            )
