"""The operator's desk: find who is calling, and what the day has ready."""

from odoo import api, fields, models

FOUND = 20
DESK_CLIENTS = 5
DESK_PRODUCTS = 5


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def search_clients(self, query, is_number=False):
        """Clients by a number or by a part of their name or reference. Operators only.

        query : str; is_number : whether it is what a telephone says, however it looks. Returns
        {"is_number", "is_valid": whether it is a number in E.164, "number": in E.164 or as it was
        typed, "" where the query is none, and "message", "only_id", "matches" and "leads" as
        ``find_by_number`` has them}, of what the user may read.
        """
        self.env["ai.client"]._check_operator()
        query = (query or "").strip()
        if is_number or _is_number(query):
            return self._search_number(query)
        partners = self.env["res.partner"]
        if query:
            partners = partners.search(
                ["|", ("complete_name", "ilike", query), ("ref", "=ilike", query)], limit=FOUND
            )
        return {
            "is_number": False,
            "is_valid": False,
            "number": "",
            "message": "",
            "only_id": False,
            "matches": [partner._call_match() for partner in partners],
            "leads": [],
        }

    @api.model
    def _search_number(self, query):
        found = self.env["res.partner"].find_by_number(query)
        e164 = found.pop("e164")
        written = found["number"] if any(map(str.isdigit, query)) else ""
        return {**found, "is_number": True, "is_valid": bool(e164), "number": e164 or written}

    @api.model
    def get_desk(self):
        """What the day has ready for the operator, {name: JSON-ready value}: to be extended.

        "currency_id"; "active": {period: [{partner_id, name, revenue, order_count}]}, see
        ``ai.sales.extract._most_active``; "arrivals": [{product_id, name, arrived_on, available,
        uom, client_count: whom it fits}]. Operators only.
        """
        self.env["ai.client"]._check_operator()
        company = self.env.company
        return {
            "currency_id": company.currency_id.id,
            "active": self._desk_clients(company),
            "arrivals": self._desk_products(company),
        }

    @api.model
    def _desk_clients(self, company):
        periods = self.env["ai.sales.extract"]._most_active(company, DESK_CLIENTS)
        ids = {row["partner_id"] for rows in periods.values() for row in rows}
        # Whom the user may not read is left out.
        partners = self.env["res.partner"].search([("id", "in", list(ids))])
        names = {partner.id: partner.display_name for partner in partners}
        return {
            period: [
                {**row, "name": names[row["partner_id"]]}
                for row in rows
                if row["partner_id"] in names
            ]
            for period, rows in periods.items()
        }

    @api.model
    def _desk_products(self, company):
        """Stock is read past the operator's rights, which have none of it."""
        rows = self.env["ai.stock.extract"].sudo()._new_products(company, DESK_PRODUCTS)
        ids = [row["product_id"] for row in rows]
        products = {product.id: product for product in self.env["product.product"].browse(ids)}
        fitting = dict(
            self.env["ai.client.arrival"]._read_group(
                [("company_id", "=", company.id), ("product_id", "in", ids)],
                ["product_id"],
                ["__count"],
            )
        )
        return [
            {
                "product_id": row["product_id"],
                "name": products[row["product_id"]].display_name,
                "arrived_on": fields.Date.to_string(row["arrived_on"]),
                "available": row["available"],
                "uom": products[row["product_id"]].uom_id.display_name,
                "client_count": fitting.get(products[row["product_id"]], 0),
            }
            for row in rows
        ]


def _is_number(query):
    """Whether a text is a telephone number: digits, with what is written between them."""
    digits = sum(sign.isdigit() for sign in query)
    return digits >= 4 and all(sign.isdigit() or sign in "+()-./ \u00a0" for sign in query)
