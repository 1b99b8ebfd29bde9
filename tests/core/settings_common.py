"""What the tests of every subject's settings have in common; no company of their own."""

import re

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase

from ...tools.setting_range import SHARE


class SettingsCommon(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company

    def assertBounds(self, bounds, orders=()):
        """Each bound is taken, and what lies beyond is refused by a sentence that names it.

        bounds : {field: (low, high)}; orders : pairs of fields, the second no lower than the first.
        """
        for lower, upper in orders:
            self.company.write({lower: bounds[lower][0], upper: bounds[upper][1]})
        for name, (low, high) in bounds.items():
            usual, step = self.company[name], self._least_step(name)
            for value in (low, high, usual):
                with self.subTest(field=name, value=value):
                    self.company.write({name: value})
                    self.assertAlmostEqual(self.company[name], value)
            empty = [False] if low > 0 else []
            no_numbers = [float("nan"), float("inf"), float("-inf")]
            label = re.escape(self.company._fields[name].string)
            least, most = (re.escape(self._in_words(name, bound)) for bound in (low, high))
            sentence = rf"^{label} is .+: give a .+ from {least} to {most}( \(.+\))?\.$"
            for value in (low - step, high + step, *empty, *no_numbers):
                with self.subTest(field=name, value=value):
                    with self.assertRaises(ValidationError) as caught:
                        self.company.write({name: value})
                    self.assertRegex(str(caught.exception), sentence)

    def _in_words(self, name, number):
        """A number as a message has it: shares are read in percent."""
        is_share = self.company._ai_setting_ranges()[name].kind == SHARE
        return f"{100 * number:g}%" if is_share else f"{number}"

    def _least_step(self, name):
        field = self.company._fields[name]
        if field.type == "integer":
            return 1
        digits = field.get_digits(self.env)
        return 10 ** -digits[1] if digits else 0.001

    def assertOrders(self, orders):
        """The second of each pair may equal the first and not be lower.

        orders : {(field, field): (number, lower number)}.
        """
        for (lower, upper), (number, less) in orders.items():
            low, high = (self.company._fields[name].string for name in (lower, upper))
            sentence = (
                f"{high} is {self._in_words(upper, less)}, "
                f"{low} is {self._in_words(lower, number)}: "
                f"give {high} a number no lower than that of {low}."
            )
            self.company.write({lower: number, upper: number})
            for vals in ({upper: less}, {lower: number, upper: less}):
                with self.subTest(vals=vals), self.assertRaises(ValidationError) as caught:
                    self.company.write(vals)
                self.assertEqual(str(caught.exception), sentence)
