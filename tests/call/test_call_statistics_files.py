"""The statistics on paper and as files."""

import csv
import io
from urllib.parse import urlencode
from zipfile import ZipFile

from lxml import html

from odoo import Command
from odoo.tests import HttpCase, tagged

from ...tools.svg_chart import line_points, pie_slices
from .statistics_common import DAYS, StatisticsCommon

URL = "/smart_recommender/call_statistics"
REPORT = "smart_recommender.report_call_statistics"


@tagged("post_install", "-at_install")
class TestCallStatisticsOnPaper(StatisticsCommon):
    def _page(self, user_id=False):
        report = self.env["ir.actions.report"].with_user(self.supervisor)
        report = report.with_context(allowed_company_ids=self.company.ids)
        content, kind = report._render_qweb_html(
            REPORT, None, data={"period": DAYS, "user_id": user_id}
        )
        self.assertEqual(kind, "html")
        return html.fromstring(content)

    def _text(self, page, code):
        (block,) = page.xpath(f"//div[@class='o_ai_printed_{code}']")
        return " ".join(block.text_content().split())

    def test_it_has_the_figures_of_the_page(self):
        page = self._page()
        for code in self._statistics().get_page()["blocks"]:
            with self.subTest(code=code):
                block = self._block(code)
                text = self._text(page, code)
                self.assertIn(block["title"], text)
                for row in block["rows"]:
                    self.assertIn(row["label"], text)
        self.assertIn("75.0\u00a0%".replace("\u00a0", " "), self._text(page, "summary"))
        self.assertIn("do not add them", self._text(page, "operators_revenue"))

    def test_charts_are_drawn_without_scripts(self):
        page = self._page()
        self.assertEqual(len(page.xpath("//div[@class='o_ai_printed_results']//path")), 3)
        self.assertEqual(len(page.xpath("//div[@class='o_ai_printed_days']//polyline")), 2)
        bars = page.xpath("//div[@class='o_ai_printed_operators']//td/div/@style")
        self.assertTrue(any("width: 100.0%" in style for style in bars))
        self.assertFalse(page.xpath("//canvas"))

    def test_it_is_of_the_operator_that_was_chosen(self):
        text = self._text(self._page(self.colleague.id), "operators")
        self.assertIn(self.colleague.name, text)
        self.assertNotIn(self.operator.name, text)

    def test_a_pie_of_one_value_is_a_whole_circle(self):
        (piece,) = pie_slices([0, 5], 10)
        self.assertIn("A 10.00 10.00 0 1 1", piece["path"])
        first, second = pie_slices([1, 1], 10)
        self.assertTrue(first["path"].endswith("1 10.00 20.00 Z"), first["path"])
        self.assertNotEqual(first["color"], second["color"])
        self.assertEqual(pie_slices([], 10), [])

    def test_a_line_has_its_largest_value_on_top(self):
        self.assertEqual(line_points([0, 4, 2], 4, 100, 40), "0.0,40.0 50.0,0.0 100.0,20.0")
        self.assertEqual(line_points([0], 0, 100, 40), "0.0,40.0")


@tagged("post_install", "-at_install")
class TestCallStatisticsFiles(StatisticsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._activate_french()
        export = cls.env.ref("base.group_allow_export")
        users = cls.supervisor | cls.operator
        users.write({"groups_id": [Command.link(export.id)]})

    def _get(self, user, **params):
        self.authenticate(user.login, user.login)
        return self.url_open(f"{URL}?{urlencode({'companies': self.company.id, **DAYS, **params})}")

    def test_a_french_spreadsheet_opens_the_csv(self):
        self.supervisor.lang = "fr_FR"
        answer = self._get(self.supervisor, kind="csv")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        # Four calls and two orders.
        self.assertEqual(len(rows), 1 + 6)
        self.assertIn("1,5", {cell for row in rows for cell in row}, "minutes with a comma")

    def test_an_operator_can_be_chosen(self):
        answer = self._get(self.supervisor, kind="csv", user_id=self.colleague.id)
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        self.assertEqual([row["Operator"] for row in rows], [self.colleague.name])
        self.assertEqual(float(rows[0]["Revenue of Calls"]), self.shared.amount_untaxed)

    def test_a_workbook_has_them_too(self):
        answer = self._get(self.supervisor, kind="xlsx")
        texts = ZipFile(io.BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
        self.assertIn("Revenue of Orders Made", texts)

    def test_operators_get_no_file(self):
        self.assertEqual(self._get(self.operator, kind="csv").status_code, 403)

    def test_the_report_is_served(self):
        self.authenticate(self.supervisor.login, self.supervisor.login)
        options = urlencode({"options": '{"period": {"days": 7}, "user_id": false}'})
        answer = self.url_open(f"/report/html/{REPORT}?{options}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("o_ai_printed_summary", answer.text)
