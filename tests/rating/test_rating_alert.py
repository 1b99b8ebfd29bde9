"""Low ratings: told within a minute, once, and taken back when they are dealt with."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .office_common import OfficeCommon

JOB = "smart_recommender.ir_cron_low_ratings"


@tagged("post_install", "-at_install")
class TestRatingAlert(OfficeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_enabled = True
        cls.client.ai_operator_id = cls.operator
        cls.alerts = cls.env["ai.client.alert"].with_company(cls.company)
        cls.rule = cls.env["ai.alert.rule"]._of(cls.company)["low_rating"]
        cls.motive = cls.env.ref("smart_recommender.complaint_motive_quality")

    def _run(self, company=None):
        return self.alerts._alert_low_ratings(company or self.company)

    def _woken(self):
        """Whether the job was asked for since the last time."""
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.env.ref(JOB).id)])
        triggers.unlink()
        return bool(triggers)

    def _complain(self, **vals):
        return self.env["ai.complaint"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.cook.id,
                "motive_id": self.motive.id,
                "rating_id": self.bad.id,
                **vals,
            }
        )

    def test_who_looks_after_the_client_is_told_once(self):
        self.assertTrue(self._woken())
        alert = self._run()
        self.assertEqual((alert.partner_id, alert.user_id), (self.client, self.operator))
        self.assertEqual(alert.key, str(self.bad.id))
        self.assertEqual(alert.sentence, "★☆☆☆☆ for Bonbonne 19 L: Fuit de partout")
        self.assertEqual(alert.activity_id.summary, alert.sentence)
        self.assertEqual(alert.activity_id.res_id, self.client.id)
        self.assertFalse(self._run())
        self.assertFalse(alert.mail_state)
        self.assertFalse(self.rule.can_mail)
        self.assertEqual(self.rule.unit, "stars and below")

    def test_each_rating_is_one_fact(self):
        second = self._rate(self.client, self.cups, 2)
        good = self._rate(self.client, self.bottle, 3, "Moyen")
        alerts = self._run()
        self.assertEqual(set(alerts.mapped("key")), {str(self.bad.id), str(second.id)})
        self.assertNotIn(str(good.id), alerts.mapped("key"))
        without = alerts.filtered(lambda each: each.key == str(second.id))
        self.assertEqual(without.sentence, "★★☆☆☆ for Gobelets, without a comment")

    def test_the_rule_says_whom_and_from_where_on(self):
        self.rule.write({"tell": "supervisor", "threshold": 1})
        self._rate(self.client, self.cups, 2)
        alert = self._run()
        self.assertEqual((alert.key, alert.user_id), (str(self.bad.id), self.supervisor))
        self.rule.threshold = 2
        self.assertEqual(len(self._run()), 1)
        for stars in (0, 5):
            with self.assertRaises(ValidationError):
                self.rule.threshold = stars
        self.rule.write({"active": False, "threshold": 2})
        self._run()
        self.assertFalse(alert.is_open)

    def _is_taken_back(self, act):
        alert = self._run()
        activity = alert.activity_id
        self._woken()
        act()
        self.assertTrue(self._woken())
        self.assertFalse(self._run())
        self.assertFalse(alert.is_open or activity.exists())
        return alert

    def test_it_is_taken_back_when_the_client_gives_more_stars(self):
        self._is_taken_back(lambda: self._rate(self.cook, self.bottle, 4))

    def test_it_is_taken_back_with_the_rating(self):
        template = self.bottle.product_tmpl_id
        alert = self._is_taken_back(
            lambda: self.ratings._ai_take_back(self.company, self.cook, template)
        )
        alert.invalidate_recordset()
        self.assertEqual(alert.sentence, "A low rating, which was taken back")

    def test_it_is_taken_back_when_the_rating_is_rejected(self):
        self._is_taken_back(lambda: self.bad.with_user(self.supervisor)._ai_reject("Grossier"))

    def test_it_comes_again_with_a_rejected_rating_that_is_brought_back(self):
        self._is_taken_back(lambda: self.bad.with_user(self.supervisor)._ai_reject("Grossier"))
        self.bad.with_user(self.supervisor).action_ai_restore()
        self.assertTrue(self._woken())
        self.assertTrue(self._run())

    def test_it_is_taken_back_when_it_is_answered(self):
        self._is_taken_back(lambda: self.bad.with_user(self.supervisor)._ai_answer("Désolés"))

    def test_it_is_taken_back_when_it_became_a_complaint(self):
        self._is_taken_back(self._complain)

    def test_what_is_low_again_after_an_answer_is_told_again(self):
        self._is_taken_back(lambda: self.bad.with_user(self.supervisor)._ai_answer("Désolés"))
        self.bad.sudo().publisher_datetime = fields.Datetime.now() - timedelta(minutes=5)
        self._rate(self.cook, self.bottle, 1, "Toujours pareil")
        self.assertTrue(self._run())

    def test_a_closed_complaint_deals_with_nothing_later(self):
        complaint = self._complain(resolution="Échangée")
        self.env.cr.execute(
            "UPDATE ai_complaint SET create_date = create_date - interval '1 day' WHERE id = %s",
            complaint.ids,
        )
        self.assertFalse(self._run())
        complaint.action_solve()
        self.assertTrue(self._run())

    def test_good_ratings_wake_nobody(self):
        self._woken()
        self._rate(self.client, self.cups, 5, "Parfait")
        self.assertFalse(self._woken())

    def test_old_ratings_are_not_told(self):
        self.bad.sudo().ai_rated_on = fields.Datetime.now() - timedelta(days=8)
        self.assertFalse(self._run())

    def test_those_of_the_online_shop_too(self):
        self._woken()
        rating = self._rated_elsewhere(self.other_client, self.soap, 1, feedback="Non")
        self.assertTrue(self._woken())
        self.assertIn(str(rating.id), self._run().mapped("key"))

    def test_another_company_is_not_told(self):
        other = self._create_company("Rating other", ai_enabled=True)
        self.assertFalse(self._run(other))
        self._rate(self.client, self.bottle, 1, company=other)
        self.assertEqual(self._run(other).company_id, other)
        ours = self.alerts.with_user(self.supervisor).search([("kind", "=", "low_rating")])
        self.assertFalse(ours)

    def test_the_job_goes_through_the_companies(self):
        self.alerts._cron_low_ratings()
        found = self.alerts.search([("kind", "=", "low_rating"), ("is_open", "=", True)])
        self.assertEqual(found.mapped("key"), [str(self.bad.id)])
        # The morning's job finds the same, and tells nobody twice.
        self.assertFalse(
            self.alerts._alert(self.company).filtered(lambda each: each.kind == "low_rating")
        )

    def test_in_the_language_of_who_is_told(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.bottle.with_context(lang="fr_FR").name = "Bonbonne en français"
        self.operator.lang = "fr_FR"
        self.assertIn("Bonbonne en français", self._run().activity_id.summary)
