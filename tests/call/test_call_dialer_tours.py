"""The dialer in a real browser, with a telephony module played by the tour."""

from odoo.tests import tagged

from ..client.phone_common import PhoneCommon
from ..core.tours import TourCase, form_of


@tagged("post_install", "-at_install")
class TestDialerTours(PhoneCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._create_partner(phone="0661223344", city="Rabat")

    def test_an_operator_dials_a_client_and_opens_the_sheet(self):
        self.start_tour("/web", "smart_recommender_dialer", login="sr_operator", timeout=120)

    def test_links_of_odoo_dial_through_the_same_service(self):
        self.start_tour(
            form_of(self.client),
            "smart_recommender_dial_link",
            login="sr_operator",
        )

    def test_an_import_shows_impossible_numbers_and_goes_on(self):
        self._create_user("sr_importer", "sales_team.group_sale_manager,base.group_partner_manager")
        self.start_tour("/web", "smart_recommender_phone_import", login="sr_importer", timeout=120)
        imported = self.people.search([("name", "like", "Tour %")], order="name desc")
        self.assertEqual(imported.mapped("phone"), ["0661223344", "0661"])
        self.assertEqual(imported.mapped("has_impossible_phone"), [False, True])

    def test_who_is_no_operator_has_no_dialer(self):
        self.start_tour("/web", "smart_recommender_no_dialer", login="sr_sales")
