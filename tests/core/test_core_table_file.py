"""Tables as CSV: what spreadsheets of a language open with a double click, and run nothing of."""

import csv
import io
from datetime import date

from odoo.tests import BaseCase, tagged

from ...tools.table_file import table_file

HEADERS = ["Jour", "Nom", "Montant", "Nombre"]
ROWS = [[date(2026, 3, 2), "=1+1", 1234.5, 3], [date(2026, 3, 3), 'Dit "Chez; Moi"', None, 0]]


@tagged("post_install", "-at_install")
class TestTableFile(BaseCase):
    def _read(self, decimal_point, delimiter):
        content, mimetype = table_file("csv", HEADERS, ROWS, decimal_point)
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"), "spreadsheets then read UTF-8")
        self.assertIn("text/csv", mimetype)
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))

    def test_french_has_semicolons_and_decimal_commas(self):
        rows = self._read(",", ";")
        self.assertEqual(rows[0], HEADERS)
        self.assertEqual(rows[1], ["2026-03-02", "'=1+1", "1234,5", "3"])
        self.assertEqual(rows[2], ["2026-03-03", 'Dit "Chez; Moi"', "", "0"])

    def test_english_has_commas_and_decimal_points(self):
        self.assertEqual(self._read(".", ",")[1], ["2026-03-02", "'=1+1", "1234.5", "3"])
