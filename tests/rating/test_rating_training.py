"""The model of stars: what it is learned from, what the run tells, and what is done with it."""

import random
from errno import ENOSPC
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .training_common import RatingTrainingCommon


@tagged("post_install", "-at_install")
class TestRatingTraining(RatingTrainingCommon):
    def _stars_by_pair(self, company=None):
        rows = self.estimates.search([("company_id", "=", (company or self.company).id)])
        return {(row.partner_id, row.product_tmpl_id): row.stars for row in rows}

    # ------------------------------------------------------------------
    # What is learned
    # ------------------------------------------------------------------

    def test_without_ratings_the_run_is_done_and_says_what_is_missing(self):
        run = self._train_stars()
        result = run._result()
        self.assertEqual(run.state, "done")
        self.assertEqual((result.rating_count, result.method), (0, False))
        self.assertRegex(
            run.with_context(lang="en_US").outcome,
            "^There are too few ratings.* 0 of 0 clients .* 50 of 10 clients and 10 products",
        )
        self.assertFalse(run.verdict)
        self.assertFalse(self.store._attachments(self.company, "ratings"))
        self.assertIn("RMSE: not tested", run.with_context(lang="en_US").result_text)

    def test_errors_of_the_model_and_of_simpler_ones_are_kept(self):
        self._rate_all()
        run = self._train_stars()
        result = run._result()
        self.assertEqual(
            (result.rating_count, result.client_count, result.product_count), (120, 12, 12)
        )
        self.assertIn(result.method, ("baseline", "factors"))
        self.assertLess(result.rmse, result.mean_rmse)
        self.assertLess(0, result.mae)
        self.assertLessEqual(result.mae, result.rmse)
        self.assertTrue(result.replaced)
        self.assertTrue(3 < result.mean_stars < 4)
        self.assertTrue(2 <= result.prior_strength <= 50)
        self.assertEqual(result._prior_of(self.company), result.prior_strength)
        self.assertFalse(run.is_beaten)
        self.assertRegex(
            run.with_context(lang="en_US").verdict, r"off by 0\.\d{3} on average \(RMSE 0\.\d{3}\)"
        )
        self.assertRegex(run.outcome, "^120 ratings of 12 clients and 12 products")

    def test_only_what_counts_is_read(self):
        other = self._create_company("Rating other")
        self._rate(self.client, self.bottle, 5)
        self._rate(self.client, self.cups, 1, company=other)
        rejected = self._rate(self.client, self.soap, 1)
        rejected.sudo().write({"consumed": False})
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.client.id})
        self._rate(contact, self.bottle, 3)
        found = self.env["ai.sales.extract"]._stars(self.company)
        self.assertEqual(set(found["client"].tolist()), {self.client.id})
        self.assertEqual(set(found["product"].tolist()), {self.bottle.product_tmpl_id.id})
        self.assertEqual(sorted(found["stars"].tolist()), [3.0, 5.0])
        self.assertEqual(self._train_stars()._result().rating_count, 1)

    def test_ratings_are_dated_in_the_company_s_own_days(self):
        self.company.resource_calendar_id.tz = "Africa/Casablanca"
        rating = self._rate(self.client, self.bottle, 5)
        rating.sudo().ai_rated_on = "2026-07-01 23:30"
        # An answer makes no new rating of it.
        rating.sudo().publisher_comment = "Merci"
        found = self.env["ai.sales.extract"]._product_ratings(self.company)
        # Half past midnight of the second.
        self.assertAlmostEqual(found["when"][0] - 20635, 1 + 0.5 / 24, places=6)

    def test_training_twice_gives_the_same(self):
        self._rate_all()
        first, second = self._train_stars()._result(), self._train_stars()._result()
        self.assertAlmostEqual(first.rmse, second.rmse)
        self.assertAlmostEqual(first.mae, second.mae)

    # ------------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------------

    def test_the_model_is_kept_signed_and_one_a_company(self):
        self._rate_all()
        self._train_stars()
        run = self._train_stars()
        self.assertEqual(self.store._attachments(self.company, "ratings").res_id, run.id)
        self.assertEqual(len(self.store._load(run).clients), 12)

    def test_a_worse_model_does_not_replace_the_old_one(self):
        self._rate_all(self.clients[:10])
        old = self._train_stars()
        model = self.store._load(old)
        for place, product in enumerate(self.products):
            self._rate(self.clients[10], product, self._stars_of(10, place))

        from ...algorithms.rating import training

        with patch.object(training, "duel", lambda *_args: training.Duel(12, 0, 0.5, 0.9, True)):
            run = self._train_stars()
        self.assertEqual(run.state, "done")
        self.assertFalse(run._result().replaced)
        self.assertIn("The model before stays in use", run.with_context(lang="en_US").verdict)
        self.assertIn("0.500, that of the new one 0.900", run.with_context(lang="en_US").verdict)
        self.assertEqual(self.store._attachments(self.company, "ratings").res_id, run.id)
        kept = self.store._load(run)
        self.assertEqual(kept.clients.tolist(), model.clients.tolist())
        # The next one is compared with the model that was carried over.
        self.assertTrue(self._train_stars()._result().replaced)

    def test_a_model_that_another_wrote_is_no_champion(self):
        self._rate_all()
        run = self._train_stars()
        run.sudo().model_signature = "0" * 64
        with self.assertLogs("odoo.addons.smart_recommender.models.core.ai_model_store"):
            self.assertTrue(self._train_stars()._result().replaced)

    def test_a_damaged_file_is_not_in_the_way_of_the_same_model(self):
        self._rate_all()
        self._train_stars()
        attachment = self.store._attachments(self.company, "ratings")
        Path(attachment._filestore(), attachment.store_fname).write_bytes(b"damaged")
        with self.assertLogs("odoo.addons.smart_recommender.models.core.ai_model_store"):
            run = self._train_stars()
        self.assertEqual(run.state, "done")
        self.assertEqual(len(self.store._load(run).clients), 12)

    def test_a_full_disk_is_told_with_the_run_whether_odoo_raises_or_only_logs(self):
        self._rate_all()
        run = self._train_stars()
        attachments = type(self.env["ir.attachment"])
        full = OSError(ENOSPC, "No space left on device")
        for written in (
            {"side_effect": full},
            {"new": lambda records, *content: records._get_path(*content)[0]},
        ):
            with (
                patch.object(attachments, "_file_write", **written),
                mute_logger("odoo.addons.smart_recommender.models.core.ai_model_store"),
                self.assertRaisesRegex(OSError, f"of {run.name} could not be stored.*disk full"),
                self.env.cr.savepoint(),
            ):
                self.store._save(run, {})
        self.assertEqual(len(self.store._load(run).clients), 12)

    def test_what_was_taken_back_leaves_no_model(self):
        self._rate_all()
        self._train_stars()
        for product in self.products[:8]:
            for client in self.clients:
                self.ratings._ai_take_back(self.company, client, product.product_tmpl_id)
        run = self._train_stars()
        self.assertFalse(run._result().method)
        self.assertFalse(self.store._attachments(self.company, "ratings"))

    # ------------------------------------------------------------------
    # Expected stars
    # ------------------------------------------------------------------

    def test_offers_get_the_stars_that_their_client_would_give(self):
        self._rate_all()
        self._train_stars()
        # What clients 0 and 1 have not rated; a product that nobody knows; one that is rated.
        kind, strict = self.clients[1], self.clients[0]
        for client, product in (
            (kind, self.products[5]),
            (strict, self.products[6]),
            (kind, self.bottle),
            (kind, self.products[0]),
            (self.newcomer, self.products[5]),
        ):
            self._offer(client, product)
        self.assertEqual(self._train_stars()._result().estimate_count, 2)
        stars = self._stars_by_pair()
        self.assertGreater(
            stars[kind, self.products[5].product_tmpl_id],
            stars[strict, self.products[6].product_tmpl_id] + 1,
        )
        self.assertTrue(all(1 <= each <= 5 for each in stars.values()))
        self.assertEqual(self._train_stars()._result().estimate_count, 2)

    def test_where_the_mean_tells_as_much_nothing_is_expected(self):
        rng = random.Random(1)
        for number, client in enumerate(self.clients):
            for place, product in enumerate(self.products):
                if (number + place) % 6:
                    self._rate(client, product, rng.choice((2, 3, 4)) + place % 2)
        self._train_stars()
        self._offer(self.clients[1], self.products[5])
        run = self._train_stars()
        self.assertEqual((run._result().method, run._result().estimate_count), ("mean", 0))
        self.assertTrue(run.is_beaten)
        self.assertIn("no method tells them better", run.with_context(lang="en_US").verdict)

    def test_the_sheet_tells_them_beside_an_offer(self):
        self._rate_all()
        self._train_offers()
        client = self.clients[1]
        self._offer(client, self.products[5])
        self._train_stars()
        items = {item["name"]: item for item in self._offers_of(client)["items"]}
        self.assertAlmostEqual(
            items["Savon 5"]["expected_stars"],
            self._stars_by_pair()[client, self.products[5].product_tmpl_id],
        )
        self.assertNotIn("expected_stars", items.get("Bouteille", {}))

    def test_each_company_has_its_own(self):
        other = self._create_company("Rating other")
        self._rate_all()
        self._train_stars()
        self._train_stars(other)
        self._offer(self.clients[1], self.products[5])
        self._offer(self.clients[1], self.products[5], other)
        self._train_stars()
        self._train_stars(other)
        self.assertEqual(len(self._stars_by_pair()), 1)
        self.assertEqual(self._stars_by_pair(other), {})
        self.assertEqual(len(self.store._attachments(self.company, "ratings")), 1)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_managers_open_errors_and_expectations_and_others_nothing(self):
        self._rate_all()
        self._train_stars()
        self._offer(self.clients[1], self.products[5])
        run = self._train_stars()
        action = run.with_user(self.manager).action_open_rating_errors()
        results = self.env["ai.training.result.ratings"].with_user(self.manager)
        self.assertEqual(len(results.search(action["domain"])), 2)
        action = run.with_user(self.manager).action_open_rating_estimates()
        estimates = self.estimates.with_user(self.manager)
        self.assertEqual(len(estimates.search(action["domain"])), 1)
        with self.assertRaises(AccessError):
            estimates.search([]).write({"stars": 5})
        for user in (self.salesperson, self.operator):
            for model in (self.estimates, results):
                with self.assertRaises(AccessError):
                    model.with_user(user).search([])
            with self.assertRaises(AccessError):
                self.runs.with_user(user).action_run_ratings()

    def test_managers_of_another_company_see_none(self):
        other = self._create_company("Rating other")
        self._rate_all()
        self._train_stars()
        self._offer(self.clients[1], self.products[5])
        self._train_stars()
        foreign = self._create_user("rating_foreign", "smart_recommender.group_manager", other)
        for model in (self.estimates, self.env["ai.training.result.ratings"]):
            self.assertTrue(model.search([]))
            theirs = model.with_user(foreign).with_context(allowed_company_ids=other.ids)
            self.assertFalse(theirs.search([]))

    def test_the_action_asks_for_a_run(self):
        self.runs.with_user(self.manager).action_run_ratings()
        run = self.runs.search([("kind", "=", "ratings")])
        self.assertEqual((run.state, run.company_id), ("pending", self.company))
        kinds = self.runs._kinds()
        self.assertEqual(kinds.index("ratings"), kinds.index("customers") + 1)
