"""Possible causes of an anomaly: each is checked against the facts that ``_facts`` has read."""

from collections import defaultdict

from odoo import _, models
from odoo.tools import formatLang

from .ai_anomaly_evidence import DAYS_BEFORE

# Shares from which something is a cause.
MOST_OF_IT, ONE_ORDER, PRICE_CHANGE = 0.5, 0.8, 0.05
# Customers who bought less often than that in eight weeks are not missed.
REGULAR_ORDERS = 4
# Of the days before a spike so many without stock are worth telling.
LEAST_EMPTY = 3


class AiAnomaly(models.Model):
    _inherit = "ai.anomaly"

    def _causes(self, fact, readable):
        """Causes that are likely, the strongest first: list of dicts of kind, text and weight."""
        self.ensure_one()
        checks = (
            self._cause_stock(fact),
            self._cause_order(fact, readable),
            self._cause_customer(fact, readable[1]),
            self._cause_missing(fact, readable[1]),
            self._cause_price(fact),
            self._cause_campaign(fact),
            self._cause_company(fact),
        )
        causes = [
            {"kind": kind, "text": text, "weight": round(min(weight, 1.0), 3)}
            for kind, text, weight in filter(None, checks)
        ]
        return sorted(causes, key=lambda cause: -cause["weight"])

    def _cause_stock(self, fact):
        within, before = fact["empty"]
        if self.type == "drop" and within >= MOST_OF_IT * self.days:
            text = _("No stock on %(out)s of %(days)s days.", out=within, days=self.days)
            return "stock_out", text, 1.0
        if self.type == "spike" and before >= LEAST_EMPTY:
            text = _("No stock on %s of the 7 days before: customers may have waited.", before)
            return "stock_out", text, before / DAYS_BEFORE
        return None

    def _cause_order(self, fact, readable):
        total = sum(row[self.measure] for row in fact["orders"])
        if self.type == "drop" or total <= 0:
            return None
        largest = max(fact["orders"], key=lambda row: row[self.measure])
        share = largest[self.measure] / total
        order = readable[0].get(largest["order_id"])
        if share < ONE_ORDER or not order:
            return None
        text = _(
            "One order, %(order)s, holds %(share)s%% of it. Is its quantity right?",
            order=order.name,
            share=formatLang(self.env, 100 * share, digits=0),
        )
        return "order", text, share

    def _cause_customer(self, fact, customers):
        """A customer who bought most of what a spike is more than expected."""
        if self.type == "drop":
            return None
        text = _("%(customer)s alone bought %(bought)s, usually %(usual)s in the same time.")
        bought, _usual = self._by_customer(fact)
        return self._cause_one("customer", text, fact, customers, bought)

    def _cause_missing(self, fact, customers):
        """A regular customer who did not buy most of what a drop is less than expected."""
        if self.type == "spike":
            return None
        text = _("%(customer)s bought %(bought)s, usually %(usual)s in the same time.")
        regular = {row["customer_id"] for row in fact["before"] if row["orders"] >= REGULAR_ORDERS}
        return self._cause_one("missing", text, fact, customers, regular)

    def _cause_one(self, kind, text, fact, customers, candidates):
        """The candidate who is furthest from what is usual, where that is most of the anomaly."""
        bought, usual = self._by_customer(fact)
        gap = self.quantity - self.expected
        if self.partner_id or not candidates or not gap:
            return None
        customer = max(candidates, key=lambda key: (bought[key] - usual[key]) / gap)
        share = (bought[customer] - usual[customer]) / gap
        if share < MOST_OF_IT:
            return None
        text %= {
            "customer": self._customer_name(customer, customers),
            "bought": self._with_unit(bought[customer]),
            "usual": self._with_unit(usual[customer]),
        }
        return kind, text, share

    def _cause_price(self, fact):
        if not self.product_id:
            return None
        now, before = (_mean_price(fact[name]) for name in ("orders", "before"))
        if not now or not before:
            return None
        change = now / before - 1
        if abs(change) < PRICE_CHANGE or (change < 0) != (self.type == "spike"):
            return None
        percent = formatLang(self.env, 100 * abs(change), digits=0)
        text = (
            _("Sold at a price %s%% lower than in the eight weeks before.", percent)
            if change < 0
            else _("Sold at a price %s%% higher than in the eight weeks before.", percent)
        )
        return "price", text, 2 * abs(change)

    def _cause_campaign(self, fact):
        orders = fact["orders"]
        total = sum(row[self.measure] for row in orders)
        amounts = defaultdict(float)
        for row in orders:
            if row["campaign_id"]:
                amounts[row["campaign_id"]] += row[self.measure]
        if self.type == "drop" or not amounts or total <= 0:
            return None
        campaign = max(amounts, key=amounts.get)
        share = amounts[campaign] / total
        if share < MOST_OF_IT:
            return None
        text = _(
            "%(share)s%% of it was sold in the campaign %(campaign)s.",
            share=formatLang(self.env, 100 * share, digits=0),
            campaign=self.env["utm.campaign"].sudo().browse(campaign).name,
        )
        return "campaign", text, share

    def _cause_company(self, fact):
        if not fact["with_company"]:
            return None
        return "company", _("The whole company sold unusually on these days."), 0.5


def _mean_price(rows):
    """Revenue over quantity of some rows; 0 where nothing was sold."""
    quantity = sum(row["quantity"] for row in rows)
    return sum(row["revenue"] for row in rows) / quantity if quantity > 0 else 0.0
