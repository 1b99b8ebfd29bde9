from odoo import api, models
from odoo.tools import SQL

from .ai_complaint import OPEN


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _disputed_query(self, company):
        """Invoices of orders that the client complains of are disputed until that is settled."""
        return SQL(
            """
            %(others)s
            UNION
            SELECT item.move_id
              FROM ai_complaint complaint
              JOIN sale_order_line sold ON sold.order_id = complaint.order_id
              JOIN sale_order_line_invoice_rel link ON link.order_line_id = sold.id
              JOIN account_move_line item ON item.id = link.invoice_line_id
             WHERE complaint.company_id = %(company)s AND complaint.state IN %(open)s
            """,
            others=super()._disputed_query(company),
            company=company.id,
            open=OPEN,
        )
