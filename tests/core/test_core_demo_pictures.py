from odoo.tests import BaseCase, tagged

from ...demo.catalog import PRODUCTS
from ...demo.pictures import font, initials

FRENCH = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸ"
TRANSLITERATED_ARABIC = "ĀĪŪÁÍÚḌḎĠĞḤḪḨǦŠṢṮṬẒŽ"


@tagged("post_install", "-at_install")
class TestDemoPictures(BaseCase):
    def test_every_letter_has_a_shape_of_its_own(self):
        letters = FRENCH + TRANSLITERATED_ARABIC
        drawn = {self._shape(letter) for letter in letters}
        self.assertEqual(len(drawn), len(letters))
        self.assertNotIn(self._shape("\uffff"), drawn, "the box of what the font does not hold")

    def _shape(self, text):
        mask = font().getmask(text)
        return mask.size, bytes(mask)

    def test_initials_are_the_first_letters_of_two_words(self):
        for name, expected in [
            ("Fontaine à eau", "FÀ"),
            ("Échelle télescopique 3,8 m", "ÉT"),
            ("E\u0301chelle", "É"),
            ("œillets", "Œ"),
            ("ʿAbd al-Ḥamīd", "AA"),
            ("(ḥammām) 3 pièces", "Ḥ3"),
            ("Savon – lot", "SL"),
            ("", ""),
        ]:
            self.assertEqual(initials(name), expected, name)

    def test_every_product_of_the_demonstration_has_initials(self):
        for product in PRODUCTS:
            self.assertTrue(initials(product.name), product.name)
