"""Complaints for each thousand deliveries: by product, by motive and by who took the order.

A product that is sold ten times as often has ten times the complaints; what tells more is how many
there are for each thousand deliveries that it was part of.
"""

from collections import Counter

from odoo import api, models
from odoo.tools import SQL

THOUSAND = 1000.0
# Of each: the complaint's column, and that of the deliveries it is compared with.
COLUMNS = {
    "product": ("complaint.product_id", "move.product_id"),
    "motive": ("complaint.motive_id", None),
    "operator": ("sale.user_id", "sale.user_id"),
}
MODELS = {"product": "product.product", "motive": "ai.complaint.motive", "operator": "res.users"}


class AiComplaintRate(models.AbstractModel):
    _name = "ai.complaint.rate"
    _description = "Complaints for Each Thousand Deliveries"

    @api.model
    def _rates(self, companies, date_from, date_to, by, user=None):
        """Complaints and deliveries of some days, the highest rate first.

        date_from, date_to : inclusive, each company's own days; by : "product", "motive", or
        "operator", the salesperson of the order that is complained about; user : res.users, whose
        orders alone count. Returns [{"id", "name", "complaints", "deliveries", "rate"}], the rate
        for each thousand, None without deliveries; complaints about no product or order are left
        out of theirs. Deliveries of a motive are all.
        """
        complaints, deliveries = Counter(), Counter()
        for company in companies:
            start, end = self.env["ai.sales.extract"]._utc_bounds(company, date_from, date_to)
            complaints.update(self._complaint_counts(company, start, end, by, user))
            deliveries.update(self._delivery_counts(company, start, end, by, user))
        found = self.env[MODELS[by]].sudo().with_context(active_test=False).browse(complaints)
        rows = [
            self._prepare_rate(
                record, complaints[record.id], deliveries[None if by == "motive" else record.id]
            )
            for record in found.exists()
        ]
        return sorted(rows, key=lambda row: (-(row["rate"] or 0), -row["complaints"], row["name"]))

    @api.model
    def _prepare_rate(self, record, complaints, deliveries):
        return {
            "id": record.id,
            "name": record.display_name,
            "complaints": complaints,
            "deliveries": deliveries,
            "rate": complaints * THOUSAND / deliveries if deliveries else None,
        }

    @api.model
    def _complaint_counts(self, company, start, end, by, user):
        """Those that the user may see: none about the user."""
        self.env["ai.complaint"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT %(column)s, count(*)
                  FROM ai_complaint complaint
             LEFT JOIN sale_order sale ON sale.id = complaint.order_id
                 WHERE complaint.company_id = %(company)s
                   AND complaint.create_date >= %(start)s AND complaint.create_date < %(end)s
                   AND complaint.employee_id IS DISTINCT FROM %(reader)s
                   AND %(column)s IS NOT NULL
                   AND %(mine)s
              GROUP BY 1
                """,
                column=SQL(COLUMNS[by][0]),
                company=company.id,
                start=start,
                end=end,
                reader=self.env.uid,
                mine=_orders_of(user),
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _delivery_counts(self, company, start, end, by, user):
        column = COLUMNS[by][1]
        self.env["stock.move"].flush_model()
        self.env["stock.picking"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT %(column)s, count(DISTINCT picking.id)
                  FROM stock_picking picking
                  JOIN stock_picking_type kind
                    ON kind.id = picking.picking_type_id AND kind.code = 'outgoing'
                  JOIN stock_move move ON move.picking_id = picking.id AND move.state = 'done'
             LEFT JOIN sale_order sale ON sale.id = picking.sale_id
                 WHERE picking.company_id = %(company)s AND picking.state = 'done'
                   AND picking.date_done >= %(start)s AND picking.date_done < %(end)s
                   AND %(mine)s
              GROUP BY 1
                """,
                column=SQL(column) if column else SQL("NULL::int4"),
                company=company.id,
                start=start,
                end=end,
                mine=_orders_of(user),
            )
        )
        return dict(self.env.cr.fetchall())


def _orders_of(user):
    """SQL of the condition that the order is a user's; of any order, or none, without one."""
    return SQL("sale.user_id = %s", user.id) if user else SQL("TRUE")
