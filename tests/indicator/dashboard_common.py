"""Users who open the dashboard."""

from odoo.tests import new_test_user

from .common import IndicatorCommon

DAYS = {"days": 7}
SELLS, SEES_ALL = "sales_team.group_sale_salesman", "sales_team.group_sale_salesman_all_leads"


class DashboardCommon(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("sr_keeper", "stock.group_stock_manager")
        cls.accountant = cls._create_user("sr_accountant", "account.group_account_invoice")
        cls.colleague = cls._create_user("sr_colleague", SELLS)
        cls.employee = cls._create_user("sr_employee", "base.group_user")
        cls.portal = new_test_user(cls.env, login="sr_portal", groups="base.group_portal")

    def _as(self, user, model="ai.dashboard", companies=None):
        companies = companies or self.company
        return self.env[model].with_user(user).with_context(allowed_company_ids=companies.ids)

    def _codes(self, user, **marks):
        cards = self._as(user).get_layout()["cards"]
        return [
            card["code"]
            for card in cards
            if all(card[name] == mark for name, mark in marks.items())
        ]
