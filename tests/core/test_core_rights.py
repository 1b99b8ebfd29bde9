"""What training learned is read by ranking, so that nobody but training writes it."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...tools.rights import check_editable, check_group
from .common import RecommenderCommon

USER, MANAGER = "smart_recommender.group_user", "smart_recommender.group_manager"
# A row that may be written but does not exist raises another error than the one that is expected.
NO_ROW = 2**31 - 1
WORDS = "Shorter window?"


@tagged("post_install", "-at_install")
class TestRights(RecommenderCommon):
    def test_a_user_outside_the_group_is_refused_with_the_message(self):
        env = self.salesperson.with_user(self.salesperson).env
        check_group(env, USER, "Only users.")
        with self.assertRaisesRegex(AccessError, "^Only managers.$"):
            check_group(env, MANAGER, "Only managers.")

    def test_one_of_several_groups_is_enough(self):
        env = self.salesperson.with_user(self.salesperson).env
        check_group(env, f"{MANAGER}, {USER}", "Only both.")
        with self.assertRaises(AccessError):
            check_group(env, f"{MANAGER},base.group_system", "Only both.")

    def test_sudo_is_in_every_group_and_edits_every_column(self):
        env = self.salesperson.with_user(self.salesperson).sudo().env
        check_group(env, MANAGER, "Only managers.")
        check_editable(env, {"lift": 1.0}, frozenset(), "Only training.")

    def test_users_edit_the_columns_that_are_theirs(self):
        env = self.manager.with_user(self.manager).env
        editable = frozenset({"note", "active"})
        check_editable(env, {"note": "Filter"}, editable, "Only training.")
        with self.assertRaisesRegex(AccessError, "^Only training.$"):
            check_editable(env, {"note": "Filter", "lift": 9.0}, editable, "Only training.")


@tagged("post_install", "-at_install")
class TestTrainedColumns(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.run_row = cls.runs.create({"company_id": cls.company.id, "kind": cls.runs._kinds()[0]})

    def _columns(self, model):
        """Stored columns of a model that code alone writes."""
        theirs = getattr(model, "_editable", frozenset())
        return [
            name
            for name, field in model._fields.items()
            if field.store and field.column_type and name not in theirs | set(models.MAGIC_COLUMNS)
        ]

    def _check_refused(self, model, row, user=None):
        """A user, or else a manager, neither writes nor creates with any of the columns."""
        user = user or self.manager
        columns = self._columns(model)
        self.assertTrue(columns, model._name)
        for name in columns:
            with self.subTest(column=f"{model._name}.{name}", user=user.name):
                with self.assertRaises(AccessError):
                    row.with_user(user).write({name: False})
                with self.assertRaises(AccessError):
                    model.with_user(user).create({name: False})

    def _rights_to_write(self):
        """(model, group) of each right of ours to write or create rows that are kept."""
        rights = self.env["ir.model.access"].search([])
        ours = rights.filtered(
            lambda right: right.get_external_id()[right.id].startswith("smart_recommender.")
        )
        for right in ours.filtered(lambda right: right.perm_write or right.perm_create):
            model = self.env[right.model_id.model]
            if not model._transient:
                yield model, right.group_id

    def _models_of_results(self):
        """Models whose rows belong to a run."""
        for model in self.env.values():
            field = model._fields.get("run_id")
            if field and field.comodel_name == self.runs._name and not model._abstract:
                yield model

    def test_managers_write_no_column_of_a_run(self):
        self._check_refused(self.runs, self.run_row)
        with self.assertRaises(AccessError):
            self.run_row.with_user(self.manager).unlink()

    def test_managers_write_no_figure_of_any_result(self):
        results = list(self._models_of_results())
        self.assertIn("ai.backtest.result", [model._name for model in results])
        for model in results:
            self._check_refused(model, model.browse(NO_ROW))

    def test_who_may_write_a_model_writes_the_columns_that_it_names(self):
        written = set()
        for model, group in self._rights_to_write():
            written.add(model._name)
            user = self._create_user(
                f"sr_{model._table}_{group.id}", group.get_external_id()[group.id]
            )
            self.assertTrue(getattr(model, "_editable", None), model._name)
            self.assertLessEqual(model._editable, set(model._fields))
            if self._columns(model):  # of a setting, people write all
                self._check_refused(model, model.browse(NO_ROW), user)
        self.assertIn("ai.closed.day", written)

    def test_managers_read_discuss_and_follow_up_runs(self):
        run = self.run_row.with_user(self.manager)
        self.assertEqual(run.state, "pending")
        message = run.message_post(body=WORDS)
        self.assertEqual(message.author_id, self.manager.partner_id)
        activity = run.activity_schedule(
            "mail.mail_activity_data_todo", summary="Ask", user_id=self.manager.id
        )
        activity.action_feedback(feedback="Asked")
        self.assertFalse(run.activity_ids)
        self.assertIn("Asked", run.message_ids[0].body)

    def test_a_run_of_a_manager_has_no_rights_beyond_the_manager(self):
        run = self.runs.with_user(self.manager)._enqueue(self.company, self.runs._kinds()[0])
        self.assertEqual((run.user_id, run.env.su), (self.manager, False))
        with self.assertRaises(AccessError):
            run.state = "done"
