"""A product says why it has its class."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..core.tours import TourCase, form_of
from .common import ClassCommon


@tagged("post_install", "-at_install")
class TestClassReason(ClassCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._weekly_sales()
        cls._train_classes()

    def _opened(self, record, user):
        action = record.with_user(user).action_open_ai_class()
        rows = self.classes.with_user(user).with_context(**record.env.context)
        return (
            rows.browse(action["res_id"]) if action.get("res_id") else rows.search(action["domain"])
        )

    def test_the_first_product_is_below_both_limits(self):
        row = self._class(self.fountain)
        first, second = row.reason.split("\n")
        share = row.share * 100
        self.assertIn(f"A: {share:.1f}% of the revenue of 60 days", first)
        self.assertIn("bring more have 0.0% together. That is below 20.0%: class A.", first)
        self.assertIn("X: sales of 8 weeks vary by 0.0% of their mean", second)
        self.assertIn("below 30.0%: steady", second)

    def test_the_others_name_what_lies_before_them(self):
        row = self._class(self.cups)
        before = sum((self._class(self.fountain) | self._class(self.bottle)).mapped("share"))
        self.assertIn(f"bring more have {100 * before:.1f}% together", row.reason)
        self.assertIn("That is 50.0% or more: class C.", row.reason)
        self.assertIn("or more: irregular.", row.reason)

    def test_what_did_not_sell_says_so(self):
        self.assertEqual(
            self._class(self.soap).reason, "N: nothing was sold in the 60 days of the period."
        )

    def test_too_few_weeks_are_said(self):
        late = self._create_product("Nouveau savon")
        self._sell({5: [(late, 3.0)]})
        self._train_classes()
        self.assertIn("?: only 0 whole weeks are known", self._class(late).reason)

    def test_the_button_of_a_product_opens_its_class(self):
        for user in (self.manager, self.stock_manager):
            for record in (self.fountain, self.fountain.product_tmpl_id):
                row = self._opened(record, user)
                self.assertEqual(row, self._class(self.fountain))
                self.assertIn("class A", row.reason)
                self.assertTrue(row.date_from < row.date_to)
        with self.assertRaises(AccessError):
            self.fountain.with_user(self.salesperson).action_open_ai_class()

    def test_earlier_classes_stand_below(self):
        self._sell({7 * week + 1: [(self.soap, 20000.0)] for week in range(8)})
        self._train_classes()
        changes = self._class(self.soap).with_user(self.stock_manager).change_ids
        self.assertEqual(changes.mapped("new_name"), ["AX"])

    def test_several_companies_open_a_list(self):
        other = self._create_company("Autre")
        self.stock_manager.company_ids |= other
        self._weekly_sales(company=other)
        self._train_classes(other)
        both = self.fountain.with_context(allowed_company_ids=(self.company | other).ids)
        rows = self._opened(both, self.stock_manager)
        self.assertEqual(rows.company_id, self.company | other)

    def test_a_stock_manager_reads_the_reason(self):
        self.start_tour(
            form_of(self.fountain.product_tmpl_id),
            "smart_recommender_class_reason",
            login=self.stock_manager.login,
        )
