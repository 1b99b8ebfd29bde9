"""Price advice: accepted discounts, silence, cost, and who may ask."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .quotations_common import QuotationsCommon


@tagged("post_install", "-at_install")
class TestPriceAdvice(QuotationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.advice = cls.env["ai.price.advice"]
        cls.category = cls.env["product.category"].create({"name": "Eau"})
        cls.water = cls._create_product("Bonbonne 12 L", 100.0, categ_id=cls.category.id)
        cls.manager_sales = cls.manager

    @classmethod
    def _sell(cls, discounts, state="sale", clients=None, product=None, price=100.0, sent=30):
        """A quotation for each discount, in percent."""
        clients = clients or cls.clients[:6]
        product = product or cls.water
        orders = cls._quote(
            [
                (clients[number % len(clients)], product, 1.0, sent, sent - 2, state)
                for number in range(len(discounts))
            ]
        )
        for order, discount in zip(orders, discounts, strict=True):
            cls.env.cr.execute(
                "UPDATE sale_order_line SET discount = %s, price_unit = %s WHERE order_id = %s",
                [discount, price, order.id],
            )
        cls.env.invalidate_all()
        return orders

    def _ask(self, user=None, client=None, **vals):
        line = {
            "product_id": self.water.id,
            "partner_id": (client or self.clients[0]).id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
            "uom_id": self.water.uom_id.id,
            "price": 100.0,
            "tax_ids": [],
            **vals,
        }
        user = user or self.manager
        context = {"lang": "en_US", "allowed_company_ids": user.company_ids.ids}
        advice = self.advice.with_user(user).with_context(**context)
        return advice.get_advice(line)

    def _discounts(self, found):
        return [round(100 * each["discount"], 1) for each in found["quartiles"]]

    def test_quartiles_of_what_was_accepted(self):
        self._sell([0] * 5 + [4, 8, 12, 16])
        self._sell([0] * 6 + [15] * 6, state="cancel")
        found = self._ask()
        self.assertFalse(found["is_silent"])
        self.assertEqual(self._discounts(found), [0.0, 0.0, 8.0])
        self.assertAlmostEqual(found["quartiles"][2]["price"], 92.0)
        self.assertIn("Bonbonne 12 L", found["basis"])
        self.assertIn("9 of 21 lines were won", found["basis"])
        self.assertEqual(found["bands"][0]["label"], "No discount")
        self.assertTrue(0.4 < found["bands"][0]["rate"] < 0.6)
        self.assertIsNone(found["bands"][1]["rate"])
        self.assertIn("Nobody knows", found["note"])

    def test_a_lower_price_is_a_discount(self):
        self._sell([0] * 12)
        self._sell([0] * 9, price=90.0)
        self.assertEqual(self._discounts(self._ask()), [0.0, 0.0, 10.0])

    def test_a_new_price_list_is_none(self):
        self._sell([0] * 12, sent=200)
        self._sell([0] * 12, price=130.0, sent=20)
        self.assertEqual(self._discounts(self._ask()), [0.0, 0.0, 0.0])

    def test_few_cases_are_silent_and_say_how_many(self):
        self._sell([5] * 6)
        found = self._ask()
        self.assertTrue(found["is_silent"])
        self.assertIn("6 of 6 lines", found["basis"])
        self.assertNotIn("quartiles", found)

    def test_where_the_product_is_rare_its_category_speaks(self):
        self._sell([10] * 25)
        rare = self._create_product("Bonbonne 25 L", 100.0, categ_id=self.category.id)
        found = self._ask(product_id=rare.id)
        self.assertIn("Eau", found["basis"])
        self.assertEqual(self._discounts(found), [10.0] * 3)

    def test_each_class_of_clients_has_its_own(self):
        self._sell([0] * 25, clients=self.clients[:6])
        self._sell([20] * 24 + [0], clients=self.clients[6:])
        for client in self.clients:
            self.env["ai.client"].sudo().create(
                {"company_id": self.company.id, "partner_id": client.id}
            )
        self.env["ai.client"].search([("partner_id", "in", self.clients[6:].ids)]).sudo().write(
            {"tier": "gold"}
        )
        self.env.flush_all()
        self.assertEqual(self._discounts(self._ask()), [0.0] * 3)
        found = self._ask(client=self.clients[6])
        self.assertIn("Gold", found["basis"])
        self.assertEqual(self._discounts(found)[1], 20.0)

    def test_without_lost_ones_no_share_is_told(self):
        self._sell([5] * 25)
        found = self._ask()
        self.assertEqual(found["bands"], [])
        self.assertIn("Too few were lost", found["note"])

    def test_never_below_cost_for_who_may_see_it(self):
        self._sell([0] * 10 + [30] * 15)
        self.water.with_company(self.company).standard_price = 80.0
        found = self._ask()
        self.assertEqual(self._discounts(found), [0.0, 20.0, 20.0])
        self.assertIn("below cost", found["note"])
        dozen = self.env.ref("uom.product_uom_dozen")
        found = self._ask(uom_id=dozen.id, price=1200.0)
        self.assertEqual(self._discounts(found), [0.0, 20.0, 20.0])
        self.assertAlmostEqual(found["quartiles"][1]["price"], 960.0)

    def test_cost_is_without_taxes(self):
        self._sell([0] * 10 + [30] * 15)
        self.water.with_company(self.company).standard_price = 80.0
        tax = self._create_tax("TVA comprise", 25.0, included=True)
        found = self._ask(price=125.0, tax_ids=tax.ids)
        self.assertEqual(self._discounts(found), [0.0, 20.0, 20.0])

    def test_a_cost_that_one_may_not_see_caps_nothing(self):
        self._sell([0] * 10 + [30] * 15)
        self.water.with_company(self.company).standard_price = 80.0
        field = self.env["product.product"]._fields["standard_price"]
        groups, field.groups = field.groups, "base.group_system"
        self.addCleanup(setattr, field, "groups", groups)
        found = self._ask()
        self.assertEqual(self._discounts(found), [0.0, 30.0, 30.0])
        self.assertNotIn("cost", found["note"])

    def test_few_clients_are_not_given_away(self):
        self._sell([10] * 25, clients=self.clients[:2])
        self.company.ai_min_customers = 3
        found = self._ask(self.salesperson)
        self.assertTrue(found["is_silent"])
        self.assertIn("Too few clients", found["basis"])
        self.assertFalse(self._ask(self.manager)["is_silent"])

    def test_old_quotations_that_nobody_decided_are_lost(self):
        self._sell([0] * 10)
        self._quote([(self.clients[0], self.water, 1.0, 250, None, "sent")] * 12)
        self._quote([(self.clients[0], self.water, 1.0, 3, None, "sent")] * 4)
        self.assertIn("10 of 22 lines", self._ask()["basis"])

    def test_only_sellers_ask_about_what_they_may_see(self):
        stock = self._create_user("advice_stock", "stock.group_stock_manager")
        portal = self._create_user("advice_portal", "base.group_portal")
        for user in (stock, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._ask(user)
        other = self._create_company("Advice other")
        with self.assertRaises(AccessError):
            self._ask(self.salesperson, company_id=other.id)
        hidden = self.env["res.partner"].create({"name": "Autre", "company_id": other.id})
        with self.assertRaises(AccessError):
            self._ask(self.salesperson, client=hidden)
        for name in ("product_id", "partner_id"):
            with self.assertRaises(UserError):
                self._ask(**{name: False})

    def test_other_companies_sales_say_nothing(self):
        self._sell([10] * 25)
        other = self._create_company("Advice other")
        seller = self._create_user(
            "advice_other", "sales_team.group_sale_salesman_all_leads", other
        )
        found = self._ask(seller, company_id=other.id)
        self.assertTrue(found["is_silent"])
        self.assertIn("0 of 0 lines", found["basis"])
