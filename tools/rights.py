"""Who may do what where access rights of models do not say it: actions, and single columns."""

from odoo.exceptions import AccessError


def check_group(env, groups, message):
    """Raise an AccessError with a message for users in none of some groups; sudo passes.

    groups : external ids with commas between them, as in the groups of a field.
    """
    names = groups.split(",")
    if not env.su and not any(env.user.has_group(name.strip()) for name in names):
        raise AccessError(message)


def check_editable(env, vals, editable, message):
    """Raise an AccessError with a message where a user writes any other column; sudo passes.

    vals : names of columns, such as what ``write`` takes; editable : set of those that users edit.
    """
    if not env.su and not editable.issuperset(vals):
        raise AccessError(message)
