"""What a client is given for a complaint: words, a replacement, money back."""

from odoo import Command, _, api, fields, models
from odoo.exceptions import UserError


class AiComplaint(models.Model):
    _inherit = "ai.complaint"

    refund_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        domain=(
            "[('move_type', '=', 'out_refund'),"
            " ('commercial_partner_id', '=', commercial_partner_id)]"
        ),
        check_company=True,
        copy=False,
    )
    replacement_id = fields.Many2one(
        "sale.order",
        string="Replacement",
        domain="[('partner_id', 'child_of', commercial_partner_id)]",
        check_company=True,
        copy=False,
        help="The order that brings the client what was missing or faulty.",
    )

    @api.constrains("replacement_id", "refund_id")
    def _check_remedy(self):
        self._check_client()

    def _belongings(self):
        return [*super()._belongings(), self.replacement_id, self.refund_id]

    def action_write_to_client(self):
        """Odoo's composer for a mail to the client, kept in the complaint's messages."""
        self.ensure_one()
        if not self.partner_id.email:
            raise UserError(
                _(
                    "%s has no e-mail address. Enter one in the contact, or call.",
                    self.partner_id.display_name,
                )
            )
        template = self.env.ref("smart_recommender.mail_template_complaint")
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "force_email": True,
            },
        }

    def action_new_replacement(self):
        """A quotation that gives the client the product of the complaint free of charge."""
        self.ensure_one()
        self._check_open()
        if self.replacement_id:
            raise UserError(
                _(
                    "%(complaint)s is replaced by %(order)s already. Change that order.",
                    complaint=self._in_words(),
                    order=self.replacement_id.name,
                )
            )
        lines = []
        if self.product_id:
            lines = [Command.create({"product_id": self.product_id.id, "discount": 100.0})]
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "user_id": self.env.uid,
                "origin": self.name,
                "order_line": lines,
            }
        )
        self.replacement_id = order
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": order.id,
            "views": [[False, "form"]],
        }
