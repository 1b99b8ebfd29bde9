from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..core.common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestSuggestions(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls._train()
        cls.seller_env = cls.env(user=cls.salesperson)

    def _quotation(self, *products, **vals):
        order = self._create_order(
            products, state="draft", days_ago=0, user_id=self.salesperson.id, **vals
        )
        return order.with_user(self.salesperson)

    def _names(self, order):
        return [item["name"] for item in order.ai_suggestions["items"]]

    def _item(self, order, product):
        items = order.ai_suggestions["items"]
        return next((item for item in items if item["product_id"] == product.id), None)

    # What is suggested

    def test_the_partner_of_a_bundle_comes_first_with_its_reasons(self):
        item = self._quotation(self.fountain).ai_suggestions["items"][0]
        self.assertEqual(item["product_id"], self.bottle.id)
        self.assertEqual(item["antecedents"], [self.fountain.display_name])
        self.assertEqual((item["support_count"], item["antecedent_count"]), (8, 10))
        self.assertAlmostEqual(item["confidence"], 0.8)
        self.assertAlmostEqual(item["lift"], 1.6)

    def test_nothing_that_is_in_the_basket(self):
        order = self._quotation(self.fountain, self.bottle)
        self.assertEqual(self._names(order)[0], "Gobelets")
        self.assertFalse({"Fontaine à eau", "Bonbonne 19 L"} & set(self._names(order)))

    def test_each_product_once_by_its_strongest_rule(self):
        names = self._names(self._quotation(self.fountain, self.cups))
        self.assertEqual(names.count("Bonbonne 19 L"), 1)
        item = self._item(self._quotation(self.fountain, self.cups), self.bottle)
        self.assertEqual(item["confidence"], 1.0)

    def test_archived_unsaleable_and_excluded_products_are_left_out_at_once(self):
        order = self._quotation(self.fountain)
        for change, undo in (
            ({"active": False}, {"active": True}),
            ({"sale_ok": False}, {"sale_ok": True}),
        ):
            self.bottle.write(change)
            order.invalidate_recordset(["ai_suggestions"])
            self.assertNotIn("Bonbonne 19 L", self._names(order))
            self.bottle.write(undo)
        self.company.ai_excluded_product_ids = self.bottle
        order.invalidate_recordset(["ai_suggestions"])
        self.assertNotIn("Bonbonne 19 L", self._names(order))

    def test_a_product_of_another_company_is_left_out(self):
        other = self._create_company("Autre")
        self.env.cr.execute(
            "UPDATE product_template SET company_id = %s WHERE id = %s",
            (other.id, self.bottle.product_tmpl_id.id),
        )
        self.env.invalidate_all()
        self.assertNotIn("Bonbonne 19 L", self._names(self._quotation(self.fountain)))

    def test_at_most_as_many_as_the_setting(self):
        self.assertGreater(len(self._names(self._quotation(self.fountain))), 1)
        self.company.ai_suggestion_limit = 1
        self.assertEqual(self._names(self._quotation(self.fountain)), ["Bonbonne 19 L"])

    def test_a_manual_rule_comes_first_with_its_reason(self):
        self.rules.create(
            {
                "antecedent_ids": [Command.set(self.fountain.ids)],
                "consequent_id": self.filter.id,
                "note": "Chaque fontaine a besoin d'un filtre",
            }
        )
        item = self._quotation(self.fountain).ai_suggestions["items"][0]
        self.assertEqual((item["name"], item["manual"]), ("Filtre", True))
        self.assertEqual(item["note"], "Chaque fontaine a besoin d'un filtre")

    def test_a_switched_off_rule_suggests_nothing(self):
        self.rules.search([("consequent_id", "=", self.bottle.id)]).active = False
        self.assertNotIn("Bonbonne 19 L", self._names(self._quotation(self.fountain)))

    # Why there is nothing

    def test_each_empty_tab_says_why(self):
        self.soap.categ_id = self.env["product.category"].create({"name": "Hygiène"})
        self.assertEqual(self._quotation(self.soap).ai_suggestions["status"], "no_match")
        self.company.ai_enabled = False
        self.assertEqual(self._quotation(self.fountain).ai_suggestions["status"], "disabled")
        self.company.ai_enabled = True
        self.rules.search([]).unlink()
        self.runs.search([]).unlink()
        self.assertEqual(self._quotation(self.fountain).ai_suggestions["status"], "untrained")
        self.assertEqual(self._quotation().ai_suggestions["status"], "empty_basket")

    def test_an_empty_quotation_without_a_customer_asks_for_a_first_product(self):
        order = self.seller_env["sale.order"].new({"company_id": self.company.id})
        self.assertEqual(order.ai_suggestions["status"], "empty_basket")

    def test_an_empty_quotation_shows_what_is_popular_with_customers(self):
        items = self._quotation().ai_suggestions["items"]
        self.assertTrue(items)
        self.assertEqual({item["kind"] for item in items}, {"popular"})

    # Price, quantity

    def test_the_price_is_that_of_the_customer_and_equals_the_line_added(self):
        euro = self._use_currency("EUR")
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Revendeurs",
                "company_id": self.company.id,
                "currency_id": euro.id,
                "item_ids": [
                    Command.create(
                        {"compute_price": "percentage", "percent_price": 10, "base": "list_price"}
                    )
                ],
            }
        )
        order = self._quotation(self.fountain, pricelist_id=pricelist.id)
        item = self._item(order, self.bottle)
        self.assertAlmostEqual(item["price"], 35.0 * 0.9 * 0.5)
        self.assertEqual(item["currency_id"], euro.id)
        line = self.env["sale.order.line"].browse(order.action_add_to_cart(self.bottle.id))
        self.assertAlmostEqual(line.price_unit * (1 - line.discount / 100), item["price"])

    def test_a_price_included_tax_is_mapped_as_on_the_line(self):
        included = self._create_tax("TVA 20 TTC", 20.0, included=True)
        none = self._create_tax("Export", 0.0)
        self.bottle.taxes_id = included
        position = self._create_fiscal_position("Export", included, none)
        order = self._quotation(self.fountain, fiscal_position_id=position.id)
        price = self._item(order, self.bottle)["price"]
        self.assertAlmostEqual(price, 35.0 / 1.2, places=2)
        line = self.env["sale.order.line"].browse(order.action_add_to_cart(self.bottle.id))
        self.assertAlmostEqual(line.price_unit, price, places=2)
        self.assertEqual(line.tax_id, none)

    def test_the_usual_quantity_is_offered_and_added(self):
        for partner in self.partners:
            self._create_order([self.filter, (self.cups, 50)], partner=partner)
        self._train()
        order = self._quotation(self.filter)
        self.assertEqual(self._item(order, self.cups)["quantity"], 50.0)
        line = self.env["sale.order.line"].browse(order.action_add_to_cart(self.cups.id))
        self.assertEqual(line.product_uom_qty, 50.0)

    # Adding and dismissing

    def test_adding_writes_a_computed_line_and_the_tab_follows(self):
        order = self._quotation(self.fountain)
        line = self.env["sale.order.line"].browse(order.action_add_to_cart(self.bottle.id))
        self.assertEqual(
            (line.product_uom_qty, line.price_unit, line.product_uom, line.name),
            (1.0, 35.0, self.bottle.uom_id, "Bonbonne 19 L"),
        )
        self.assertNotIn("Bonbonne 19 L", self._names(order))

    def test_adding_again_adds_to_the_same_line(self):
        order = self._quotation(self.fountain)
        line = self.env["sale.order.line"].browse(order.action_add_to_cart(self.bottle.id))
        self.assertEqual(order.action_add_to_cart(self.bottle.id), line.id)
        self.assertEqual(line.product_uom_qty, 2.0)

    def _line_in_dozens(self):
        order = self._quotation(self.fountain)
        line = self.env["sale.order.line"].browse(order.action_add_to_cart(self.bottle.id))
        line.write({"product_uom": self.env.ref("uom.product_uom_dozen").id, "product_uom_qty": 1})
        return order, line

    def test_a_line_in_dozens_stays_whole_and_a_new_one_takes_the_unit(self):
        order, line = self._line_in_dozens()
        added = self.env["sale.order.line"].browse(order.action_add_to_cart(self.bottle.id))
        self.assertEqual(line.product_uom_qty, 1.0)
        self.assertEqual((added.product_uom_qty, added.product_uom), (1.0, self.bottle.uom_id))
        self.assertEqual(order.action_add_to_cart(self.bottle.id), added.id)
        self.assertEqual(added.product_uom_qty, 2.0)

    def test_a_line_in_dozens_takes_dozens(self):
        order, line = self._line_in_dozens()
        self.assertEqual(order._ai_add_product(self.bottle.id, 24.0), line.id)
        self.assertAlmostEqual(line.product_uom_qty, 3.0)

    def test_a_line_with_a_package_takes_whole_packages(self):
        if "product.packaging" not in self.env:
            self.skipTest("in this series of Odoo packages are units")
        order = self._quotation(self.fountain)
        package = self.env["product.packaging"].create(
            {"name": "Lot", "product_id": self.bottle.id, "qty": 6.0}
        )
        line = self.env["sale.order.line"].browse(order._ai_add_product(self.bottle.id, 6.0))
        line.product_packaging_id = package
        self.assertNotEqual(order._ai_add_product(self.bottle.id, 1.0), line.id)
        self.assertEqual(line.product_uom_qty, 6.0)

    def _suggested_quantity(self, product, usual):
        found = self.env["ai.suggestion"]._sale_quantities(self.company, {product: usual})
        return found[product.id]

    def test_half_a_piece_is_never_suggested(self):
        self.assertEqual(self._suggested_quantity(self.soap, 1.5), 2.0)
        self.assertEqual(self._suggested_quantity(self.soap, 0.3), 1.0)
        self.assertEqual(self._suggested_quantity(self.soap, 0.0), 1.0)

    def test_parts_of_what_is_measured_are_suggested_unless_nobody_ever_bought_any(self):
        unit = self.env.ref("uom.product_uom_kgm")
        vals = {"uom_id": unit.id}
        if "uom_po_id" in self.soap._fields:
            vals["uom_po_id"] = unit.id
        saffron = self._create_product("Safran", **vals)
        self.assertEqual(self._suggested_quantity(saffron, 0.004), 0.01)
        self.assertEqual(self._suggested_quantity(saffron, 2.5), 2.5)
        for number in range(10):
            self._create_order([(saffron, 2.0 + number % 2)], days_ago=number + 1)
        self.assertEqual(self._suggested_quantity(saffron, 2.5), 3.0)
        self._create_order([(saffron, 0.25)])
        self.assertEqual(self._suggested_quantity(saffron, 2.5), 2.5)

    def test_a_closed_order_takes_nothing_and_says_so(self):
        for vals in ({"state": "sale"}, {"state": "cancel"}, {"locked": True}):
            order = self._quotation(self.fountain)
            order.sudo().write(vals)
            self.assertTrue(order.ai_suggestions["readonly"])
            with self.assertRaisesRegex(UserError, order.name):
                order.action_add_to_cart(self.bottle.id)

    def test_a_product_that_cannot_be_sold_is_refused_by_name(self):
        order = self._quotation(self.fountain)
        self.bottle.sale_ok = False
        with self.assertRaisesRegex(UserError, "Bonbonne"):
            order.action_add_to_cart(self.bottle.id)
        with self.assertRaisesRegex(UserError, "Reload"):
            order.action_add_to_cart(2**30)

    def test_a_blocked_product_is_refused_with_the_reason(self):
        order = self._quotation(self.fountain)
        self._block_for_sale(self.cups, "Rappel du lot")
        with self.assertRaisesRegex(UserError, "Rappel du lot"):
            order.action_add_to_cart(self.cups.id)

    def test_another_sellers_order_takes_nothing_from_me(self):
        order = self._quotation(self.fountain)
        colleague = self._create_user("sr_colleague", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            order.with_user(colleague).action_add_to_cart(self.bottle.id)

    def test_a_dismissed_suggestion_stays_away_for_that_order_only(self):
        order, other = self._quotation(self.fountain), self._quotation(self.fountain)
        order.action_dismiss_suggestion(self.bottle.id)
        self.assertNotIn("Bonbonne 19 L", self._names(order))
        self.assertEqual(order.ai_suggestions["dismissed_count"], 1)
        self.assertIn("Bonbonne 19 L", self._names(other))
        self.assertFalse(order.copy().ai_dismissed_product_ids)
        order.action_dismiss_suggestion(self.cups.id)
        # What is popular in the category comes last, until that was sent away too.
        for item in order.ai_suggestions["items"]:
            self.assertEqual(item["kind"], "popular")
            order.action_dismiss_suggestion(item["product_id"])
        self.assertEqual(order.ai_suggestions["status"], "all_dismissed")

    # The form, before anything is saved

    def test_a_new_unsaved_quotation_has_suggestions_that_follow_the_lines(self):
        with Form(self.seller_env["sale.order"]) as form:
            form.partner_id = self.partner.with_env(self.seller_env)
            with form.order_line.new() as line:
                line.product_id = self.fountain.with_env(self.seller_env)
            names = [item["name"] for item in form.ai_suggestions["items"]]
            self.assertEqual(names[0], "Bonbonne 19 L")
            with form.order_line.new() as line:
                line.product_id = self.bottle.with_env(self.seller_env)
            names = [item["name"] for item in form.ai_suggestions["items"]]
            self.assertEqual(names[0], "Gobelets")
            form.order_line.remove(0)
            form.order_line.remove(0)
            kinds = {item["kind"] for item in form.ai_suggestions["items"]}
            self.assertEqual(kinds, {"popular"})

    def test_more_products_in_the_basket_take_no_more_queries(self):
        few = self._quotation(self.fountain)
        extra = self._create_products("Article", 30)
        many = self._quotation(self.fountain, *extra)
        for order in (few, many):
            self._count_queries(order)  # warms the caches that outlive a request
        self.assertEqual(self._count_queries(few), self._count_queries(many))

    def _count_queries(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertTrue(order.ai_suggestions["items"])
        return self.env.cr.sql_log_count - before
