"""History of product classes."""

from odoo import fields
from odoo.tests import tagged

from .common import ClassCommon


@tagged("post_install", "-at_install")
class TestClassChanges(ClassCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._weekly_sales()
        cls.training = cls._train_classes()

    def _told(self):
        return {
            (change.product_id, change.old_name, change.new_name)
            for change in self.changes.search([])
        }

    def test_a_first_class_is_no_change(self):
        self.assertFalse(self.changes.search([]))
        self._create_product("Nouveau")
        self._train_classes()
        self.assertFalse(self.changes.search([]))
        self.assertEqual(self.training._result().change_count, 0)

    def test_the_same_class_is_no_change_whatever_the_figures(self):
        self._sell({3: [(self.fountain, 1.0)]})
        self._train_classes()
        self.assertEqual(self._class(self.fountain).units, 81.0)
        self.assertFalse(self.changes.search([]))

    def test_real_changes_are_kept_with_run_and_day(self):
        self._sell({7 * week + 1: [(self.soap, 20000.0)] for week in range(8)})
        run = self._train_classes()
        # Soap brings 95 %; the fountain that brought everything is what is left.
        self.assertEqual(self._told(), {(self.soap, "N", "AX"), (self.fountain, "AX", "CX")})
        change = self.changes.search([("product_id", "=", self.soap.id)])
        self.assertEqual((change.run_id, change.company_id), (run, self.company))
        self.assertEqual((change.old_abc, change.new_abc), ("N", "A"))
        self.assertEqual(change.date, fields.Date.today())
        self.assertEqual(change.display_name, "Savon: N → AX")
        self.assertFalse(change.by_settings)
        self.assertEqual(run._result().change_count, 2)
        self.assertIn("2 of them have another class", run.message_ids[:1].body)

    def test_changes_by_other_settings_are_told_apart(self):
        self.company.ai_class_bucket = "day"
        self._train_classes()
        changes = self.changes.search([])
        self.assertIn((self.fountain, "AX", "AZ"), self._told())
        self.assertEqual(set(changes.mapped("by_settings")), {True})
        self._sell({7 * week + 1: [(self.soap, 20000.0)] for week in range(8)})
        self._train_classes()
        self.assertEqual(set((self.changes.search([]) - changes).mapped("by_settings")), {False})

    def test_another_name_for_the_same_limits_is_no_other_setting(self):
        self.company.write({"ai_abc_preset": "own", "ai_abc_a": 0.2, "ai_abc_b": 0.5})
        self._sell({7 * week + 1: [(self.soap, 20000.0)] for week in range(8)})
        self._train_classes()
        self.assertEqual(set(self.changes.search([]).mapped("by_settings")), {False})

    def test_other_companies_have_a_history_of_their_own(self):
        other = self._create_company("Autre")
        self._train_classes(other)
        self._sell({4: [(self.soap, 5.0)]}, company=other)
        self._train_classes(other)
        change = self.changes.search([])
        self.assertEqual((change.company_id, change.product_id), (other, self.soap))
