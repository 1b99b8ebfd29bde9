"""The dashboard of each role in a real browser."""

from odoo import Command, fields
from odoo.tests import tagged

from ..core.tours import OnAPhone, TourCase
from .dashboard_common import DashboardCommon


class DashboardTours(DashboardCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Kivu Test", currency_id=cls.env.ref("base.EUR").id)
        cls.manager.company_ids = [Command.link(cls.other.id)]
        users = cls.salesperson | cls.manager | cls.keeper | cls.accountant
        export = cls.env.ref("base.group_allow_export")
        users.write({"groups_id": [Command.link(export.id)]})
        theirs = {"user_id": cls.colleague.id}
        cls._order([cls._line(cls.fountain, 1, 900)], cls._at(3), **theirs)
        mine = {"user_id": cls.salesperson.id}
        for ago in (1, 2, 9, 10, 40):
            lines = [cls._line(cls.bottle, 2, 30), cls._line(cls.cups, 10, 4)]
            cls._order(lines, cls._at(ago), **mine)
        cls._order([cls._line(cls.soap, 1, 8)], fields.Datetime.now(), **mine)
        cls._put(cls.cups, 1)
        cls.runs.with_company(cls.company)._train_now(cls.company, "replenishment")
        for company in cls.company | cls.other:
            cls._restate(company=company)

    def _tour(self, name, user, url="/web"):
        self.start_tour(url, f"smart_recommender_dashboard_{name}", login=user.login)


@tagged("post_install", "-at_install")
class TestDashboardTours(DashboardTours):
    def test_a_seller_reads_own_figures_and_opens_what_is_behind_them(self):
        self._tour("seller", self.salesperson)

    def test_a_sales_manager_arranges_cards_and_compares(self):
        self._tour("manager", self.manager)
        preferences = self.env["ai.kpi.preference"].search([("user_id", "=", self.manager.id)])
        self.assertFalse(preferences, "Reset has taken them back")

    def test_a_stock_manager_opens_what_is_low(self):
        self._tour("keeper", self.keeper)

    def test_an_accountant_sees_the_order_cycle_alone(self):
        self._tour("accountant", self.accountant)


@tagged("post_install", "-at_install")
class TestDashboardOnPhones(OnAPhone, DashboardTours):
    def test_nothing_is_wider_than_a_phone(self):
        # On phones each series has its own way to the apps.
        self._tour("phone", self.manager, self._page("dashboard_action"))
