"""The expected margin of what is due, and who sees it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestDueMargin(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bottle.with_company(cls.company).standard_price = 20.0
        for days_ago in (57, 43, 29, 15):
            cls._create_order([(cls.bottle, 6.0)], partner=cls.hotel, days_ago=days_ago)
        cls.runs.with_company(cls.company)._train_now(cls.company, "customers")

    def test_it_is_the_usual_quantity_times_the_margin(self):
        self._refresh()
        self.assertEqual(self._row().due_product_count, 1)
        self.assertAlmostEqual(self._row().due_margin, 6 * (35 - 20))

    def test_discounts_and_units_count(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_order(
            [(self.bottle, 2.0)], partner=self.cook, days_ago=20, state="draft"
        )
        order.order_line.write({"product_uom": dozen.id, "price_unit": 420.0, "discount": 50.0})
        order.state = "sale"
        self._refresh()
        # 24 bottles at 35, and 24 at half of it.
        self.assertAlmostEqual(self._row().due_margin, 6 * (26.25 - 20), places=2)

    def test_what_is_sold_below_its_cost_brings_nothing(self):
        self.bottle.with_company(self.company).standard_price = 50.0
        self._refresh()
        self.assertEqual(self._row().due_margin, 0.0)

    def test_what_was_sent_away_is_not_due(self):
        self.env["ai.customer.dismissal"]._dismiss(self.company, self.hotel, self.bottle)
        self._refresh()
        self.assertEqual((self._row().due_margin, self._row().due_product_count), (0.0, 0))

    def test_operators_do_not_see_margins(self):
        self._refresh()
        row = self._row()
        self.assertEqual(row.with_user(self.supervisor).due_margin, 90.0)
        with self.assertRaises(AccessError):
            row.with_user(self.operator).read(["due_margin"])
        self.assertNotIn("due_margin", row.with_user(self.operator).fields_get())
        self.assertNotIn("margin", str(self._sheet()))
