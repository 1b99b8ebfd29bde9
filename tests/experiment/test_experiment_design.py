"""Experiments are started and ended, and their design holds in between."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.experiment.res_company import TREATMENT
from .common import ExperimentCommon


@tagged("post_install", "-at_install")
class TestDesign(ExperimentCommon):
    def _draft(self, **vals):
        vals = {"name": "Essai", "looks": "sequence", **vals}
        return self.experiments.with_user(self.manager).create(vals)

    def test_one_runs_in_a_company(self):
        self._started()
        second = self._draft()
        with self.assertRaisesRegex(UserError, "One at a time"):
            second.action_start()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            second.sudo().state = "running"
            second.flush_recordset()

    def test_the_design_is_fixed_once_it_runs(self):
        experiment = self._started().with_user(self.manager)
        for vals in ({"share": 0.8}, {"unit": "order"}, {"control_sees": "same"}):
            with self.assertRaisesRegex(UserError, "design is fixed"):
                experiment.write(vals)
        experiment.name = "Printemps"
        experiment.action_end()
        with self.assertRaisesRegex(UserError, "design is fixed"):
            experiment.share = 0.8

    def test_a_changed_setting_ends_it_and_says_which(self):
        experiment = self._started()
        self.company.ai_suggestion_limit = self.company.ai_suggestion_limit
        self.assertEqual(experiment.state, "running")
        self.company.ai_suggestion_limit += 1
        self.assertEqual(experiment.state, "ended")
        self.assertIn("Suggestions per Quotation", experiment.end_reason)

    def test_an_excluded_product_ends_it(self):
        experiment = self._started()
        self.company.ai_excluded_product_ids = [(4, self.soap.id)]
        self.assertEqual(experiment.state, "ended")

    def test_another_setting_does_not(self):
        experiment = self._started()
        self.company.ai_auto_train = not self.company.ai_auto_train
        self.assertEqual(experiment.state, "running")

    def test_every_setting_of_suggestions_is_named(self):
        folders = (".models.core.", ".models.suggestion.")
        fields_of = {
            field.name
            for base in type(self.env["res.company"]).__mro__
            if any(folder in base.__module__ for folder in folders)
            for field in vars(base).get("_field_definitions", ())
        }
        self.assertGreater(len(fields_of), 10)
        # When and on which machines it is trained changes no suggestion.
        others = {"ai_auto_train", "ai_dask_scheduler", "ai_replica"}
        self.assertEqual(fields_of - set(TREATMENT), others)

    def test_only_managers_run_experiments(self):
        draft = self._draft()
        with self.assertRaises(AccessError):
            self.experiments.with_user(self.salesperson).create({"name": "Le mien"})
        for method in ("action_start", "action_end", "action_evaluate", "action_plan"):
            with self.assertRaises(AccessError):
                getattr(draft.with_user(self.salesperson), method)()

    def test_managers_of_another_company_do_not_touch_it(self):
        other = self._create_company("Autre maison")
        stranger = self._create_user(
            "sr_design_other", "smart_recommender.group_manager", company=other
        )
        draft = self._as(self._draft(), stranger, other)
        draft.invalidate_recordset()
        for method in ("action_start", "action_end", "action_evaluate", "action_plan"):
            with self.assertRaises(AccessError):
                getattr(draft, method)()

    def test_managers_write_the_design_and_nothing_else(self):
        draft = self._draft()
        for vals in ({"state": "running"}, {"salt": "mine"}, {"quotation_count": 9}):
            with self.assertRaises(AccessError):
                draft.write(vals)
        with self.assertRaises(AccessError):
            draft.read(["salt"])

    def test_what_cannot_work_is_refused_in_words(self):
        for share in (0, 1):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._draft(share=share)
        with self.assertRaisesRegex(UserError, "last day"):
            self._draft(looks="fixed").action_start()
        yesterday = fields.Date.today() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "is past"):
            self._draft(looks="fixed", end_date=yesterday).action_start()
        self.company.ai_enabled = False
        with self.assertRaisesRegex(UserError, "switch them on"):
            self._draft().action_start()

    def test_it_ends_after_its_last_day(self):
        today = fields.Date.today()
        experiment = self._started(looks="fixed", end_date=today + timedelta(days=5))
        self.experiments._cron_evaluate()
        self.assertEqual(experiment.state, "running")
        self.env.cr.execute(
            "UPDATE ai_experiment SET end_date = %s WHERE id = %s",
            (today - timedelta(days=1), experiment.id),
        )
        experiment.invalidate_recordset()
        self.experiments._cron_evaluate()
        self.assertEqual(experiment.state, "ended")
        self.assertIn("last day", experiment.end_reason)

    def test_started_ones_are_kept_and_drafts_deleted(self):
        experiment = self._started().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "is kept"):
            experiment.unlink()
        draft = self._draft()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_a_copy_is_a_draft_with_a_lot_of_its_own(self):
        experiment = self._started(share=0.7)
        copied = experiment.copy()
        self.assertEqual(copied.state, "draft")
        self.assertAlmostEqual(copied.share, 0.7)
        self.assertFalse(copied.sudo().salt)

    def test_the_plan_says_how_long_it_takes(self):
        draft = self._draft(target_effect=0.5)
        draft.action_plan()
        self.assertRegex(draft.plan, r"To see a change of 50\.0%, about [\d,]+ quotations")
        empty = self._create_company("Sans ventes")
        other = self.experiments.create({"name": "Vide", "company_id": empty.id})
        other.action_plan()
        self.assertIn("no confirmed orders", other.plan)
