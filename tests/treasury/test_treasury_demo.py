"""The money of the demonstration is what was planted."""

from types import SimpleNamespace
from unittest.mock import patch

import numpy as np

from odoo.tests import tagged

from ...demo import planted, quotations, treasury
from .common import TreasuryCommon


@tagged("post_install", "-at_install")
class TestTreasuryDemo(TreasuryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inside = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.late = min(planted.LATE_PAYERS)

    def _deliver(self, partner, days_ago):
        product = self.soap.with_company(self.company)
        product.property_account_income_id = self.accounts["income"]
        product.write({"invoice_policy": "order", "taxes_id": False})
        return self._create_order([(product, 2)], partner=partner, days_ago=days_ago)

    def test_balance_and_planned_payments(self):
        treasury.create_balance(self.inside, self.company, "atlas", self.today, 0.1)
        lines = treasury.create_planned(self.inside, self.company, "atlas", self.today, 0.1)
        self.assertEqual(self.extract._balance(self.company), planted.BALANCE["atlas"] / 10)
        self.assertEqual(self.company.ai_cash_limit, planted.LEAST_CASH["atlas"] / 10)
        self.assertEqual(len(lines), len(planted.PLANNED["atlas"]))
        self.assertGreater(lines[0].first_date, self.today)

    def test_clients_pay_by_their_habits_and_nothing_counts_twice(self):
        orders = self.env["sale.order"]
        for days_ago in (160, 120, 60, 2):
            for partner in (self.client, self.partners[0]):
                orders |= self._deliver(partner, days_ago)
        place = {self.client.id: self.late, self.partners[0].id: 0}
        with patch.object(planted, "ONE_IN", 10**9):
            found = treasury.to_invoice(self.inside, self.company, place, self.today)
        self.assertEqual(found, orders.filtered(lambda order: order in found))
        self.assertEqual(len(found), 4, "neither the newest nor old ones of who pays on time")
        rng = np.random.default_rng(1)
        invoices = self.env["account.move"]
        for month in treasury.by_month(found):
            invoices |= treasury.create_invoices(month, place, self.today, rng)
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        self.assertEqual(len(invoices), 4)
        self.assertFalse(
            {line["res_id"] for line in self.extract._orders_to_invoice(self.company)}
            & set(found.ids)
        )
        by_partner = {
            partner: invoices.filtered(lambda move: move.partner_id == partner)  # noqa: B023
            for partner in (self.client, self.partners[0])
        }
        states = {
            partner: sorted(moves.mapped("payment_state")) for partner, moves in by_partner.items()
        }
        self.assertEqual(set(states[self.partners[0]]), {"paid"})
        self.assertEqual(states[self.client].count("not_paid"), 1)
        read = self.extract._documents(self.company)
        late = (read["paid"] - read["due"])[read["paid"] < 2**31 - 1]
        habit = planted.LATE_PAYERS[self.late]
        self.assertEqual(sum(days > habit / 2 for days in late.tolist()), 2)

    def test_quotations_were_lost_by_who_compares_prices(self):
        clients = self.env["res.partner"].create([{"name": f"Café {one}"} for one in range(8)])
        for client in clients:
            self._deliver(client, 100)
        lost = quotations.load_quotations(
            self.inside, self.company, list(clients), 0.2, "Africa/Casablanca", self.today
        )
        self.assertEqual(len(lost), planted.LEAST_LOST)
        self.assertEqual(set(lost.mapped("state")), {"cancel"})
        comparing = [
            client for number, client in enumerate(clients) if quotations.compares_prices(number)
        ]
        share = np.mean([order.partner_id in comparing for order in lost])
        self.assertGreater(share, 0.5)
        read = self.extract._quotations(self.company, 1)
        self.assertEqual((len(read["won"]), read["won"].sum()), (len(lost) + 8, 8))
        self.assertTrue((read["decided"] >= read["sent"]).all())
        self.assertGreater((read["decided"] - read["sent"])[~read["won"]].min(), 1)

    def test_won_ones_had_discounts_more_often(self):
        def share(state):
            orders = [
                SimpleNamespace(
                    day=day,
                    minute=600,
                    customer=3,
                    state=state,
                    lines=[SimpleNamespace(quantity=2)],
                )
                for day in range(300)
            ]
            return np.mean([quotations.discount_of(order) > 0 for order in orders])

        self.assertAlmostEqual(share("sale"), planted.DISCOUNTED_WON, delta=0.08)
        self.assertLess(share("cancel"), 0.2)
        back = SimpleNamespace(lines=[SimpleNamespace(quantity=-1)])
        self.assertEqual(quotations.discount_of(back), 0.0)

    def test_bills_are_those_of_purchases(self):
        product = self.soap.with_company(self.company)
        product.write({"purchase_method": "purchase", "supplier_taxes_id": False})
        product.property_account_expense_id = self.accounts["expense"]
        order = self.env["purchase.order"].with_company(self.company).create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_qty": 3, "price_unit": 5.0})
                ],
            }
        )  # fmt: skip
        order.button_confirm()
        order.write({"date_approve": self._day(60), "date_planned": self._day(50)})
        with patch.object(planted, "DUE_DAYS", 10):
            bills = treasury.create_bills(
                self.inside, self.company, self.today, np.random.default_rng(2)
            )
        self.assertEqual((bills.state, bills.payment_state), ("posted", "paid"))
        self.assertFalse(self.extract._orders_to_invoice(self.company))
