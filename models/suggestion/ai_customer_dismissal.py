"""Offers that somebody sent away for a client. They come back after the days of the settings."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class AiCustomerDismissal(models.Model):
    _name = "ai.customer.dismissal"
    _description = "Dismissed Client Offer"
    _inherit = ["ai.client.row"]
    _rec_name = "product_id"
    _order = "id desc"

    product_id = fields.Many2one(
        "product.product", required=True, index=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Dismissed By", readonly=True)

    _sql_constraints = [
        (
            "product_unique",
            "UNIQUE(company_id, partner_id, product_id)",
            "A product is dismissed once for each client.",
        ),
    ]

    @api.model
    def _dismiss(self, company, partner, product):
        """Send a product away for a commercial entity, from now on. The caller has checked."""
        rows = self.sudo()
        rows.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", partner.id),
                ("product_id", "=", product.id),
            ]
        ).unlink()
        rows.create(
            {
                "company_id": company.id,
                "partner_id": partner.id,
                "product_id": product.id,
                "user_id": self.env.uid,
            }
        )

    @api.model
    def _restore(self, company, partner):
        """Bring back all that was sent away for a commercial entity. The caller has checked."""
        self.sudo().search(
            [("company_id", "=", company.id), ("partner_id", "=", partner.id)]
        ).unlink()

    @api.model
    def _active_query(self, company, partner=None):
        """SQL of what is dismissed now: partner_id and product_id.

        partner : res.partner, a commercial entity; None for all of the company.
        """
        recent = SQL("TRUE")
        if company.ai_dismiss_days:
            recent = SQL(
                "create_date > %s",
                fields.Datetime.now() - timedelta(days=company.ai_dismiss_days),
            )
        return SQL(
            """
            SELECT partner_id, product_id
              FROM ai_customer_dismissal
             WHERE company_id = %s AND %s AND %s
            """,
            company.id,
            SQL("TRUE") if partner is None else SQL("partner_id = %s", partner.id),
            recent,
        )
