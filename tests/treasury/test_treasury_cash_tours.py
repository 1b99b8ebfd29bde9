"""An accountant looks at the cash ahead and tries what would change it."""

from odoo.tests import tagged

from ..core.tours import OnAPhone, TourCase
from .test_treasury_cash import CashCommon


class CashTours(CashCommon, TourCase):
    """1,000 in the bank; 300 come in in ten days, 900 and the rent go out; 500 are the limit."""

    def _fill(self):
        self.company.ai_cash_limit = 500.0
        self._fill_bank(1000.0)
        self._move(300.0, due=-10)
        self._move(900.0, due=-20, kind="in_invoice", ref="F1")
        self._line(-50.0, 5)

    def _tour(self, name, user=None):
        self.start_tour(
            self._page("cash_page_action"),
            f"smart_recommender_{name}",
            login=(user or self.accountant).login,
        )


@tagged("post_install", "-at_install")
class TestCashTours(CashTours):
    def test_an_accountant_sees_cash_ahead_and_tries_what_would_change_it(self):
        self._fill()
        self.start_tour("/web", "smart_recommender_cash", login="sr_accountant", timeout=120)

    def test_without_anything_it_says_what_can_be_planned(self):
        self._tour("cash_empty")

    def test_a_reader_of_invoices_sees_it(self):
        self._fill()
        self._create_user("sr_reader", "account.group_account_readonly")
        self.start_tour("/web", "smart_recommender_cash", login="sr_reader", timeout=120)

    def test_a_salesperson_is_told_why_not(self):
        self._tour("cash_refused", self.salesperson)


@tagged("post_install", "-at_install")
class TestCashPhoneTours(OnAPhone, CashTours):
    def test_an_accountant_sees_it_on_a_phone(self):
        self._fill()
        self._tour("cash_phone")


@tagged("post_install", "-at_install")
class TestCashMenu(CashCommon):
    def test_who_sees_the_menu(self):
        menu = self.env.ref("smart_recommender.menu_cash_page")
        operator = self._create_user("sr_cash_operator", "smart_recommender.group_call_operator")
        reader = self._create_user("sr_cash_reader", "account.group_account_readonly")
        for user, sees in (
            (self.accountant, True),
            (reader, True),
            (self.salesperson, False),
            (operator, False),
        ):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(menu.id in menus, sees, user.login)
