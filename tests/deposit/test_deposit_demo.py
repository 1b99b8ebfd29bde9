"""What the demonstration hides among its bottles and contracts is found."""

from odoo import fields
from odoo.tests import tagged

from ...demo import contracts, deposits, planted
from ..client.common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestDepositDemo(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Client {number}"} for number in range(40)]
        )
        codes = {*deposits.CONTENTS.values(), *(each.code for each in planted.CONTRACTS)}
        for code in codes:
            cls._create_product(code, default_code=code)
        cls.today = fields.Date.today()

    def test_late_bottles_are_those_that_were_planted(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        deposits.load_containers(self.env, warehouse, self.customers, self.today)
        balances = self.env["ai.deposit.balance"]
        late = {
            (row["partner_id"], row["product_id"]): row["quantity"]
            for row in balances._late(self.company)
        }
        products = {
            code: self.env["product.product"].search([("default_code", "=", code)])
            for code in deposits.NAMES
        }
        self.assertEqual(
            late,
            {
                (self.customers[each.customer].id, products[each.code].id): each.late
                for each in planted.LATE_CONTAINERS
            },
        )
        held = balances.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(held), len(planted.EXCHANGES) + len(planted.LATE_CONTAINERS))
        # Nothing is lost: what is not at clients is in the warehouse.
        for code, product in products.items():
            outside = sum(row.quantity for row in held if row.product_id == product)
            self.assertEqual(product.qty_available + outside, deposits.OWNED, code)

    def test_due_contracts_are_those_that_were_planted(self):
        made = contracts.load_contracts(self.env, self.company, self.customers, self.today)
        for contract, plan in zip(made, planted.CONTRACTS, strict=True):
            self.assertEqual(contract.is_overdue, plan.ends_in < 0, plan)
            self.assertEqual(contract.is_due, plan.ends_in <= contract.notice_days, plan)
            self.assertTrue(contract.is_behind, plan)  # nobody buys here
