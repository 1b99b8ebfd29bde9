from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestCustomerOffers(OffersCommon):
    """Offers of a client are added to quotations, dismissed and brought back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_tastes()
        cls._train_offers()
        cls.client = cls.regular.with_user(cls.operator)

    def _names(self):
        return [item["name"] for item in self.client.get_offers()["items"]]

    def _quotation(self, user=None, partner=None, **vals):
        user = user or self.operator
        return self._create_order(
            [self.soap],
            state="draft",
            days_ago=0,
            partner=partner or self.regular,
            user_id=user.id,
            **vals,
        )

    # Adding

    def test_without_a_quotation_a_new_one_of_the_operators_own_is_made(self):
        self.regular.user_id = self.manager
        result = self.client.action_add_offer(self.bottle.id)
        order = self.env["sale.order"].browse(result["order_id"])
        self.assertTrue(result["created"])
        self.assertEqual(
            (order.partner_id, order.user_id, order.company_id, order.state),
            (self.regular, self.operator, self.company, "draft"),
        )
        self.assertEqual(result["order_name"], order.name)
        self.assertEqual(order.order_line.id, result["line_id"])
        self.assertEqual(
            (order.order_line.product_id, order.order_line.product_uom_qty), (self.bottle, 4.0)
        )

    def test_the_newest_open_quotation_takes_it(self):
        self._quotation()
        newest = self._quotation()
        self._quotation(user=self.salesperson)
        self._quotation(partner=self.similar)
        self._create_order([self.soap], partner=self.regular, user_id=self.operator.id)
        result = self.client.action_add_offer(self.cups.id)
        self.assertEqual((result["order_id"], result["created"]), (newest.id, False))
        again = self.client.action_add_offer(self.cups.id)
        self.assertEqual(again["line_id"], result["line_id"])
        self.assertEqual(self.env["sale.order.line"].browse(again["line_id"]).product_uom_qty, 2.0)

    def test_a_new_quotation_is_made_where_one_is_asked_for(self):
        kept = self._quotation()
        result = self.client.action_add_offer(self.cups.id, new=True)
        self.assertNotEqual(result["order_id"], kept.id)
        self.assertTrue(result["created"])

    def test_a_given_quotation_must_be_the_clients_and_open(self):
        older = self._quotation()
        self._quotation()
        result = self.client.action_add_offer(self.cups.id, order_id=older.id)
        self.assertEqual(result["order_id"], older.id)
        stranger = self._quotation(partner=self.similar)
        with self.assertRaisesRegex(UserError, stranger.name):
            self.client.action_add_offer(self.cups.id, order_id=stranger.id)
        with self.assertRaisesRegex(UserError, "Reload"):
            self.client.action_add_offer(self.cups.id, order_id=2**30)
        older.state = "sale"
        with self.assertRaisesRegex(UserError, older.name):
            self.client.action_add_offer(self.cups.id, order_id=older.id)
        colleagues = self._quotation(user=self.manager)
        with self.assertRaises(AccessError):
            self.client.action_add_offer(self.cups.id, order_id=colleagues.id)

    def test_a_product_that_cannot_be_sold_is_refused_and_makes_no_quotation(self):
        self.bottle.sale_ok = False
        before = self.env["sale.order"].search_count([])
        with self.assertRaisesRegex(UserError, "Bonbonne"), self.env.cr.savepoint():
            self.client.action_add_offer(self.bottle.id)
        with self.assertRaisesRegex(UserError, "Reload"), self.env.cr.savepoint():
            self.client.action_add_offer(2**30)
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_a_client_of_another_company_is_refused(self):
        other = self._create_company("Autre")
        self.operator.company_ids |= other
        client = self.client.with_context(allowed_company_ids=[other.id, self.company.id])
        with self.assertRaisesRegex(AccessError, "another company"):
            client.with_company(other).action_add_offer(self.cups.id)

    # Dismissing

    def test_a_dismissed_offer_stays_away_for_the_client_only(self):
        self.client.action_dismiss_offer(self.bottle.id)
        self.assertNotIn("Bonbonne 19 L", self._names())
        self.assertEqual(self.client.get_offers()["dismissed_count"], 1)
        items = self._by_name(self.newcomer)
        self.assertIn("Bonbonne 19 L", items)
        row = self.env["ai.customer.dismissal"].search([])
        self.assertEqual(
            (row.partner_id, row.product_id, row.user_id, row.company_id),
            (self.regular, self.bottle, self.operator, self.company),
        )

    def test_a_dismissal_by_a_contact_counts_for_the_whole_entity(self):
        contact = self.env["res.partner"].create({"name": "Achats", "parent_id": self.regular.id})
        contact.with_user(self.operator).action_dismiss_offer(self.bottle.id)
        self.assertNotIn("Bonbonne 19 L", self._names())

    def test_everything_dismissed_is_said_and_brought_back(self):
        for item in self.client.get_offers()["items"]:
            self.client.action_dismiss_offer(item["product_id"])
        # Popular products that the client bought once are left: away with them as well.
        for item in self.client.get_offers()["items"]:
            self.client.action_dismiss_offer(item["product_id"])
        self.assertEqual(self.client.get_offers()["status"], "all_dismissed")
        self.client.action_restore_offers()
        self.assertEqual(self._names()[0], "Bonbonne 19 L")

    def test_a_dismissed_offer_comes_back_after_the_days_of_the_settings(self):
        self.client.action_dismiss_offer(self.bottle.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ai_customer_dismissal SET create_date = %s",
            [fields.Datetime.now() - timedelta(days=31)],
        )
        self.env.invalidate_all()
        self.assertIn("Bonbonne 19 L", self._names())
        self.assertEqual(self.client.get_offers()["dismissed_count"], 0)
        self.company.ai_dismiss_days = 0
        self.assertNotIn("Bonbonne 19 L", self._names())
        self.company.ai_dismiss_days = 30
        self.client.action_dismiss_offer(self.bottle.id)
        self.assertNotIn("Bonbonne 19 L", self._names())

    def test_dismissing_what_does_not_exist_is_refused(self):
        with self.assertRaisesRegex(UserError, "Reload"):
            self.client.action_dismiss_offer(2**30)
