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

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_popular_product import SCOPES

SCOPE_MODELS = {
    "category": "res.partner.category",
    "state": "res.country.state",
    "country": "res.country",
    "company": "res.company",
}

FIRST_DAY = date(1970, 1, 1)
COLUMNS = (
    "company_id",
    "run_id",
    "partner_id",
    "product_id",
    "kind",
    "rank",
    "score",
    "customer_count",
    "purchase_count",
    "interval_days",
    "last_date",
    "due_date",
    "offer_from",
    "offer_until",
    "typical_quantity",
    "because",
)
NULL = "\\N"


class AiCustomerRecommendation(models.Model):
    _name = "ai.customer.recommendation"
    _description = "AI Client Offer"
    _inherit = ["ai.product.row"]
    _order = "partner_id, kind, rank, id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, readonly=True, ondelete="cascade"
    )
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
        help="What speaks for it, 1 for the best of its kind for this client.",
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
        readonly=True, help="Later the client has evidently stopped buying it."
    )
    typical_quantity = fields.Float(
        readonly=True,
        digits="Product Unit of Measure",
        group_operator="avg",
        help="Median quantity of a purchase, in the product's own unit.",
    )

    _sql_constraints = [
        (
            "offer_unique",
            "UNIQUE(company_id, partner_id, product_id, kind)",
            "A product is offered to a client once for each reason.",
        ),
    ]

    def init(self):
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %s ADD COLUMN IF NOT EXISTS because int4[]",
                SQL.identifier(self._table),
            )
        )

    # ------------------------------------------------------------------
    # Storage
    # ------------------------------------------------------------------

    @api.model
    def _replace(self, run, reorder, similar):
        """Make the offers of a run's company those of a training.

        reorder : (algorithms.suggestion.reorder_due.ReorderTable, (n,) scores), the best of each
            customer in order; similar : algorithms.suggestion.customer_factors.Offers.
        """
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "DELETE FROM ai_customer_recommendation WHERE company_id = %s", [run.company_id.id]
        )
        for rows in (self._reorder_rows(run, *reorder), self._similar_rows(run, similar)):
            binary_copy.write_rows(cr, self._table, COLUMNS, rows)
        self.env.invalidate_all()

    def _reorder_rows(self, run, table, scores):
        """Rows as text, in the order of COLUMNS."""
        head = (str(run.company_id.id), str(run.id))
        columns = (
            table.customer,
            table.product,
            _ranks(table.customer),
            scores,
            table.purchases,
            table.interval,
            table.last,
            table.due,
            table.offer_from,
            table.offer_until,
            table.quantity,
        )
        days = _DayTexts()
        for customer, product, rank, score, count, interval, *dates, quantity in _in_steps(columns):
            yield (
                *head,
                str(customer),
                str(product),
                "reorder",
                str(rank),
                repr(score),
                "0",
                str(count),
                repr(interval),
                *(days[day] for day in dates),
                repr(quantity),
                NULL,
            )

    def _similar_rows(self, run, offers):
        """Rows as text, in the order of COLUMNS."""
        head = (str(run.company_id.id), str(run.id))
        # The rhythm of something new is not known.
        tail = ("0", "0", NULL, NULL, NULL, NULL, "0")
        columns = (
            offers.customer,
            offers.product,
            _ranks(offers.customer),
            offers.score,
            offers.customer_count,
            offers.because,
        )
        for customer, product, rank, score, count, because in _in_steps(columns):
            reasons = ",".join(str(reason) for reason in because if reason)
            yield (
                *head,
                str(customer),
                str(product),
                "similar",
                str(rank),
                repr(score),
                str(count),
                *tail,
                f"{{{reasons}}}",
            )

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
            "company"), scope_name, customer_count.
        """
        self, partner = self.with_company(company), partner.with_company(company)
        if not company.ai_enabled:
            return {"status": "disabled", "dismissed_count": 0, "items": []}
        suggestion = self.env["ai.suggestion"]
        rows = suggestion._rank_offers(company, partner, limit or company.ai_offer_limit)
        dismissed = self._dismissed_count(company, partner)
        status = "ok" if rows else self._no_offer_status(company, dismissed)
        return {
            "status": status,
            "dismissed_count": dismissed,
            "items": self._prepare_offers(company, partner, rows) if rows else [],
        }

    @api.model
    def _prepare_offers(self, company, partner, rows):
        # Never saved: it only knows pricelist, fiscal position and warehouse of the customer.
        order = self.env["sale.order"].new({"partner_id": partner.id, "company_id": company.id})
        names = self._scope_names(rows)
        items = self.env["ai.suggestion"]._prepare_items(order, rows)
        for item, row in zip(items, rows, strict=True):
            if item["kind"] == "popular":
                item.update(
                    scope=row["scope"],
                    scope_name=names.get((row["scope"], row["scope_id"]), ""),
                    customer_count=row["customer_count"],
                )
        return items

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


class _DayTexts(dict):
    """ISO dates of days since 1970, each made once."""

    def __missing__(self, day):
        self[day] = (FIRST_DAY + timedelta(days=day)).isoformat()
        return self[day]


def _in_steps(columns):
    """Rows of equally long arrays as Python values, of which only some exist at a time."""
    for start in range(0, len(columns[0]), binary_copy.ROWS_AT_A_TIME):
        some = slice(start, start + binary_copy.ROWS_AT_A_TIME)
        yield from zip(*(column[some].tolist() for column in columns), strict=True)


def _ranks(group):
    """1, 2, … within each run of equal values."""
    import numpy as np  # only training pays for it

    starts = np.flatnonzero(np.diff(group, prepend=-1))
    lengths = np.diff(np.append(starts, len(group)))
    return np.arange(len(group)) - np.repeat(starts, lengths) + 1
