"""Our figures in Odoo's digest mail."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import IndicatorCommon

FIGURES = ("revenue", "margin", "lost_sales", "below_reorder_point", "anomalies", "suggestions")


@tagged("post_install", "-at_install")
class TestIndicatorDigest(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.soap.standard_price = 4
        for ago, quantity in ((0, 100), (1, 3), (2, 5), (9, 7)):
            cls._order([cls._line(cls.soap, quantity, 10)], cls._at(ago, 23, 30))
        cls._credit([{"product_id": cls.soap.id, "quantity": 1, "price_unit": 10}], 1)
        cls._restate(60)
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Le matin",
                "company_id": cls.company.id,
                "user_ids": [Command.set(cls.everything.ids)],
                **{f"kpi_ai_{name}": True for name in FIGURES},
            }
        )

    def _told(self, user, digest=None):
        """{name: [value of each of the three windows]} of the mail to a user."""
        kpis = (digest or self.digest)._compute_kpis(user.company_id, user)
        return {
            kpi["kpi_name"]: [kpi[f"kpi_col{column}"]["value"] for column in (1, 2, 3)]
            for kpi in kpis
            if kpi["kpi_name"].startswith("kpi_ai_")
        }

    def test_windows_are_complete_days_net_of_refunds(self):
        told = self._told(self.everything)
        self.assertEqual(len(told), len(FIGURES))
        # 3 × 10 − 10 yesterday; 5 × 10 the day before; 7 × 10 nine days ago; nothing of today.
        for value, wanted in zip(told["kpi_ai_revenue"], ("20", "70", "140"), strict=True):
            self.assertIn(wanted, value)
            self.assertIn("$", value)
        self.assertIn("84", told["kpi_ai_margin"][2])
        self.assertEqual(told["kpi_ai_anomalies"], [0, 0, 0])

    def test_who_does_not_see_a_figure_gets_the_mail_without_it(self):
        self.assertEqual(self._told(self.salesperson), {})
        keeper = self._create_user("sr_keeper", "stock.group_stock_user")
        self.assertEqual(list(self._told(keeper)), ["kpi_ai_below_reorder_point"])
        other = self._create_company("Autre")
        stranger = self._create_user("sr_stranger", "sales_team.group_sale_manager", other)
        self.assertEqual(self._told(stranger), {})

    def test_amounts_are_in_the_currency_of_who_gets_them(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        other = self._create_company("Ailleurs", currency_id=euro.id)
        self.env["res.currency.rate"].create(
            {
                "name": fields.Date.today() - timedelta(days=1),
                "currency_id": euro.id,
                "company_id": self.company.id,
                "company_rate": 0.5,
            }
        )
        user = self._create_user("sr_both", "sales_team.group_sale_manager", other)
        user.company_ids += self.company
        value = self._told(user)["kpi_ai_revenue"][2]
        self.assertIn("70", value)
        self.assertIn("€", value)

    def test_the_mail_is_written_in_the_language_of_its_reader(self):
        self._activate_french()
        label = self.env["ir.model.fields"]._get("digest.digest", "kpi_ai_revenue")
        label.with_context(lang="fr_FR").field_description = "Chiffre net (essai)"
        self.everything.lang = "fr_FR"
        self.digest.action_send_manual()
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("Chiffre net (essai)", mail.body_html)
        self.assertIn("smart_recommender.dashboard_action", mail.body_html)
