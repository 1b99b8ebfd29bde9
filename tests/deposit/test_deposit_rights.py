"""Who sees and does what with containers, on the sheet and in lists; two companies."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DepositCommon


@tagged("post_install", "-at_install")
class TestDepositRights(DepositCommon):
    def test_the_sheet_tells_what_the_client_holds_and_costs_one_query(self):
        self._deliver_bottles(5.0, days_ago=45)
        (row,) = self._sheet(partner=self.cook)["deposits"]
        self.assertEqual((row["name"], row["quantity"], row["value"]), ("Bonbonne vide", 5.0, 200))
        self.assertEqual((row["late_quantity"], row["due"]), (5.0, str(self._day(15))))
        sheets = self.env["ai.client.sheet"]
        self.env.flush_all()
        with self.assertQueryCount(1):
            sheets._deposits(self.company, self.hotel)

    def test_names_are_in_the_language_of_the_user(self):
        self._activate_french()
        self.empty.with_context(lang="fr_FR").name = "Bonbonne consignée"
        self._deliver_bottles(1.0)
        french = self.hotel.with_context(lang="fr_FR")
        self.assertEqual(self._sheet(partner=french)["deposits"][0]["name"], "Bonbonne consignée")

    def test_who_reads_and_writes_what(self):
        self._deliver_bottles(5.0)
        stock = self._create_user("sr_stock", "stock.group_stock_user")
        stock_manager = self._create_user("sr_stock_manager", "stock.group_stock_manager")
        portal = new_test_user(self.env, login="sr_deposit_portal", groups="base.group_portal")
        readers = (self.supervisor, self.call_manager, stock, stock_manager)
        for user in readers:
            self.assertEqual(len(self.balances.with_user(user).search([])), 1, user.login)
        for user in (self.operator, self.salesperson, portal):
            with self.assertRaises(AccessError, msg=user.login):
                self.balances.with_user(user).search([])
        for user in (self.call_manager, stock_manager):
            self.container.with_user(user).days = 20
        for user in (self.operator, self.supervisor, stock, self.salesperson):
            with self.assertRaises(AccessError, msg=user.login):
                self.container.with_user(user).days = 10
        self.assertFalse(
            {"ai_deposit_warning"} & set(self.env["sale.order"].with_user(portal).fields_get())
        )

    def test_only_operators_log_returns(self):
        self._deliver_bottles(5.0)
        stock = self._create_user("sr_stock", "stock.group_stock_user")
        for user in (self.salesperson, stock):
            with self.assertRaises(AccessError, msg=user.login):
                self.hotel.with_user(user).action_return_containers(self.container.id)
            with self.assertRaises(AccessError, msg=user.login):
                self._log_return(1.0, user=user)

    def test_salespeople_sell_what_comes_in_containers(self):
        order = self._create_order(
            [self.cups], state="draft", user_id=self.salesperson.id
        ).with_user(self.salesperson)
        order.order_line = [Command.create({"product_id": self.bottle.id, "product_uom_qty": 2.0})]
        self.assertEqual(self._deposit_line(order).product_uom_qty, 2.0)

    def test_another_company_stays_out(self):
        other = self._create_company("Autre")
        theirs = self._create_container(self.empty, self.bottle, company=other)
        self._create_order([self.bottle], partner=self.shared_partner, company=other, days_ago=60)
        self.assertEqual(self._sheet(partner=self.shared_partner)["deposits"], [])
        supervisor = self.balances.with_user(self.supervisor).with_company(self.company)
        self.assertFalse(supervisor.search([]))
        with self.assertRaises(AccessError):
            self._log_return(1.0, partner=self.shared_partner, container=theirs)
