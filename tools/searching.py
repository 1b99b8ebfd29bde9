"""Search methods of fields that are not stored: Odoo 17 asks with =, 19 with in and a list."""


def asks_for_yes(operator, value):
    """Whether a condition on a yes-or-no field asks for yes.

    operator, value : of the condition. Raises ValueError for any other operator than =, != and in.
    """
    if operator not in ("=", "!=", "in", "not in"):
        raise ValueError(f"A yes-or-no field cannot be searched by {operator}.")
    is_yes = any(values_of(value))
    return is_yes == (operator in ("=", "in"))


def values_of(value):
    """The values of a condition as a list, whether it has one or a collection of them."""
    is_one = isinstance(value, str) or not hasattr(value, "__iter__")
    return [value] if is_one else list(value)
