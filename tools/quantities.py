"""Quantities that can be ordered and sold: one rule for the board, suggestions and order lines.

pieces     units that count (pieces, dozens) are whole, though Odoo lets them be hundredths; so
           is what has only ever been sold whole, whatever its unit
measures   fractions down to the rounding of the unit
packages   whole
together   the smallest quantity that the units of product and vendor and the package all divide
"""

from . import compat

# Units of measure convert by factors such as 1/12; nobody counts more finely.
TOLERANCE = 1e-6
# Sales that must all be whole before a product of a measuring unit counts as sold in pieces.
LEAST_SALES = 10
# A common step of more than so many of the larger one is nobody's intention.
MOST_STEPS = 12


def least_step(unit, whole=False):
    """The smallest quantity of a unit that anybody orders, in that unit.

    unit : uom.uom; whole : whether the product was only ever sold whole.
    """
    return max(unit.rounding, 1.0) if whole or compat.is_counted(unit) else unit.rounding


def is_multiple(quantity, step):
    """Whether a quantity is a whole number of steps; of none where the step is zero or less."""
    return step <= 0 or abs(quantity / step - round(quantity / step)) <= TOLERANCE


def common_step(first, *others):
    """The smallest multiple of ``first`` that the other steps divide, where one lies within a
    dozen of the larger step; else ``first``, the unit that the order is written in.

    Steps : float, zero or less for none.
    """
    step = first
    for other in others:
        step = _common_of_two(step, other)
    return step


def _common_of_two(first, other):
    if first <= 0 or other <= 0:
        return max(first, other, 0.0)
    larger, smaller = max(first, other), min(first, other)
    multiples = (number * larger for number in range(1, MOST_STEPS + 1))
    return next((each for each in multiples if is_multiple(each, smaller)), first)


def rounded(quantity, unit, whole=False):
    """A usual quantity as the unit allows it, at least its smallest; 0 where it is not known."""
    step = least_step(unit, whole)
    # Halves up, as people round: Python's own would make 2 of 2.5.
    return max(int(quantity / step + 0.5), 1) * step if quantity > 0 else 0.0


def exactly_in(quantity, unit, other, package=0.0):
    """A quantity in another unit, or None where that would take a fraction that it does not allow.

    quantity : float, in ``unit``; package : float, in ``other``, what it must be a multiple of.
    """
    converted = unit._compute_quantity(quantity, other, round=False)
    steps = [max(step, 0.0) for step in (least_step(other), package)]
    if not all(is_multiple(converted, step) for step in steps):
        return None
    return round(converted / steps[0]) * steps[0]
