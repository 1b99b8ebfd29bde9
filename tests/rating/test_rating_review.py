"""Who reads, rejects, brings back and answers ratings, and who does not."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestRatingReview(OfficeCommon):
    def _reject(self, user, reason, rating=None):
        rating = self._as(user, rating or self.bad)
        context = rating.action_ai_reject()["context"]
        dialog = self._as(user, self.env["ai.rating.reject"]).with_context(**context)
        return dialog.create({"reason": reason}).action_reject()

    def _answer(self, user, answer, rating=None):
        rating = self._as(user, rating or self.bad)
        context = rating.action_ai_answer()["context"]
        dialog = self._as(user, self.env["ai.rating.answer"]).with_context(**context)
        return dialog.create({"answer": answer}).action_publish()

    def _moderators(self):
        return self.recommender, self.manager, self.supervisor

    def _others(self):
        stock = self._create_user("sr_stock", "stock.group_stock_manager")
        sales_manager = self._create_user("sr_sales_manager", "sales_team.group_sale_manager")
        return self.salesperson, self.operator, sales_manager, stock

    def test_managers_and_supervisors_read_reject_and_bring_back(self):
        for user in self._moderators():
            self.bad.sudo().ai_review = "new"
            rating = self.bad.with_user(user)
            rating.action_ai_accept()
            self.assertEqual(self.bad.ai_review, "accepted")
            self._reject(user, "  Parle du livreur ")
            self.assertEqual((self.bad.ai_review, self.bad.consumed), ("rejected", False))
            self.assertEqual(self.bad.ai_rejected_reason, "Parle du livreur")
            self.assertFalse(self._of(self.bottle))
            rating.action_ai_accept()
            self.assertEqual(self.bad.ai_review, "rejected")
            rating.action_ai_restore()
            self.assertEqual((self.bad.ai_review, self.bad.consumed), ("accepted", True))
            self.assertFalse(self.bad.ai_rejected_reason)
            self.assertEqual(self._of(self.bottle).count, 1)

    def test_nobody_else_reviews_or_answers(self):
        portal = self._portal_user(self.client, "sr_portal")
        for user in (*self._others(), portal):
            rating = self.bad.with_user(user)
            for method, arguments in (
                ("action_ai_accept", ()),
                ("action_ai_reject", ()),
                ("action_ai_restore", ()),
                ("action_ai_answer", ()),
                ("_ai_reject", ("Non",)),
                ("_ai_answer", ("Merci",)),
            ):
                with self.assertRaises(AccessError, msg=f"{user.login} {method}"):
                    getattr(rating, method)(*arguments)
            for model in ("ai.rating.reject", "ai.rating.answer"):
                with self.assertRaises(AccessError, msg=f"{user.login} {model}"):
                    self.env[model].with_user(user).create({})
        self.assertEqual((self.bad.ai_review, self.bad.publisher_comment), ("new", False))

    def test_salespeople_read_them(self):
        reader = self.bad.with_user(self.salesperson)
        self.assertEqual((reader.feedback, reader.rating), ("Fuit de partout", 1))
        self.assertEqual(reader.ai_product_tmpl_id, self.bottle.product_tmpl_id)

    def test_a_rejection_says_why(self):
        with self.assertRaisesRegex(UserError, "Say why the rating ★☆☆☆☆ of Bonbonne 19 L by"):
            self._reject(self.manager, "  ")

    def test_who_changes_a_rejected_rating_is_read_again(self):
        self._reject(self.manager, "Grossier")
        self._rate(self.cook, self.bottle, 2, "Fuit un peu")
        self.assertEqual((self.bad.ai_review, self.bad.consumed), ("new", True))
        self.assertFalse(self.bad.ai_rejected_reason)

    def test_an_answer_is_signed_and_reads_the_comment(self):
        for user in self._moderators():
            self._answer(user, "  Nous vous l'échangeons. ")
            self.assertEqual(self.bad.publisher_comment, "Nous vous l'échangeons.")
            self.assertEqual(self.bad.publisher_id, user.partner_id)
            self.assertTrue(self.bad.publisher_datetime)
            self.assertEqual(self.bad.ai_review, "accepted")
        self._answer(self.supervisor, "")
        self.assertFalse(self.bad.publisher_comment or self.bad.publisher_id)

    def test_the_dialog_begins_with_the_answer_there_is(self):
        self._answer(self.supervisor, "Merci")
        context = self.bad.with_user(self.supervisor).action_ai_answer()["context"]
        dialogs = self.env["ai.rating.answer"].with_user(self.supervisor)
        self.assertEqual(dialogs.with_context(**context).create({}).answer, "Merci")

    # ------------------------------------------------------------------
    # Past the buttons
    # ------------------------------------------------------------------

    def test_nobody_writes_a_review_directly(self):
        for vals in (
            {"ai_review": "accepted"},
            {"ai_rejected_reason": "x"},
            {"consumed": False},
            {"ai_rated_on": False},
            {"ai_product_tmpl_id": self.soap.product_tmpl_id.id},
            {"publisher_id": self.client.id},
        ):
            for user in (self.manager, self.supervisor, self.env.ref("base.user_admin")):
                with self.assertRaises(AccessError, msg=f"{user.login} {vals}"):
                    self.bad.with_user(user).write(vals)

    def test_who_may_not_write_the_product_writes_and_removes_no_answer_directly(self):
        self._answer(self.supervisor, "Merci")
        for user in (self.salesperson, self.operator, self.supervisor):
            for answer in ("Bien fait", False, ""):
                with self.assertRaises(AccessError, msg=f"{user.login} {answer}"):
                    self.bad.with_user(user).write({"publisher_comment": answer})
        self.assertEqual(self.bad.publisher_comment, "Merci")

    def test_ratings_of_other_records_are_not_ours(self):
        other = self.ratings.create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.client.id,
                "rating": 1,
                "consumed": True,
            }
        )
        self.assertFalse(other.ai_product_tmpl_id)
        for method in ("action_ai_accept", "action_ai_reject", "action_ai_answer"):
            with self.assertRaisesRegex(UserError, "no rating of a product"):
                getattr(other.with_user(self.manager), method)()

    # ------------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------------

    def test_another_company_reviews_nothing_of_this_one(self):
        other = self._create_company("Rating other")
        stranger = self._create_user(
            "sr_stranger", "smart_recommender.group_call_manager", company=other
        )
        rating = self._as(stranger, self.bad)
        for method in ("action_ai_accept", "action_ai_reject", "action_ai_answer"):
            with self.assertRaises(AccessError, msg=method):
                getattr(rating, method)()
        self.assertNotIn(rating, rating.search([]))

    def test_those_of_the_online_shop_are_for_every_company(self):
        other = self._create_company("Rating other")
        stranger = self._create_user("sr_stranger", "smart_recommender.group_manager", other)
        rating = self._rated_elsewhere(self.client, self.soap, 2, feedback="Mousse peu")
        self._answer(stranger, "Merci", rating=rating)
        self.assertEqual(rating.publisher_comment, "Merci")
        self.assertEqual(rating.ai_product_tmpl_id, self.soap.product_tmpl_id)
        self.assertTrue(rating.ai_rated_on)

    # ------------------------------------------------------------------
    # Lists
    # ------------------------------------------------------------------

    def test_the_lists_show_ratings_of_products_that_were_given(self):
        action = self.env.ref("smart_recommender.rating_rating_action")
        self._rated_elsewhere(self.client, self.soap, 0, consumed=False)
        domain = self.ratings._ai_list("x", [("partner_id", "child_of", self.client.ids)])["domain"]
        self.assertEqual(self.ratings.search(domain), self.bad)
        self._reject(self.manager, "Grossier")
        self.assertEqual(self.ratings.search(domain), self.bad)
        views = {view.view_mode: view.view_id.model for view in action.view_ids}
        self.assertEqual(set(views.values()), {"rating.rating"})
        listed = self.client.with_user(self.operator).action_open_ai_ratings()
        self.assertEqual(self.ratings.search(listed["domain"]), self.bad)

    def test_each_role_reads_all_that_its_views_show(self):
        action = self.env.ref("smart_recommender.rating_rating_action")
        for user in (*self._moderators(), *self._others()):
            rating = self.bad.with_user(user)
            for view in action.view_ids.view_id:
                arch = rating.get_view(view.id, view.type)["arch"]
                names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
                rating.invalidate_recordset()
                with self.subTest(user=user.login, view=view.name):
                    self.assertEqual(len(rating.read(list(names))), 1)

    def test_odoos_own_views_stay_the_default(self):
        for kind, view in (
            ("form", "rating_rating_view_form"),
            ("search", "rating_rating_view_search"),
        ):
            default = self.env["ir.ui.view"].default_view("rating.rating", kind)
            self.assertNotEqual(default, self.env.ref(f"smart_recommender.{view}").id)

    def test_low_ones_are_found(self):
        good = self._rate(self.client, self.bottle, 4)
        mine = [("id", "in", (good | self.bad).ids)]
        self.assertEqual(self.ratings.search([*mine, ("ai_is_low", "=", True)]), self.bad)
        self.assertEqual(self.ratings.search([*mine, ("ai_is_low", "=", False)]).ids, good.ids)
        self.assertTrue(self.bad.ai_is_low)
        rule = self.env["ai.alert.rule"]._of(self.company)["low_rating"]
        rule.threshold = 4
        self.assertTrue(good.with_user(self.salesperson).ai_is_low)
