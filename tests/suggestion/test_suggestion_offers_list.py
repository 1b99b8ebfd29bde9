from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestCustomerRecommendations(OffersCommon):
    """What is learned of customers and served: reorders, similar customers, popular products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_tastes()
        cls.training = cls._train_offers()

    # What is learned

    def test_a_rhythm_is_stored_with_its_days_and_quantity(self):
        row = self.offers.search([("partner_id", "=", self.regular.id), ("kind", "=", "reorder")])
        self.assertEqual(row.product_id, self.bottle)
        self.assertEqual((row.purchase_count, row.interval_days), (5, 10.0))
        self.assertEqual(row.typical_quantity, 4.0)
        today = fields.Date.today()
        self.assertEqual(row.last_date, today - timedelta(days=13))
        self.assertEqual(row.due_date, today - timedelta(days=3))
        self.assertEqual((row.offer_from, row.offer_until), (
            today - timedelta(days=5), today + timedelta(days=17),
        ))  # fmt: skip
        self.assertEqual((row.rank, row.score, row.company_id), (1, 1.0, self.company))

    def test_the_message_counts_what_was_found(self):
        self.assertEqual(self.training.state, "done")
        self.assertIn("1 products are due", self.training._result_message())
        self.assertEqual(self.training._result().offer_count, self.offers.search_count([]))
        action = self.training.with_user(self.manager).action_open_offers()
        self.assertIn(("run_id", "=", self.training.id), action["domain"])

    def test_training_again_replaces_the_rows(self):
        before = self.offers.search_count([])
        again = self._train_offers()
        self.assertEqual(self.offers.search_count([]), before)
        self.assertEqual(self.offers.search([]).run_id, again)

    def test_a_product_that_came_back_was_not_bought(self):
        self._create_purchases(self.regular, [(self.bottle, -4)], [12])
        self._train_offers()
        row = self.offers.search([("partner_id", "=", self.regular.id), ("kind", "=", "reorder")])
        self.assertEqual(row.purchase_count, 4)
        self.assertEqual(row.last_date, fields.Date.today() - timedelta(days=23))

    def test_quantities_are_in_the_unit_of_the_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        orders = self._create_purchases(self.similar, [(self.soap, 2)], [5, 10, 15])
        orders.order_line.product_uom = dozen
        self._train_offers()
        item = self._by_name(self.similar)["Savon"]
        self.assertEqual((item["kind"], item["quantity"], item["uom"]), ("reorder", 24.0, "Units"))

    def test_a_shop_counter_gets_nothing_of_its_own(self):
        counter = self.env["res.partner"].create({"name": "Comptoir"})
        self._create_purchases(counter, [self.paper], [number % 300 for number in range(501)])
        self._train_offers()
        self.assertFalse(self.offers.search([("partner_id", "=", counter.id)]))

    def test_a_company_without_orders_says_so(self):
        empty = self._create_company("Vide")
        with self.assertRaisesRegex(UserError, "Vide has no client to learn from"):
            self._train_offers(empty)
        self.assertEqual(self.offers._offers(self.newcomer, empty)["status"], "untrained")

    # What is served

    def test_what_is_due_comes_first_with_its_rhythm(self):
        found = self._offers_of(self.regular)
        self.assertEqual((found["status"], found["dismissed_count"]), ("ok", 0))
        first = found["items"][0]
        self.assertEqual((first["name"], first["kind"]), ("Bonbonne 19 L", "reorder"))
        self.assertEqual(
            (first["purchase_count"], first["interval_days"], first["overdue_days"]), (5, 10.0, 3)
        )
        due = fields.Date.today() - timedelta(days=3)
        self.assertEqual(first["due_date"], fields.Date.to_string(due))
        self.assertEqual((first["quantity"], first["price"]), (4.0, 35.0))

    def test_what_similar_customers_buy_names_the_products_it_comes_from(self):
        item = self._by_name(self.regular)["Gobelets"]
        self.assertEqual(item["kind"], "similar")
        self.assertEqual(set(item["antecedents"]), {"Fontaine à eau", "Bonbonne 19 L"})

    def test_what_is_not_due_yet_or_long_given_up_is_not_offered(self):
        row = self.offers.search([("partner_id", "=", self.regular.id), ("kind", "=", "reorder")])
        today = fields.Date.today()
        for name, value in (
            ("offer_from", today + timedelta(days=1)),
            ("offer_until", today - timedelta(days=1)),
        ):
            kept = row[name]
            row.sudo().write({name: value})
            self.assertNotIn("Bonbonne 19 L", self._by_name(self.regular))
            row.sudo().write({name: kept})
        self.assertIn("Bonbonne 19 L", self._by_name(self.regular))

    def test_a_contact_is_offered_what_its_commercial_entity_is(self):
        contact = self.env["res.partner"].create({"name": "Achats", "parent_id": self.regular.id})
        self.assertEqual(self._by_name(contact).keys(), self._by_name(self.regular).keys())

    def test_a_new_customer_is_offered_what_is_popular_nearby(self):
        tag = self.env["res.partner.category"].create({"name": "Cafés"})
        country = self.env.ref("base.ma")
        buyers = self.partners[1:4]
        buyers.write({"category_id": [Command.link(tag.id)]})
        self.partners.country_id = country
        for partner in buyers:
            self._create_purchases(partner, [self.soap], [2])
        self._train_offers()
        self.newcomer.write({"category_id": [Command.link(tag.id)], "country_id": country.id})
        items = self._by_name(self.newcomer)
        self.assertEqual({item["kind"] for item in items.values()}, {"popular"})
        soap = items["Savon"]
        self.assertEqual(
            (soap["scope"], soap["scope_name"], soap["customer_count"]), ("category", "Cafés", 3)
        )
        self.newcomer.category_id = False
        soap = self._by_name(self.newcomer)["Savon"]
        self.assertEqual((soap["scope"], soap["scope_name"]), ("country", country.name))
        self.newcomer.country_id = False
        soap = self._by_name(self.newcomer)["Savon"]
        self.assertEqual((soap["scope"], soap["scope_name"]), ("company", self.company.name))

    def test_what_fewer_than_three_customers_bought_is_offered_to_nobody_else(self):
        for partner in self.partners[1:3]:
            self._create_purchases(partner, [self.filter, self.cups], [3])
        self._train_offers()
        self.assertFalse(
            self.offers.search([("product_id", "=", self.filter.id), ("kind", "=", "similar")])
        )
        self.assertNotIn("Filtre", self._by_name(self.newcomer))
        self.company.ai_min_customers = 1
        self._train_offers()
        self.assertTrue(
            self.offers.search([("product_id", "=", self.filter.id), ("kind", "=", "similar")])
        )

    def test_archived_unsaleable_and_excluded_products_are_left_out_at_once(self):
        for change, undo in (
            ({"active": False}, {"active": True}),
            ({"sale_ok": False}, {"sale_ok": True}),
        ):
            self.bottle.write(change)
            self.assertNotIn("Bonbonne 19 L", self._by_name(self.regular))
            self.bottle.write(undo)
        self.company.ai_excluded_product_ids = self.bottle
        self.assertNotIn("Bonbonne 19 L", self._by_name(self.regular))

    def test_a_reason_that_was_archived_is_still_named(self):
        self.fountain.active = False
        item = self._by_name(self.regular)["Gobelets"]
        self.assertIn("Fontaine à eau", item["antecedents"])

    def test_at_most_as_many_as_the_setting_or_the_caller_says(self):
        self.assertEqual(len(self._offers_of(self.regular, limit=1)["items"]), 1)
        self.company.ai_offer_limit = 1
        self.assertEqual(len(self._offers_of(self.regular)["items"]), 1)

    def test_a_regular_client_is_offered_something_new_too(self):
        self._create_purchases(self.regular, [self.soap, self.paper], [13, 23, 33, 43])
        self._train_offers()
        kinds = [item["kind"] for item in self._offers_of(self.regular, limit=3)["items"]]
        self.assertEqual(kinds, ["reorder", "reorder", "similar"])

    def test_switched_off_is_said(self):
        self.company.ai_enabled = False
        self.assertEqual(self._offers_of(self.regular)["status"], "disabled")

    def test_prices_are_those_of_the_customers_pricelist(self):
        # Odoo 19 gives customers pricelists only where these are switched on.
        self.env.ref("base.group_user").implied_ids |= self.env.ref(
            "product.group_product_pricelist"
        )
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Revendeurs",
                "company_id": self.company.id,
                "item_ids": [
                    Command.create(
                        {"compute_price": "percentage", "percent_price": 10, "base": "list_price"}
                    )
                ],
            }
        )
        self.regular.with_company(self.company).property_product_pricelist = pricelist
        self.assertAlmostEqual(self._by_name(self.regular)["Bonbonne 19 L"]["price"], 31.5)

    # Rights

    def test_offers_of_another_company_are_not_seen(self):
        other = self._create_company("Autre")
        self._create_purchases(self.newcomer, [(self.paper, 2)], [10, 20, 30], company=other)
        self._train_offers(other)
        self.assertNotIn("Papier", self._by_name(self.newcomer))
        self.assertFalse(
            self.offers.with_user(self.operator).search([("company_id", "=", other.id)])
        )
        self.assertTrue(self.offers.search_count([("company_id", "=", self.company.id)]))

    def test_only_operators_and_managers_read_the_rows(self):
        for name in ("recommendation", "dismissal"):
            rows = self.env[f"ai.customer.{name}"]
            rows.with_user(self.operator).search([])
            rows.with_user(self.manager).search([])
            with self.assertRaises(AccessError):
                rows.with_user(self.salesperson).search([])
            with self.assertRaises(AccessError):
                rows.with_user(self.operator).create({})

    def test_portal_users_and_strangers_are_refused(self):
        portal = self._create_user("sr_portal", "base.group_portal")
        clerk = self._create_user("sr_clerk", "base.group_user")
        for user in (portal, clerk):
            partner = self.regular.with_user(user)
            for call in (
                partner.get_offers,
                partner.action_restore_offers,
                lambda partner=partner: partner.action_dismiss_offer(self.cups.id),
                lambda partner=partner: partner.action_add_offer(self.cups.id),
            ):
                with self.assertRaises(AccessError):
                    call()

    # Speed

    def test_more_offers_take_no_more_queries(self):
        self._count_queries(self.newcomer)  # warms the caches that outlive a request
        few = self._count_queries(self.newcomer)
        products = self._create_products("Article", 8)
        for partner in self.partners[1:]:
            self._create_purchases(partner, products, [4])
        self._train_offers()
        self._count_queries(self.newcomer)
        self.assertEqual(self._count_queries(self.newcomer), few)
        self.assertGreater(len(self._offers_of(self.newcomer)["items"]), 8)

    def _count_queries(self, partner):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertTrue(self._offers_of(partner)["items"])
        return self.env.cr.sql_log_count - before

    def test_ranking_is_one_query(self):
        suggestion = self.env["ai.suggestion"].with_user(self.operator)
        partner, company = (each.with_user(self.operator) for each in (self.regular, self.company))
        suggestion._rank_offers(company, partner, 8)
        self.env.flush_all()
        with self.assertQueryCount(1):
            suggestion._rank_offers(company, partner, 8)
