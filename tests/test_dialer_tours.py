"""The dialer in a real browser, with a telephony module played by the tour."""

from odoo.tests import HttpCase, tagged

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestDialerTours(PhoneCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.operator | cls.salesperson:
            user.password = user.login
        cls.client = cls._create_partner(phone="0661223344", city="Rabat")

    def test_an_operator_dials_a_client_and_opens_the_sheet(self):
        self.start_tour("/web", "smart_recommender_dialer", login="sr_operator")

    def test_links_of_odoo_dial_through_the_same_service(self):
        self.start_tour(
            f"/web#id={self.client.id}&model=res.partner&view_type=form",
            "smart_recommender_dial_link",
            login="sr_operator",
        )

    def test_who_is_no_operator_has_no_dialer(self):
        self.start_tour("/web", "smart_recommender_no_dialer", login="sr_sales")
