"""Newly arrived products that fit a client, by what it spends on; see algorithms.client.

One row a client and product, made anew by the daily job: what somebody bought or sent away since is
gone the next day. Nothing is bought by everybody: a product that fits nobody better than others has
no rows.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows
from ...tools.compat import check_access
from ..core.ai_sales_extract import MOST_HISTORY_ORDERS

# New products a client: the first is told on the list, the others on the screen of new products.
MOST_OF_CLIENT = 10
LEAST_ORDERS = 2
ROW_COLUMNS = (
    "client_id", "partner_id", "product_id", "categ_id", "arrived_on", "lift", "rank",
)  # fmt: skip


class AiClientArrival(models.Model):
    _name = "ai.client.arrival"
    _description = "New Product for a Client"
    _inherit = ["ai.client.row"]
    _order = "rank, lift desc, id"
    _rec_name = "product_id"
    _log_access = False

    client_id = fields.Many2one(
        "ai.client",
        string="Figures",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, readonly=True, ondelete="cascade"
    )
    categ_id = fields.Many2one(
        "product.category", string="Category", readonly=True, ondelete="set null"
    )
    arrived_on = fields.Date(string="First Receipt", readonly=True)
    lift = fields.Float(
        string="Times as Much",
        readonly=True,
        digits=(16, 1),
        group_operator="avg",
        help="What share of its purchases the client spends on the product's category, beside the "
        "share of all clients.",
    )
    rank = fields.Integer(
        readonly=True, group_operator="min", help="1 fits the client best of the new products."
    )
    phone = fields.Char(related="client_id.phone")
    city = fields.Char(related="client_id.city")
    status = fields.Selection(related="client_id.status")
    tier = fields.Selection(related="client_id.tier")
    last_contact_date = fields.Datetime(related="client_id.last_contact_date")
    operator_id = fields.Many2one(related="client_id.operator_id")

    def action_open_sheet(self):
        """The client sheet. Operators only."""
        self.ensure_one()
        check_access(self, "read")
        return self.client_id.action_open_sheet()

    @api.model
    def _refresh(self, company):
        """Find anew whom the new products of a company fit. Returns the number of rows."""
        rows = self._rows(company)
        condition = SQL("company_id = %s", company.id)
        if not rows["product_id"]:
            self.env.flush_all()
            self.env.cr.execute(SQL("DELETE FROM ai_client_arrival WHERE %s", condition))
            self.env.invalidate_all()
            return 0
        return bulk_rows.replace(self, condition, {**rows, "company_id": company.id})

    @api.model
    def _rows(self, company):
        import numpy as np  # heavy: only the daily job pays for it

        from ...algorithms.client import category_fit

        products = self.env["ai.stock.extract"]._new_products(company)
        clients = self._clients(company)
        if not products or not clients:
            return dict.fromkeys(ROW_COLUMNS, [])
        shares = category_fit.category_shares(
            *self._revenue(company),
            {partner: orders for partner, (_client, orders) in clients.items()},
        )
        category = np.array([product["categ_id"] for product in products], np.int64)
        taken, sold = self._taken(company, shares.customer.tolist(), products)
        row, column, lift, rank = category_fit.best_fits(
            shares, category, sold, taken, MOST_OF_CLIENT
        )
        partners = shares.customer[row].tolist()
        new = [products[place] for place in column.tolist()]
        return {
            "client_id": [clients[partner][0] for partner in partners],
            "partner_id": partners,
            "product_id": [product["product_id"] for product in new],
            "categ_id": [product["categ_id"] for product in new],
            "arrived_on": [product["arrived_on"] for product in new],
            "lift": lift,
            "rank": rank,
        }

    @api.model
    def _clients(self, company):
        """{partner id: (client id, orders)} of those who ordered often enough to have a taste.

        A shop counter is nobody."""
        rows = self.env["ai.client"].sudo().search_fetch(
            [
                ("company_id", "=", company.id),
                ("partner_id.active", "=", True),
                ("order_count", ">=", LEAST_ORDERS),
                ("order_count", "<=", MOST_HISTORY_ORDERS),
            ],
            ["partner_id", "order_count"],
        )  # fmt: skip
        return {row.partner_id.id: (row.id, row.order_count) for row in rows}

    @api.model
    def _revenue(self, company):
        """Partners, categories and revenue, as arrays."""
        import numpy as np

        found = self.env["ai.sales.extract"]._client_categories(company)
        partner, category, revenue = zip(*found, strict=True) if found else ((), (), ())
        return (
            np.array(partner, np.int64),
            np.array(category, np.int64),
            np.array(revenue, np.float64),
        )

    @api.model
    def _taken(self, company, partners, products):
        """((n, p) bool, what each client bought already or sent away; (p,) clients who bought)."""
        import numpy as np

        columns = {product["product_id"]: place for place, product in enumerate(products)}
        rows = {partner: place for place, partner in enumerate(partners)}
        bought = self.env["ai.sales.extract"]._clients_of_products(company, columns)
        self.env.cr.execute(self.env["ai.customer.dismissal"]._active_query(company))
        taken = np.zeros((len(partners), len(products)), bool)
        for partner, product in [*bought, *self.env.cr.fetchall()]:
            if partner in rows and product in columns:
                taken[rows[partner], columns[product]] = True
        sold = np.zeros(len(products), np.int64)
        for _partner, product in bought:
            sold[columns[product]] += 1
        return taken, sold


class AiClient(models.Model):
    _inherit = "ai.client"

    arrival_ids = fields.One2many(
        "ai.client.arrival", "client_id", string="Newly Arrived Products", readonly=True
    )

    @api.model
    def _refresh_together(self, company):
        self.env["ai.client.arrival"]._refresh(company)
        return super()._refresh_together(company)
