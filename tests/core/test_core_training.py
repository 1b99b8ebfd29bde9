"""A training is all that was asked for at once: followed as a whole, and told once."""

import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RecommenderCommon

NO_SETTINGS = ("ratings", "wins", "credit", "cash", "value")


@tagged("post_install", "-at_install")
class TestTraining(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls.trainings = cls.env["ai.training"]
        cls.kinds = len(cls.runs._kinds())

    def _ask(self, user=None):
        """Ask for all kinds; returns (the training, what the user is told)."""
        action = self.trainings.with_user(user or self.manager).action_run_training()
        return self.trainings.search([("company_id", "=", self.company.id)]), action["params"]

    def _work_off(self, count):
        for _turn in range(count):
            self.runs._cron_process_queue()

    def _news(self, user, kind):
        """[payload] of what a user's browser has been told on the bus, oldest first."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].search(
            [("channel", "ilike", f'"res.partner",{user.partner_id.id}]')], order="id"
        )
        news = [json.loads(text) for text in messages.mapped("message")]
        return [one["payload"] for one in news if one["type"] == f"smart_recommender.{kind}"]

    def test_one_training_holds_all_kinds_and_is_opened(self):
        training, told = self._ask()
        self.assertEqual(training.run_ids.sorted("id").mapped("kind"), self.runs._kinds())
        self.assertEqual((training.state, training.progress), ("pending", 0))
        self.assertEqual(told["next"]["res_model"], "ai.training")
        self.assertEqual(told["next"]["res_id"], training.id)

    def test_it_says_how_far_it_is_and_ends_with_its_errors(self):
        self.company.ai_min_orders = 50  # of 20: no rules
        training, _told = self._ask()
        self._work_off(1)
        self.assertEqual(training.state, "running")
        self.assertAlmostEqual(training.progress, 100 / self.kinds)
        self._work_off(self.kinds - 1)
        self.assertEqual((training.state, training.progress), ("failed", 100))
        self.assertEqual(
            training.summary, f"{self.kinds - 1} of {self.kinds} done. Failed: Association Rules."
        )

    def test_a_portion_of_a_run_counts(self):
        training, _told = self._ask()
        run = training.run_ids.filtered_domain([("kind", "=", "forecast")])
        run.write({"state": "running", "done_share": 0.5})
        self.assertEqual(run.progress, 50)
        self.assertAlmostEqual(training.progress, 50 / self.kinds)

    def test_each_kind_says_by_which_settings(self):
        training, _told = self._ask()
        self._work_off(self.kinds)
        for run in training.run_ids:
            with self.subTest(kind=run.kind):
                lines = run.with_context(lang="en_US").parameters_text.splitlines()
                # Stars, quotations, and what clients pay and are worth go by none.
                self.assertEqual(bool(lines), run.kind not in NO_SETTINGS)
                for line in lines:
                    # No name of a column and no value of Python's.
                    self.assertRegex(line, r"^[A-Za-z][^_]*: (?!True|False|None)\S")

    def test_who_asked_gets_one_message_at_the_end(self):
        training, _told = self._ask()
        self._work_off(self.kinds - 1)
        self.assertEqual(self._news(self.manager, "training_ended"), [])
        self._work_off(1)
        (told,) = self._news(self.manager, "training_ended")
        self.assertEqual(told["training"], training.id)
        self.assertEqual(
            (told["type"], told["message"]), ("success", f"{self.kinds} of {self.kinds} done.")
        )
        self._work_off(1)
        self.assertEqual(len(self._news(self.manager, "training_ended")), 1)

    def test_screens_of_managers_are_told_of_each_step(self):
        training, _told = self._ask()
        self._work_off(1)
        rules = training.run_ids.filtered_domain([("kind", "=", "rules")])
        step = {"training": training.id, "run": rules.id}
        # Its beginning and its end.
        self.assertEqual(self._news(self.manager, "training_moved"), [step, step])
        self.assertEqual(self._news(self.salesperson, "training_moved"), [])

    def test_each_reads_the_end_in_the_own_language(self):
        self._activate_french()
        self.manager.lang = "fr_FR"
        self.company.ai_min_orders = 50
        self._ask()
        self._work_off(self.kinds)
        (told,) = self._news(self.manager, "training_ended")
        self.assertIn("erreurs", told["title"])
        self.assertEqual(told["type"], "danger")
        self.assertTrue(told["message"].startswith(f"{self.kinds - 1} sur {self.kinds} "))

    def test_one_kind_alone_tells_its_result(self):
        self.runs.with_user(self.manager).action_run_classes()
        training = self.trainings.search([("company_id", "=", self.company.id)])
        self._work_off(1)
        self.assertEqual(training.run_ids.kind, "classes")
        self.assertEqual(training.summary, training.run_ids._result_message())
        (told,) = self._news(self.manager, "training_ended")
        self.assertEqual((told["type"], told["message"]), ("success", training.summary))

    def test_who_asks_again_joins_and_is_told_too(self):
        boss = self._create_user("sr_boss", "smart_recommender.group_manager")
        training, _told = self._ask()
        self._work_off(1)
        again, told = self._ask(boss)
        self.assertEqual(again, training)
        # Rules had ended and are learned again; the others still wait.
        self.assertEqual(len(training.run_ids), self.kinds + 1)
        self.assertNotIn("already", told["message"])
        _again, told = self._ask(boss)
        self.assertIn("already been requested", told["message"])
        self.assertEqual(len(training.run_ids), self.kinds + 1)
        self._work_off(self.kinds)
        for user in (self.manager, boss):
            self.assertEqual(len(self._news(user, "training_ended")), 1)

    def test_a_run_that_waits_without_a_training_joins_the_first_that_is_asked_for(self):
        for kind in self.runs._kinds():
            self.runs._enqueue(self.company, kind)
        training, told = self._ask()
        self.assertEqual((len(training), len(training.run_ids)), (1, self.kinds))
        self.assertEqual(told["next"]["res_id"], training.id)

    def test_the_night_tells_nobody_until_somebody_joins(self):
        self.runs._cron_train_nightly()
        training = self.trainings.search([("company_id", "=", self.company.id)])
        self.assertTrue(training.is_nightly and all(training.run_ids.mapped("is_nightly")))
        self.assertFalse(training.user_ids)
        self._ask()
        self.assertEqual(training.user_ids, self.manager)
        self.assertEqual(len(training.run_ids), self.kinds)

    def test_companies_have_trainings_of_their_own(self):
        other = self._create_company("Autre")
        training, _told = self._ask()
        self.trainings._request(other, ["rules"])
        theirs = self.trainings.search([("company_id", "=", other.id)])
        self.assertEqual(len(theirs), 1)
        self.assertNotEqual(theirs, training)
        manager = self.trainings.with_user(self.manager)
        self.assertEqual(manager.search([]), training)
        with self.assertRaises(AccessError):
            theirs.with_user(self.manager).read(["summary"])

    def test_only_managers_read_trainings_and_nobody_writes_them(self):
        training, _told = self._ask()
        with self.assertRaises(AccessError):
            training.with_user(self.salesperson).read(["summary"])
        with self.assertRaises(AccessError):
            training.with_user(self.manager).write({"is_nightly": True})
