"""Stories in a real browser, and the addresses that they begin at."""

from odoo.tests import HttpCase


def form_of(record):
    """The address of a record's form."""
    return f"/web#id={record.id}&model={record._name}&view_type=form"


class TourCase(HttpCase):
    """At a desk. Users of tests have their logins for passwords."""

    browser_size = "1400,900"  # with an x Chromium takes it for none, and opens 800 pixels

    def _page(self, action, menu=None):
        """The address of an action of ours, and of the menu that is open beside it."""
        address = f"/web#action={self.env.ref(f'smart_recommender.{action}').id}"
        if menu:
            address += f"&menu_id={self.env.ref(f'smart_recommender.{menu}').id}"
        return address


class OnAPhone:
    """Before a TourCase among the bases of a class."""

    browser_size = "390,844"
    touch_enabled = True
