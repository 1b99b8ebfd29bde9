"""What clients rate, and who writes it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestRating(RatingCommon):
    def _found(self):
        found = self.env["ai.sales.extract"]._product_ratings(self.company)
        return found and dict(
            zip(
                zip(found["customer"].tolist(), found["product"].tolist(), strict=True),
                (round(rating * 3, 6) for rating in found["rating"].tolist()),
                strict=True,
            )
        )

    def test_a_second_rating_changes_the_first(self):
        first = self._rate(self.client, self.bottle, 5, "Très bon")
        second = self._rate(self.client, self.bottle, 2, "  Moins bon  ")
        self.assertEqual(first, second)
        self.assertEqual((second.rating, second.feedback), (2, "Moins bon"))
        self.assertEqual(second.res_name, self.bottle.product_tmpl_id.display_name)
        self.assertEqual(second.ai_commercial_partner_id, self.client)

    def test_a_rating_of_each_company_stands_alone(self):
        other = self._create_company("Rating other")
        self._rate(self.client, self.bottle, 5)
        theirs = self._rate(self.client, self.bottle, 1, company=other)
        self.assertEqual(theirs.ai_company_id, other)
        self.assertEqual(self._found(), {(self.client.id, self.bottle.id): 5})

    def test_other_stars_and_long_comments_are_refused(self):
        for stars in (0, 6, 2.5, -1):
            with self.assertRaisesRegex(UserError, "one to five stars"):
                self._rate(self.client, self.bottle, stars)
        with self.assertRaisesRegex(UserError, "1001 characters"):
            self._rate(self.client, self.bottle, 4, "x" * 1001)
        self.assertFalse(
            self.ratings._ai_own(self.company, self.client, self.bottle.product_tmpl_id)
        )

    def test_a_comment_is_to_be_read_and_stars_alone_are_not(self):
        rating = self._rate(self.client, self.bottle, 4)
        self.assertEqual(rating.ai_review, "accepted")
        rating = self._rate(self.client, self.bottle, 4, "Bouchon dur")
        self.assertEqual(rating.ai_review, "new")
        rating = self._rate(self.client, self.bottle, 3, "Bouchon dur")
        self.assertEqual(rating.ai_review, "new")
        rating = self._rate(self.client, self.bottle, 3)
        self.assertEqual(rating.ai_review, "accepted")

    def test_what_is_taken_back_is_gone(self):
        self._rate(self.client, self.bottle, 4)
        self._rate(self.other_client, self.bottle, 2)
        self.ratings._ai_take_back(self.company, self.client, self.bottle.product_tmpl_id)
        self.assertEqual(self._found(), {(self.other_client.id, self.bottle.id): 2})

    def test_staff_writes_no_stars(self):
        rating = self._rate(self.client, self.bottle, 1, "Cassé")
        as_manager = rating.with_user(self.manager)
        for vals in ({"rating": 5}, {"feedback": "Parfait"}, {"consumed": False}):
            with self.assertRaisesRegex(AccessError, "the client's own"):
                as_manager.write(vals)
        with self.assertRaisesRegex(AccessError, "the client's own"):
            self.ratings.with_user(self.manager).create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("product.template"),
                    "res_id": self.bottle.product_tmpl_id.id,
                    "partner_id": self.client.id,
                    "rating": 5,
                }
            )

    def test_other_companies_do_not_read_them(self):
        other = self._create_company("Rating other")
        rating = self._rate(self.client, self.bottle, 1, company=other)
        ours = self.ratings.with_user(self.manager).search([("id", "=", rating.id)])
        self.assertFalse(ours)

    # ------------------------------------------------------------------
    # What training reads
    # ------------------------------------------------------------------

    def test_nothing_is_read_where_nothing_counts(self):
        rating = self._rate(self.client, self.bottle, 5)
        rating.consumed = False
        self.assertIsNone(self._found())

    def test_stars_of_a_contact_are_those_of_its_company(self):
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.client.id})
        self._rate(contact, self.bottle, 5)
        self._rate(self.client, self.bottle, 1)
        self._rate(self.client, self.cups, 3)
        self.assertEqual(
            self._found(),
            {(self.client.id, self.bottle.id): 3, (self.client.id, self.cups.id): 3},
        )

    def test_training_of_offers_reads_them(self):
        self._create_tastes()
        self._rate(self.partners[2], self.cups, 5)
        run = self._train_offers()
        self.assertEqual(run.state, "done")

    # ------------------------------------------------------------------
    # What a client may rate
    # ------------------------------------------------------------------

    def test_what_a_client_bought(self):
        self._create_order([self.paper], state="draft", partner=self.client)
        self._create_order([self.soap], state="cancel", partner=self.client)
        bought = self.env["ai.sales.extract"]._bought_templates(self.company, self.client)
        self.assertEqual(
            [(row["product_id"], row["order_count"]) for row in bought],
            [(each.id, 2) for each in (self.bottle + self.cups).sorted("product_tmpl_id")],
        )
        other = self._create_company("Rating other")
        self.assertFalse(self.env["ai.sales.extract"]._bought_templates(other, self.client))
