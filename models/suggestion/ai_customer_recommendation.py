"""What to offer a customer: products due for reorder, and those that similar customers buy.

One row for each commercial entity, product and kind, with the best forty or fifteen of each.
Training replaces a company's rows as a whole. Which of the customer's products speak for a similar
one lies in an array that the ORM does not know.

On the sheet of the client stand

    due for reorder, strongest first
    bought by similar customers          } whichever found more in the back-test first
    popular near the customer            }

Popular products fill up what is missing and are the answer for a customer of whom nothing is known:
first those of the customer's tags, then of the state, the country and the company. Offers are read
with the rights of the user (see :mod:`.ai_suggestion_offers`); prices are those that a new
quotation of the customer would have.
"""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows
from .ai_popular_product import SCOPES

SCOPE_MODELS = {
    "category": "res.partner.category",
    "state": "res.country.state",
    "country": "res.country",
    "company": "res.company",
}


class AiCustomerRecommendation(models.Model):
    _name = "ai.customer.recommendation"
    _description = "AI Client Offer"
    _inherit = ["ai.product.row", "ai.client.row"]
    _order = "partner_id, kind, rank, id"
    _log_access = False
    # Of a similar product: products of the customer that speak for it.
    _array_columns = {"because": "int4[]"}

    kind = fields.Selection(
        [("reorder", "Due for Reorder"), ("similar", "Bought by Similar Clients")],
        required=True,
        readonly=True,
    )
    rank = fields.Integer(readonly=True, group_operator="min", help="1 is offered first.")
    score = fields.Float(
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="How strongly it is recommended, 1 for the best of its kind for this client.",
    )
    customer_count = fields.Integer(
        string="Clients", readonly=True, help="Clients who bought a product of similar clients."
    )
    purchase_count = fields.Integer(
        string="Purchases", readonly=True, help="Days on which the client bought it."
    )
    interval_days = fields.Float(
        string="Usual Interval (Days)",
        readonly=True,
        digits=(16, 1),
        group_operator="avg",
        help="Median of the days from one purchase to the next.",
    )
    last_date = fields.Date(string="Last Purchase", readonly=True)
    due_date = fields.Date(readonly=True, help="Last purchase and the usual interval.")
    offer_from = fields.Date(readonly=True)
    offer_until = fields.Date(
        readonly=True, help="After that the client has clearly stopped buying it."
    )
    typical_quantity = fields.Float(
        readonly=True,
        digits="Product Unit of Measure",
        group_operator="avg",
        help="Median quantity of the client's last purchases, or of all clients' where it is new "
        "to this one, in the product's own unit.",
    )

    _sql_constraints = [
        (
            "offer_unique",
            "UNIQUE(company_id, partner_id, product_id, kind)",
            "A product is offered to a client once for each reason.",
        ),
    ]

    def init(self):
        bulk_rows.create_array_columns(self)

    # ------------------------------------------------------------------
    # Storage
    # ------------------------------------------------------------------

    @api.model
    def _replace(self, run, reorder, similar, typical):
        """Make the offers of a run's company those of a training.

        reorder : (algorithms.suggestion.reorder_due.ReorderTable, (n,) scores), the best of each
            customer in order; similar : algorithms.suggestion.customer_factors.Offers, and typical
            : (m,) float, what any customer takes of each of these.
        """
        bulk_rows.replace(
            self,
            SQL("company_id = %s", run.company_id.id),
            self._reorder_rows(run, *reorder),
        )
        bulk_rows.append(self, self._similar_rows(run, similar, typical))

    @staticmethod
    def _reorder_rows(run, table, scores):
        days = ("last", "due", "offer_from", "offer_until")
        last, due, offer_from, offer_until = (
            getattr(table, name).astype("datetime64[D]") for name in days
        )
        return {
            "company_id": run.company_id.id,
            "run_id": run.id,
            "partner_id": table.customer,
            "product_id": table.product,
            "kind": "reorder",
            "rank": _ranks(table.customer),
            "score": scores,
            "customer_count": 0,
            "purchase_count": table.purchases,
            "interval_days": table.interval,
            "last_date": last,
            "due_date": due,
            "offer_from": offer_from,
            "offer_until": offer_until,
            "typical_quantity": table.quantity,
        }

    @staticmethod
    def _similar_rows(run, offers, typical):
        """The rhythm of something new is not known."""
        return {
            "company_id": run.company_id.id,
            "run_id": run.id,
            "partner_id": offers.customer,
            "product_id": offers.product,
            "kind": "similar",
            "rank": _ranks(offers.customer),
            "score": offers.score,
            "customer_count": offers.customer_count,
            "purchase_count": 0,
            "interval_days": 0.0,
            "typical_quantity": typical,
            "because": [[reason for reason in row if reason] for row in offers.because.tolist()],
        }

    @api.model
    def _offers(self, partner, company, limit=None):
        """Offers for a customer.

        partner : res.partner, any contact; the commercial entity counts.
        company : res.company; limit : int, that of the settings without it.
        Returns a JSON-ready dict:

        status : "ok" with items; "disabled", "untrained", "all_dismissed" or "none" without.
        dismissed_count : int, products that are dismissed for the customer now.
        items : list of dicts, best first, those of ``ai.suggestion._prepare_items`` and
            reorder: purchase_count, interval_days, last_date, due_date (ISO), overdue_days (int,
            negative before it is due); popular: scope ("category", "state", "country" or
            "company"), scope_name, customer_count; quoted, where it is already, see ``_quoted``.
        """
        self, partner = self.with_company(company), partner.with_company(company)
        if not company.ai_enabled:
            return {"status": "disabled", "dismissed_count": 0, "items": []}
        suggestion = self.env["ai.suggestion"]
        limit = limit or company.ai_offer_limit
        # Never saved: it only knows pricelist, fiscal position and warehouse of the customer.
        order = self.env["sale.order"].new({"partner_id": partner.id, "company_id": company.id})
        rows = suggestion._rank_offers(company, partner, limit, spare=limit)
        rows = suggestion._out_of_stock_last(order, rows)[:limit]
        dismissed = self._dismissed_count(company, partner)
        status = "ok" if rows else self._no_offer_status(company, dismissed)
        return {
            "status": status,
            "dismissed_count": dismissed,
            "items": self._prepare_offers(order, rows) if rows else [],
        }

    @api.model
    def _prepare_offers(self, order, rows):
        names = self._scope_names(rows)
        items = self.env["ai.suggestion"]._prepare_items(order, rows)
        quoted = self._quoted(order, [row["product_id"] for row in rows])
        for item, row in zip(items, rows, strict=True):
            item["quoted"] = quoted.get(item["product_id"], [])
            if item["kind"] == "popular":
                item.update(
                    scope=row["scope"],
                    scope_name=names.get((row["scope"], row["scope_id"]), ""),
                    customer_count=row["customer_count"],
                )
        return items

    @api.model
    def _quoted(self, order, product_ids):
        """What stands already on open quotations of the order's client that the user may read.

        Returns {product id: [{"order_id", "order_name", "quantity", "uom"}]}, newest first.
        """
        lines = self.env["sale.order.line"].search(
            [
                ("company_id", "=", order.company_id.id),
                ("order_id.state", "in", ("draft", "sent")),
                (
                    "order_id.partner_id.commercial_partner_id",
                    "=",
                    order.partner_id.commercial_partner_id.id,
                ),
                ("product_id", "in", product_ids),
                ("product_uom_qty", ">", 0),
            ],
            order="order_id desc, sequence, id",
        )
        quoted = defaultdict(list)
        for line in lines:
            quoted[line.product_id.id].append(
                {
                    "order_id": line.order_id.id,
                    "order_name": line.order_id.name,
                    "quantity": line.product_uom_qty,
                    "uom": line.product_uom.display_name,
                }
            )
        return quoted

    @api.model
    def _scope_names(self, rows):
        """{(scope, id): name} of the scopes of popular products."""
        names = {}
        for scope in SCOPES:
            ids = {row["scope_id"] for row in rows if row["scope"] == scope}
            # A tag or state may have been deleted since the training.
            for record in self.env[SCOPE_MODELS[scope]].browse(ids).exists() if ids else ():
                names[scope, record.id] = record.display_name
        return names

    @api.model
    def _dismissed_count(self, company, partner):
        query = self.env["ai.customer.dismissal"]._active_query(
            company, partner.commercial_partner_id
        )
        self.env["ai.customer.dismissal"].flush_model()
        self.env.cr.execute(query)
        return self.env.cr.rowcount

    @api.model
    def _no_offer_status(self, company, dismissed):
        if not self.env["ai.suggestion"]._is_trained(company, "customers"):
            return "untrained"
        return "all_dismissed" if dismissed else "none"


def _ranks(group):
    """1, 2, … within each run of equal values."""
    import numpy as np  # only training pays for it

    starts = np.flatnonzero(np.diff(group, prepend=-1))
    lengths = np.diff(np.append(starts, len(group)))
    return np.arange(len(group)) - np.repeat(starts, lengths) + 1
