"""What stands behind an anomaly: orders, customers, and causes that can be checked.

Nothing of it is stored: it is looked up when somebody asks. Figures are those of the company;
orders and customers are named only to those who may read them.
"""

from collections import defaultdict
from datetime import timedelta

from odoo import _, api, fields, models

from ...tools.compat import may_read

# What is usual is what was bought in so many days before.
BEFORE_DAYS = 56
SHOWN_CUSTOMERS, SHOWN_ORDERS = 8, 15
DAYS_BEFORE = 7


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

        orders : list of dicts, see ``_orders_behind``: what was sold on the anomaly's days.
        before : list of dicts, see ``_customers_before``: what each customer bought before them.
        empty : (int, int), days without stock among the anomaly's, and in the week before.
        with_company : bool, whether the whole company's sales are unusual in the same way.
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
        """Customers by how far they are from what they usually buy, the furthest first.

        Of a spike those who bought, of a drop also those who did not.
        """
        bought, usual = self._by_customer(fact)
        total = sum(bought.values()) or 1.0
        is_spike = self.type == "spike"
        # Who bought nothing has no part in a spike.
        names = [
            customer
            for customer in (bought if is_spike else {**bought, **usual})
            if customer in customers and (bought[customer] > 0 or not is_spike)
        ]
        sign = 1 if is_spike else -1
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
