from psycopg2 import IntegrityError

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestSettings(RecommenderCommon):
    def test_settings_are_those_of_the_company(self):
        other = self._create_company("Autre")
        settings = self.env["res.config.settings"].create({"company_id": self.company.id})
        settings.ai_min_support = 0.05
        settings.ai_excluded_product_ids = self.soap
        settings.execute()
        self.assertAlmostEqual(self.company.ai_min_support, 0.05)
        self.assertEqual(self.company.ai_excluded_product_ids, self.soap)
        self.assertEqual(other.ai_min_support, 0.01)
        self.assertFalse(other.ai_excluded_product_ids)

    def test_the_page_opens_and_saves(self):
        with Form(self.env["res.config.settings"]) as form:
            form.ai_history_days = 90
        form.save().execute()
        self.assertEqual(self.company.ai_history_days, 90)

    def test_defaults_are_the_documented_ones(self):
        expected = {
            "ai_enabled": True,
            "ai_history_days": 365,
            "ai_min_support": 0.01,
            "ai_min_orders": 3,
            "ai_min_confidence": 0.2,
            "ai_min_lift": 1.1,
            "ai_max_antecedent": 2,
            "ai_suggestion_limit": 8,
        }
        company = self._create_company("Nouvelle")
        self.assertEqual({name: company[name] for name in expected}, expected)

    @mute_logger("odoo.sql_db")
    def test_values_out_of_range_are_refused_by_the_database_with_a_message(self):
        for field, values in {
            "ai_history_days": (0, 40000),
            "ai_min_support": (-0.1, 1.1),
            "ai_min_orders": (0,),
            "ai_min_confidence": (-0.1, 1.1),
            "ai_min_lift": (-1,),
            "ai_max_antecedent": (0, 6),
            "ai_suggestion_limit": (0, 51),
            "ai_min_customers": (0,),
            "ai_max_basket": (1, 1001),
        }.items():
            for value in values:
                with (
                    self.subTest(field=field, value=value),
                    self.assertRaises(IntegrityError) as caught,
                    self.env.cr.savepoint(),
                ):
                    self.company[field] = value
                    self.company.flush_recordset()
                name = f"res_company_{field}_range"
                self.assertIn(name, str(caught.exception))
                constraint = self.env["ir.model.constraint"].search([("name", "=", name)])
                self.assertIn("give a", constraint.message)
