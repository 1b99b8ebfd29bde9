"""The steps by which products are ordered and sold."""

from odoo.tests import TransactionCase, tagged

from ...tools import quantities


@tagged("post_install", "-at_install")
class TestQuantities(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit, cls.dozen, cls.kilo, cls.gram = (
            cls.env.ref(f"uom.product_uom_{name}") for name in ("unit", "dozen", "kgm", "gram")
        )

    def test_pieces_are_whole_and_measures_are_not(self):
        steps = [quantities.least_step(each) for each in (self.unit, self.dozen, self.kilo)]
        self.assertEqual(steps, [1.0, 1.0, self.kilo.rounding])
        self.assertEqual(quantities.least_step(self.kilo, whole=True), 1.0)

    def test_a_common_step_is_the_smallest_that_all_divide(self):
        for steps, common in (
            ((12.0, 1.0), 12.0),
            ((12.0, 1.0, 10.0), 60.0),
            ((1.0, 1.0, 6.0), 6.0),
            ((0.01, 0.01), 0.01),
            ((0.00001, 0.01), 0.01),
            ((0.01, 0.01, 2.5), 2.5),
            ((6.0, 0.0, 0.0), 6.0),
            ((0.0, 1.0), 1.0),
        ):
            self.assertAlmostEqual(quantities.common_step(*steps), common, msg=str(steps))

    def test_steps_without_a_common_one_leave_the_first(self):
        self.assertEqual(quantities.common_step(97.0, 89.0), 97.0)

    def test_what_a_unit_cannot_hold_is_none(self):
        for quantity, unit, other, expected in (
            (12.0, self.unit, self.dozen, 1.0),
            (1.0, self.unit, self.dozen, None),
            (20.0, self.unit, self.dozen, None),
            (1.0, self.dozen, self.unit, 12.0),
            (250.0, self.gram, self.kilo, 0.25),
            (3.0, self.gram, self.kilo, None),
        ):
            self.assertEqual(quantities.exactly_in(quantity, unit, other), expected)
        self.assertIsNone(quantities.exactly_in(1.0, self.unit, self.unit, package=6.0))
        self.assertEqual(quantities.exactly_in(6.0, self.unit, self.unit, package=6.0), 6.0)

    def test_usual_quantities_are_rounded_to_what_one_can_buy(self):
        self.assertEqual(quantities.rounded(1.5, self.unit), 2.0)
        self.assertEqual(quantities.rounded(2.5, self.unit), 3.0)
        self.assertEqual(quantities.rounded(0.2, self.unit), 1.0)
        self.assertEqual(quantities.rounded(0.0, self.unit), 0.0)
        self.assertAlmostEqual(quantities.rounded(1.234, self.kilo), 1.23)
