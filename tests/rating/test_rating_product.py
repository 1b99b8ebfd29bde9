"""The stars of products: counts, both means, companies, archived products."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestRatingProduct(OfficeCommon):
    def test_counts_and_means(self):
        self._rate(self.client, self.bottle, 5)
        self._rate(self.other_client, self.bottle, 4)
        row = self._of(self.bottle)
        stars = [row[f"stars_{number}"] for number in range(1, 6)]
        self.assertEqual((row.count, stars, row.low_count), (3, [1, 0, 0, 1, 1], 1))
        self.assertAlmostEqual(row.mean, 10 / 3)
        # All ratings are of this product: what is expected is its own mean.
        self.assertAlmostEqual(row.shrunk_mean, 10 / 3)

    def test_one_rating_of_five_is_no_product_of_five(self):
        self._rate(self.client, self.cups, 5)
        for number, partner in enumerate(self.partners):
            self._rate(partner, self.soap, 5 if number else 4)
        mean, strength = self.env["ai.product.rating"]._prior(self.company)
        self.assertAlmostEqual(mean, (1 + 5 + 29) / 8)
        self.assertEqual(strength, 5)
        cups, soap = self._of(self.cups), self._of(self.soap)
        self.assertAlmostEqual(cups.shrunk_mean, (5 * mean + 5) / 6)
        self.assertAlmostEqual(soap.shrunk_mean, (5 * mean + 29) / 11)
        self.assertGreater(cups.mean, soap.mean)
        self.assertLess(cups.shrunk_mean, soap.shrunk_mean)
        ranked = self.env["ai.product.rating"].search([("company_id", "=", self.company.id)])
        self.assertEqual(
            ranked.product_tmpl_id,
            (self.soap | self.cups | self.bottle).product_tmpl_id,
        )
        self.assertEqual(
            ranked.product_tmpl_id.ids,
            [each.product_tmpl_id.id for each in (self.soap, self.cups, self.bottle)],
        )

    def test_nothing_was_rated(self):
        self.ratings._ai_take_back(self.company, self.cook, self.bottle.product_tmpl_id)
        self.assertFalse(self._of(self.bottle))
        self.assertEqual(self.env["ai.product.rating"]._prior(self.company), (3.0, 5.0))
        template = self.bottle.product_tmpl_id
        self.assertEqual((template.ai_rating_count, template.ai_rating), (0, False))

    def test_each_company_has_stars_of_its_own(self):
        other = self._create_company("Rating other")
        self._rate(self.client, self.bottle, 5, company=other)
        self.assertEqual((self._of(self.bottle).mean, self._of(self.bottle, other).mean), (1, 5))
        user = self._create_user("sr_both", "sales_team.group_sale_salesman")
        user.company_ids |= other
        rows = self.env["ai.product.rating"].with_user(user)
        domain = [("product_tmpl_id", "=", self.bottle.product_tmpl_id.id)]
        both = rows.with_context(allowed_company_ids=(self.company | other).ids).search(domain)
        self.assertEqual(both.company_id, self.company | other)
        self.assertEqual(len(set(both.ids)), 2)
        one = rows.with_context(allowed_company_ids=other.ids).search(domain)
        self.assertEqual((one.company_id, one.mean), (other, 5))
        template = self.bottle.product_tmpl_id.with_user(user)
        self.assertEqual(template.with_company(other).ai_rating["mean"], 5)
        self.assertEqual(template.with_company(self.company).ai_rating["mean"], 1)

    def test_those_without_a_company_count_where_the_product_may_be_sold(self):
        other = self._create_company("Rating other")
        own = self._create_product("Ours alone", company_id=self.company.id)
        self._rated_elsewhere(self.client, own, 3)
        self._rated_elsewhere(self.client, self.soap, 4)
        self.assertEqual((self._of(self.soap).count, self._of(self.soap, other).count), (1, 1))
        self.assertTrue(self._of(own))
        self.assertFalse(self._of(own, other))
        self.assertEqual(self.env["ai.product.rating"]._prior(other)[0], 4)

    def test_archived_products_are_found_when_asked_for(self):
        self.bottle.product_tmpl_id.active = False
        rows = self.env["ai.product.rating"]
        domain = [("product_tmpl_id", "=", self.bottle.product_tmpl_id.id)]
        self.assertFalse(rows.search(domain))
        self.assertTrue(rows.search([*domain, ("active", "=", False)]))
        template = self.bottle.product_tmpl_id
        template.invalidate_recordset()
        self.assertEqual(template.ai_rating_count, 1)

    def test_what_the_form_of_a_product_says(self):
        self._rate(self.client, self.bottle, 4)
        template = self.bottle.product_tmpl_id.with_user(self.salesperson)
        figures = template.ai_rating
        self.assertEqual((figures["count"], figures["stars"]), (2, [1, 0, 0, 1, 0]))
        self.assertEqual((figures["mean"], figures["prior_strength"]), (2.5, 5))
        self.assertEqual(self.bottle.with_user(self.salesperson).ai_rating, figures)
        for record in (template, self.bottle.with_user(self.salesperson), self._of(self.bottle)):
            method = "action_open_reviews" if record._name == "ai.product.rating" else None
            action = getattr(record, method or "action_open_ai_ratings")()
            found = self.ratings.search(action["domain"])
            self.assertEqual(len(found), 2)

    def test_stars_of_a_product_that_is_not_saved(self):
        self.assertFalse(self.env["product.template"].new({"name": "x"}).ai_rating)

    def test_clients_do_not_see_what_is_for_staff(self):
        portal = self._portal_user(self.client, "sr_portal")
        with self.assertRaises(AccessError):
            self.env["ai.product.rating"].with_user(portal).search([])
        fields = self.env["product.template"].with_user(portal)._fields
        for name in ("ai_rating", "ai_rating_count", "ai_rating_mean"):
            self.assertEqual(fields[name].groups, "base.group_user")

    def test_nobody_writes_them(self):
        row = self._of(self.bottle)
        for user in (self.manager, self.salesperson, self.env.ref("base.user_admin")):
            for call in (lambda row: row.write({"count": 9}), lambda row: row.unlink()):
                with self.assertRaises(AccessError, msg=user.login):
                    call(row.with_user(user))

    def test_what_is_asked_for_is_all_that_is_grouped(self):
        """PostgreSQL takes the product asked for before it groups, not after."""
        rows = self.env["ai.product.rating"]
        self.env.flush_all()
        query = rows._search(
            [
                ("company_id", "=", self.company.id),
                ("product_tmpl_id", "=", self.bottle.product_tmpl_id.id),
            ]
        )
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = [line for (line,) in self.env.cr.fetchall()]
        grouped = next(place for place, line in enumerate(plan) if "Aggregate" in line)
        self.assertFalse(any("Filter" in line for line in plan[: grouped + 1]), "\n".join(plan))
        below = "\n".join(plan[grouped:])
        self.assertIn(str(self.bottle.product_tmpl_id.id), below)
