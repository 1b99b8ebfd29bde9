"""A rating becomes a complaint, once; what the sheet and the history of the client say."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestRatingComplaint(OfficeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.motive = cls.env.ref("smart_recommender.complaint_motive_quality")

    def _complain(self, user=None, rating=None):
        rating = (rating or self.bad).with_user(user or self.operator)
        action = rating.with_company(self.company).action_ai_complain()
        if action.get("res_id"):
            return self.env["ai.complaint"].browse(action["res_id"])
        model = self.env["ai.complaint"].with_user(user or self.operator)
        form = Form(model.with_context(**action["context"]))
        form.motive_id = self.motive
        return form.save().with_env(self.env)

    def test_the_form_is_filled_in(self):
        complaint = self._complain()
        self.assertEqual((complaint.partner_id, complaint.rating_id), (self.cook, self.bad))
        self.assertEqual((complaint.product_id, complaint.company_id), (self.bottle, self.company))
        self.assertEqual(complaint.description, "★☆☆☆☆ (1 of 5) for Bonbonne 19 L\nFuit de partout")
        self.assertEqual(complaint.user_id, self.operator)
        self.assertEqual(self.bad.with_user(self.operator).ai_complaint_id, complaint)
        opened = complaint.with_user(self.operator).action_open_rating()
        self.assertEqual((opened["res_model"], opened["res_id"]), ("rating.rating", self.bad.id))

    def test_there_is_no_second_one(self):
        complaint = self._complain()
        self.assertEqual(self._complain(), complaint)
        self.assertEqual(self._complain(user=self.supervisor), complaint)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            complaint.copy({"rating_id": self.bad.id}).flush_recordset()

    def test_only_operators_take_one(self):
        for user in (self.salesperson, self.recommender, self.manager):
            with self.assertRaises(AccessError, msg=user.login):
                self._complain(user=user)

    def test_who_is_complained_about_learns_nothing(self):
        complaint = self._complain()
        complaint.sudo().employee_id = self.supervisor
        with self.assertRaisesRegex(UserError, "Somebody else deals with"):
            self._complain(user=self.supervisor)
        self.assertFalse(self.bad.with_user(self.supervisor).ai_complaint_id)
        self.assertFalse(self._sheet(self.supervisor)["rows"][0]["complaint_id"])
        self.assertTrue(self._sheet()["rows"][0]["complaint_id"])

    def test_a_variant_that_the_client_bought_is_meant(self):
        archived = self._create_product("Vieille bonbonne")
        self._create_purchases(self.client, [archived], [5])
        rating = self._rate(self.client, archived, 2, "Usée")
        archived.product_tmpl_id.active = False
        self.assertEqual(self._complain(rating=rating).product_id, archived)

    def test_it_belongs_to_its_client_and_company(self):
        other = self._create_company("Rating other")
        theirs = self._rate(self.client, self.bottle, 1, company=other)
        of_partner = self._rated_elsewhere(self.other_client, self.bottle, 1)
        no_product = self.ratings.create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.client.id,
                "partner_id": self.client.id,
                "rating": 1,
            }
        )
        complaint = self._complain().with_user(self.operator)
        for rating in (theirs, of_partner, no_product):
            with self.assertRaises(ValidationError):
                complaint.rating_id = rating.id

    def test_another_company_takes_none_of_it(self):
        other = self._create_company("Rating other")
        stranger = self._create_user("sr_stranger", "smart_recommender.group_call_operator", other)
        with self.assertRaises(AccessError):
            self._as(stranger, self.bad).action_ai_complain()

    def test_it_outlives_a_rating_that_is_taken_back(self):
        complaint = self._complain()
        self.ratings._ai_take_back(self.company, self.cook, self.bottle.product_tmpl_id)
        self.assertTrue(complaint.exists())
        complaint.invalidate_recordset()
        self.assertFalse(complaint.rating_id)

    def test_of_an_unknown_client_there_is_none(self):
        rating = self._rated_elsewhere(self.env["res.partner"], self.bottle, 1)
        with self.assertRaisesRegex(UserError, "This rating names no client"):
            self._complain(rating=rating)

    # ------------------------------------------------------------------
    # The client sheet
    # ------------------------------------------------------------------

    def _sheet(self, user=None, partner=None):
        partner = (partner or self.cook).with_user(user or self.operator)
        return partner.with_company(self.company).get_client_sheet()["ratings"]

    def test_the_sheet_tells_what_the_client_rated(self):
        good = self._rate(self.client, self.cups, 4, "Bien")
        good.sudo().ai_rated_on = "2026-01-02 10:00:00"
        self.bad.with_user(self.supervisor)._ai_answer("Désolés")
        complaint = self._complain()
        section = self._sheet()
        self.assertEqual((section["count"], section["mean"]), (2, 2.5))
        first, second = section["rows"]
        self.assertEqual(
            (first["id"], first["stars"], first["product"], first["comment"], first["by"]),
            (self.bad.id, 1, "Bonbonne 19 L", "Fuit de partout", "Fatima Cuisine"),
        )
        self.assertEqual((first["answer"], first["complaint"]), ("Désolés", complaint.name))
        self.assertTrue(first["is_low"])
        self.assertEqual((second["by"], second["complaint_id"]), ("", None))
        self.assertFalse(second["is_low"])

    def test_rejected_ones_are_shown_and_do_not_count(self):
        self._rate(self.client, self.cups, 4)
        self.bad.with_user(self.supervisor)._ai_reject("Grossier")
        section = self._sheet()
        self.assertEqual((section["count"], section["mean"]), (1, 4.0))
        rejected = next(row for row in section["rows"] if row["id"] == self.bad.id)
        self.assertEqual((rejected["review"], rejected["reason"]), ("rejected", "Grossier"))

    def test_five_are_shown_and_all_count(self):
        for number in range(6):
            self._rate(self.client, self._create_product(f"Produit {number}"), 5)
        section = self._sheet()
        self.assertEqual((section["count"], len(section["rows"])), (7, 5))

    def test_another_company_and_other_clients_stay_out(self):
        other = self._create_company("Rating other")
        self._rate(self.client, self.cups, 5, company=other)
        self._rate(self.other_client, self.cups, 5)
        self.assertEqual([row["id"] for row in self._sheet()["rows"]], [self.bad.id])
        nobody = self._sheet(partner=self.partner)
        self.assertEqual(nobody, {"count": 0, "mean": None, "rows": []})

    def test_it_costs_two_queries(self):
        sheets = self.env["ai.client.sheet"]
        sheets._ratings(self.company, self.client)
        self.env.flush_all()
        with self.assertQueryCount(2):
            sheets._ratings(self.company, self.client)

    # ------------------------------------------------------------------
    # The history
    # ------------------------------------------------------------------

    def test_the_history_of_the_client_has_it(self):
        events = self.env["ai.client.event"].with_user(self.supervisor)
        domain = [("partner_id", "=", self.client.id), ("kind", "=", "rated")]
        event = events.search(domain)
        self.assertEqual(event.name, "★☆☆☆☆ · Bonbonne 19 L · Fuit de partout")
        self.assertEqual((event.company_id, event.date), (self.company, self.bad.ai_rated_on))
        opened = event.action_open()
        view = self.env.ref("smart_recommender.rating_rating_view_form")
        self.assertEqual((opened["res_id"], opened["views"]), (self.bad.id, [[view.id, "form"]]))
        self.ratings._ai_take_back(self.company, self.cook, self.bottle.product_tmpl_id)
        self.assertFalse(events.search(domain))

    def test_the_history_of_another_company_has_it_not(self):
        other = self._create_company("Rating other")
        stranger = self._create_user(
            "sr_stranger", "smart_recommender.group_call_supervisor", other
        )
        events = self._as(stranger, self.env["ai.client.event"])
        self.assertFalse(events.search([("kind", "=", "rated")]))
