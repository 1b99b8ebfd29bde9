import re
from io import BytesIO

import polib

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, tagged

from ...tools.compat import export_terms

MODULE = "smart_recommender"


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """Every term of ours, Python, XML and JavaScript, is in the template and in French."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = f"{get_module_path(MODULE)}/i18n"
        exported = BytesIO()
        export_terms(cls.env, MODULE, exported)
        cls.terms = {entry.msgid for entry in polib.pofile(exported.getvalue().decode())}
        cls.template = polib.pofile(f"{folder}/{MODULE}.pot")
        cls.french = polib.pofile(f"{folder}/fr.po")

    def test_the_exporter_finds_terms_of_each_kind(self):
        self.assertIn("Recommendation Rules", self.terms)  # data
        self.assertIn("Because of %s", self.terms)  # JavaScript
        self.assertIn("Do not suggest it in this quotation", self.terms)  # OWL template
        self.assertIn("AI training finished", self.terms)  # Python

    def test_the_template_holds_exactly_the_terms(self):
        template = {entry.msgid for entry in self.template}
        self.assertEqual(sorted(self.terms - template), [], "run 'make i18n'")
        self.assertEqual(sorted(template - self.terms), [], "run 'make i18n'")

    def test_every_term_is_in_french(self):
        french = {entry.msgid for entry in self.french.translated_entries()}
        self.assertEqual(sorted(self.terms - french), [], "translate them in i18n/fr.po")
        self.assertEqual([e.msgid for e in self.french.fuzzy_entries()], [])

    def test_placeholders_survive_the_translation(self):
        pattern = re.compile(r"%\(\w+\)[sd]|%[sd%]")
        for entry in self.french.translated_entries():
            self.assertCountEqual(
                pattern.findall(entry.msgid), pattern.findall(entry.msgstr), entry.msgid
            )

    def test_french_has_its_typography(self):
        """A space that does not break stands before double punctuation and %, and in guillemets;
        an apostrophe is a curved one."""
        marks = re.compile(
            "(?<![\u00a0\u202f(])[;!?%»]|(?<![\u00a0\u202f])(?<!\\d):(?![\\w/])|«(?![\u00a0\u202f])|"
            "(?<=[^\\W\\d_])'(?=[^\\W\\d_])"
        )
        faults = [
            text
            for entry in self.french.translated_entries()
            if marks.search(text := self._without_code(entry.msgstr))
        ]
        self.assertEqual(faults, [])

    @staticmethod
    def _without_code(text):
        """A text with a letter in the place of each placeholder, and without tags and links."""
        text = re.sub(r"<[^>]*>|https?://\S+", "", text)
        return re.sub(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}", "x", text).replace("%%", "%")
