"""The history of indicators as a file."""

import csv
import io
from zipfile import ZipFile

from odoo import Command
from odoo.tests import HttpCase, tagged

from .dashboard_common import SELLS, DashboardCommon

URL = "/smart_recommender/history"


@tagged("post_install", "-at_install")
class TestHistoryExport(DashboardCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._order([cls._line(cls.bottle, 2, 30)], cls._at(1), user_id=cls.salesperson.id)
        export = cls.env.ref("base.group_allow_export")
        cls.users = cls.salesperson | cls.manager | cls.employee
        cls.users.write({"groups_id": [Command.link(export.id)]})
        cls.other = cls._create_company("Kivu Test")
        cls.barred = cls._create_user("sr_barred", SELLS)
        cls.barred.groups_id -= export

    def _get(self, user, **params):
        self.authenticate(user.login, user.login)
        query = "&".join(f"{name}={value}" for name, value in params.items())
        return self.url_open(f"{URL}?{query}")

    def test_a_seller_gets_own_figures_as_csv(self):
        answer = self._get(self.salesperson, kind="csv", companies=self.company.id)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        row = next(row for row in rows if row["Day"] == self._day(1).isoformat())
        self.assertEqual(float(row["Revenue (USD)"]), 60.0)
        self.assertNotIn("Gross Margin (%)", row)

    def test_a_manager_gets_a_workbook(self):
        self._restate()
        answer = self._get(self.manager, kind="xlsx", companies=self.company.id)
        self.assertEqual(answer.status_code, 200)
        texts = ZipFile(io.BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
        self.assertIn("Gross Margin (%)", texts)

    def test_without_rights_there_is_no_file(self):
        refused = [
            (self.employee, self.company),
            (self.barred, self.company),
            (self.salesperson, self.other),
        ]
        for user, company in refused:
            with self.subTest(user=user.name):
                answer = self._get(user, kind="csv", companies=company.id)
                self.assertEqual(answer.status_code, 403)
        self.assertEqual(self._get(self.portal, kind="csv").status_code, 403)
