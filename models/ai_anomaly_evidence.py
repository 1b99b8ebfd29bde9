"""What stands behind an anomaly: orders, customers, and causes that can be checked.

Nothing of it is stored: it is looked up for who asks. Figures are those of the company; orders and
customers are named only to those who may read them.
"""

from collections import defaultdict
from datetime import timedelta

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..tools.compat import may_read

# What is usual is what was bought in so many days before.
BEFORE_DAYS = 56
# Shares from which something is a cause.
MOST_OF_IT, ONE_ORDER, PRICE_CHANGE = 0.5, 0.8, 0.05
SHOWN_CUSTOMERS, SHOWN_ORDERS = 8, 15
# Customers who bought less often than that in eight weeks are not missed.
REGULAR_ORDERS = 4
DAYS_BEFORE, LEAST_EMPTY = 7, 3


class AiAnomaly(models.Model):
    _inherit = "ai.anomaly"

    evidence = fields.Json(compute="_compute_evidence")
    cause_text = fields.Char(
        string="Likely Cause",
        compute="_compute_cause_text",
        help="The strongest of the causes that can be checked; the form shows all of them.",
    )

    @api.depends_context("uid", "lang")
    def _compute_evidence(self):
        facts = self._facts()
        readable = self._readable(facts)
        for anomaly in self:
            anomaly.evidence = anomaly._evidence_of(facts[anomaly.id], readable)

    @api.depends_context("uid", "lang")
    def _compute_cause_text(self):
        # Totals would read all sales of eight weeks for each row of a list.
        products = self.filtered("product_id")
        facts = products._facts()
        readable = products._readable(facts)
        for anomaly in self:
            causes = anomaly._causes(facts[anomaly.id], readable) if anomaly in products else []
            anomaly.cause_text = causes[0]["text"] if causes else ""

    # ------------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------------

    def _facts(self):
        """{anomaly id: dict of what the database says}, a few statements for each company.

        orders : list of dicts, see ``_orders_behind``; usual : {customer id: what such a time
        brought before}; regular : {customer id: orders before}; empty : (days without stock, of
        them the week before); with_company : whether the whole company lies off.
        """
        facts = {
            anomaly.id: {"orders": [], "before": [], "empty": (0, 0), "with_company": False}
            for anomaly in self
        }
        for company, anomalies in self.grouped("company_id").items():
            extract = self.env["ai.sales.extract"].sudo()
            for row in extract._orders_behind(company, anomalies):
                facts[row["anomaly_id"]]["orders"].append(row)
            for row in extract._customers_before(company, anomalies):
                facts[row["anomaly_id"]]["before"].append(row)
            anomalies._add_empty_days(company, facts)
            anomalies._add_company(company, facts)
        return facts

    def _add_empty_days(self, company, facts):
        anomalies = self.filtered("product_id")
        if not anomalies:
            return
        empty = (
            self.env["ai.sales.extract"]
            .sudo()
            ._empty_days(
                company,
                anomalies.product_id.ids,
                min(anomalies.mapped("date")) - timedelta(days=DAYS_BEFORE),
                max(anomalies.mapped("date_end")),
            )
        )
        for anomaly in anomalies:
            days = empty.get(anomaly.product_id.id, set())
            within = sum(anomaly.date <= day <= anomaly.date_end for day in days)
            first = anomaly.date - timedelta(days=DAYS_BEFORE)
            before = sum(first <= day < anomaly.date for day in days)
            facts[anomaly.id]["empty"] = (within, before)

    def _add_company(self, company, facts):
        totals = self.sudo().search([("company_id", "=", company.id), ("level", "=", "company")])
        for anomaly in self - totals:
            facts[anomaly.id]["with_company"] = any(
                total.type == anomaly.type
                and total.date <= anomaly.date_end
                and anomaly.date <= total.date_end
                for total in totals
            )

    def _readable(self, facts):
        """Names of the orders and customers that the user may read: two dicts by id."""
        orders, customers = set(), set()
        for fact in facts.values():
            orders.update(row["order_id"] for row in fact["orders"])
            customers.update(row["customer_id"] for row in fact["orders"] + fact["before"])
        found = []
        for model, ids in (("sale.order", orders), ("res.partner", customers)):
            records = self.env[model].with_context(active_test=False)
            records = records.search([("id", "in", list(ids))]) if may_read(records) else records
            found.append({record.id: record for record in records})
        return found

    # ------------------------------------------------------------------
    # Evidence
    # ------------------------------------------------------------------

    def _evidence_of(self, fact, readable):
        """The value of ``evidence``: JSON for static/src/anomaly."""
        self.ensure_one()
        orders, customers = readable
        total = sum(row[self.measure] for row in fact["orders"]) or 1.0
        shown = [row for row in fact["orders"] if row["order_id"] in orders]
        shown.sort(key=lambda row: -row[self.measure])
        extract = self.env["ai.sales.extract"]
        zone = extract._time_zone(self.company_id)
        return {
            "causes": self._causes(fact, readable),
            "customers": self._customer_rows(fact, customers)[:SHOWN_CUSTOMERS],
            "orders": [
                {
                    "id": row["order_id"],
                    "name": orders[row["order_id"]].name,
                    "date": fields.Date.to_string(
                        fields.Datetime.context_timestamp(
                            self.with_context(tz=zone.zone), orders[row["order_id"]].date_order
                        )
                    ),
                    "customer": self._customer_name(row["customer_id"], customers),
                    "quantity": row[self.measure],
                    "share": row[self.measure] / total,
                }
                for row in shown[:SHOWN_ORDERS]
            ],
            "order_count": len(fact["orders"]),
            "hidden_orders": len(fact["orders"]) - len(shown),
        }

    def _customer_rows(self, fact, customers):
        """Customers by how far they are from what they usually buy, the furthest first."""
        bought, usual = self._by_customer(fact)
        total = sum(bought.values()) or 1.0
        names = [customer for customer in {**bought, **usual} if customer in customers]
        sign = 1 if self.type == "spike" else -1
        names.sort(key=lambda customer: sign * (usual[customer] - bought[customer]))
        return [
            {
                "id": customer,
                "name": customers[customer].display_name,
                "quantity": bought[customer],
                "usual": usual[customer],
                "share": bought[customer] / total,
            }
            for customer in names
        ]

    def _by_customer(self, fact):
        """What customers bought, and what they usually buy in such a time: two dicts."""
        bought, usual = defaultdict(float), defaultdict(float)
        for row in fact["orders"]:
            bought[row["customer_id"]] += row[self.measure]
        for row in fact["before"]:
            usual[row["customer_id"]] = row[self.measure] * self.days / BEFORE_DAYS
        return bought, usual

    @api.model
    def _customer_name(self, customer, customers):
        return customers[customer].display_name if customer in customers else _("another customer")

    # ------------------------------------------------------------------
    # Causes
    # ------------------------------------------------------------------

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
        bought, usual = self._by_customer(fact)
        gap = self.quantity - self.expected
        if self.type == "drop" or self.partner_id or not bought or gap <= 0:
            return None
        customer = max(bought, key=lambda key: bought[key] - usual[key])
        share = (bought[customer] - usual[customer]) / gap
        if share < MOST_OF_IT:
            return None
        text = _(
            "%(customer)s alone bought %(bought)s, usually %(usual)s in such a time.",
            customer=self._customer_name(customer, customers),
            bought=self._amount(bought[customer]),
            usual=self._amount(usual[customer]),
        )
        return "customer", text, share

    def _cause_missing(self, fact, customers):
        bought, usual = self._by_customer(fact)
        regular = {row["customer_id"] for row in fact["before"] if row["orders"] >= REGULAR_ORDERS}
        gap = self.expected - self.quantity
        if self.type == "spike" or self.partner_id or not regular or gap <= 0:
            return None
        customer = max(regular, key=lambda key: usual[key] - bought[key])
        share = (usual[customer] - bought[customer]) / gap
        if share < MOST_OF_IT:
            return None
        text = _(
            "%(customer)s bought %(bought)s, usually %(usual)s in such a time.",
            customer=self._customer_name(customer, customers),
            bought=self._amount(bought[customer]),
            usual=self._amount(usual[customer]),
        )
        return "missing", text, share

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
            _("Sold %s%% cheaper than in the eight weeks before.", percent)
            if change < 0
            else _("Sold %s%% dearer than in the eight weeks before.", percent)
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
        return "company", _("The whole company sold unusually in these days."), 0.5

    def _amount(self, value):
        """An amount with its unit."""
        return f"{formatLang(self.env, value, digits=0 if abs(value) >= 20 else 1)} {self.unit}"


def _mean_price(rows):
    """Revenue over quantity of some rows; 0 where nothing was sold."""
    quantity = sum(row["quantity"] for row in rows)
    return sum(row["revenue"] for row in rows) / quantity if quantity > 0 else 0.0
