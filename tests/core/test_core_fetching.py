"""What Odoo's own work reads of ours."""

from odoo.tests import tagged

from .common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestFetching(RecommenderCommon):
    def test_who_reads_a_company_or_a_client_reads_none_of_our_columns(self):
        for model in ("res.company", "res.partner"):
            ours = [
                name
                for name, field in self.env[model]._fields.items()
                if field._modules == ("smart_recommender",) and field.store and field.column_type
            ]
            self.assertGreater(len(ours), 5)
            fetched = [name for name in ours if self.env[model]._fields[name].prefetch is True]
            self.assertEqual(fetched, [], model)

    def test_settings_are_read_together_once_one_of_them_is_asked_for(self):
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.company.name  # noqa: B018 (reads it)
        with self.assertQueryCount(1):
            self.company.ai_history_days  # noqa: B018
            self.company.ai_class_days  # noqa: B018
