"""What is offered is what the client usually takes, and what is shown is what is written."""

from odoo import Command
from odoo.tests import tagged

from .offers_common import OffersCommon


@tagged("post_install", "-at_install")
class TestUsualQuantities(OffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_tastes()
        # The others take six cups and two fountains at a time; the regular twenty bottles lately.
        for partner in cls.partners[1:]:
            cls._create_purchases(partner, [(cls.cups, 6), (cls.fountain, 2)], [8, 16])
        cls._create_purchases(cls.regular, [(cls.bottle, 20)], range(14, 22))
        for kind in ("rules", "customers"):
            cls.runs.with_company(cls.company)._train_now(cls.company, kind)

    def _quotation(self, *products, partner=None, user=None):
        user = user or self.operator
        order = self._create_order(
            products, state="draft", days_ago=0, partner=partner or self.regular, user_id=user.id
        )
        return order.with_user(user)

    def _item(self, order, product):
        order.invalidate_recordset(["ai_suggestions"])
        items = order.ai_suggestions["items"]
        return next(item for item in items if item["product_id"] == product.id)

    # Which quantity

    def test_the_last_orders_count_and_not_those_of_long_ago(self):
        self.assertEqual(self._by_name(self.regular)["Bonbonne 19 L"]["quantity"], 20.0)
        row = self.offers.search([("partner_id", "=", self.regular.id), ("kind", "=", "reorder")])
        self.assertEqual(row.typical_quantity, 20.0)

    def test_every_kind_of_suggestion_takes_the_clients_own_quantity(self):
        """Whatever explains the bottle, this client takes twenty."""
        rows = {
            "reorder": {"offer_kind": "reorder", "rule_id": None, "because": None},
            "rule": {"offer_kind": None, "rule_id": 1, "because": None},
            "affinity": {"offer_kind": None, "rule_id": None, "because": [1]},
            "similar": {"offer_kind": "similar", "rule_id": None, "because": [1]},
            "history": {"offer_kind": None, "rule_id": None, "because": None},
        }
        suggestion = self.env["ai.suggestion"]
        rule = self.rules.new({"typical_quantity": 6.0})
        for kind, row in rows.items():
            row = {
                "tier": 1,
                "order_count": 13,
                "usual_quantity": 20.0,
                "typical_quantity": 6.0,
                **row,
            }
            self.assertEqual(suggestion._kind_of(row), kind)
            self.assertEqual(suggestion._usual_quantity(row, rule), 20.0, kind)

    def test_a_rule_and_a_popular_product_take_the_clients_own_quantity_in_the_tab(self):
        for products in ([self.fountain], [self.soap]):
            item = self._item(self._quotation(*products), self.bottle)
            self.assertEqual(item["quantity"], 20.0)
        self.runs.search([("kind", "=", "rules")], limit=1)._keep_result(is_beaten=True)
        item = self._item(self._quotation(self.fountain), self.bottle)
        self.assertEqual((item["kind"], item["quantity"]), ("popular", 20.0))

    def test_what_is_new_to_the_client_is_offered_as_others_take_it(self):
        cups = self._by_name(self.regular)["Gobelets"]
        self.assertEqual((cups["kind"], cups["quantity"]), ("similar", 6.0))
        for item in self._offers_of(self.newcomer)["items"]:
            self.assertEqual(item["kind"], "popular")
        self.assertEqual(self._by_name(self.newcomer)["Gobelets"]["quantity"], 6.0)
        tab = self._quotation(self.fountain, partner=self.newcomer)
        rule = self._rule(self.fountain, self.cups)
        self.assertTrue(rule.typical_quantity)
        self.assertEqual(self._item(tab, self.cups)["quantity"], rule.typical_quantity)

    def test_a_manual_rule_without_figures_takes_what_any_client_takes(self):
        self.rules.create(
            {
                "antecedent_ids": [Command.set(self.soap.ids)],
                "consequent_id": self.cups.id,
                "company_id": self.company.id,
            }
        )
        item = self._item(self._quotation(self.soap, partner=self.newcomer), self.cups)
        self.assertEqual((item["manual"], item["quantity"]), (True, 6.0))

    def test_a_dozen_is_twelve(self):
        orders = self._create_purchases(self.regular, [(self.filter, 2)], [13, 23, 33])
        orders.order_line.product_uom = self.env.ref("uom.product_uom_dozen")
        self._train_offers()
        self.assertEqual(self._by_name(self.regular)["Filtre"]["quantity"], 24.0)

    def test_two_lines_of_one_order_are_one_purchase(self):
        self._create_purchases(self.regular, [(self.filter, 5), (self.filter, 5)], [3, 9, 15])
        history = self._history(self.regular, self.operator)
        self.assertEqual(history[self.filter.id]["usual_quantity"], 10.0)

    def _history(self, partner, user):
        extract = self.env["ai.sales.extract"].with_user(user)
        self.env.flush_all()
        self.env.cr.execute(extract._customer_history_query(self.company, partner))
        return {row["product_id"]: row for row in self.env.cr.dictfetchall()}

    def test_what_another_company_sold_is_not_this_clients_quantity(self):
        other = self._create_company("Autre")
        self.regular.company_id = False
        self._create_purchases(self.regular, [(self.bottle, 99)], range(1, 9), company=other)
        self.assertEqual(self._by_name(self.regular)["Bonbonne 19 L"]["quantity"], 20.0)

    # What is shown is written

    def _measured(self):
        unit = self.env.ref("uom.product_uom_kgm")
        vals = {"uom_id": unit.id}
        if "uom_po_id" in self.soap._fields:
            vals["uom_po_id"] = unit.id
        return self._create_product("Farine", **vals)

    def test_the_tab_shows_for_each_suggestion_what_is_written(self):
        flour = self._measured()
        self._create_purchases(self.regular, [self.fountain, (flour, 20.5)], [3, 10, 17, 24])
        self._train()
        order = self._quotation(self.fountain)
        items = order.ai_suggestions["items"]
        self.assertIn((flour.id, 20.5), [(i["product_id"], i["quantity"]) for i in items])
        for item in items:
            line = self.env["sale.order.line"].browse(order.action_add_to_cart(item["product_id"]))
            line.invalidate_recordset()
            self.assertEqual(line.product_uom_qty, item["quantity"], item["name"])
            self.assertEqual(line.product_uom.display_name, item["uom"])

    def test_the_sheet_shows_for_each_offer_what_is_written(self):
        self._create_purchases(self.regular, [(self._measured(), 20.5)], [13, 23, 33])
        self._train_offers()
        client = self.regular.with_user(self.operator)
        items = client.get_offers()["items"]
        self.assertIn(20.5, [item["quantity"] for item in items])
        for item in items:
            for quantity in (item["quantity"], None):
                added = client.action_add_offer(item["product_id"], new=True, quantity=quantity)
                line = self.env["sale.order.line"].browse(added["line_id"])
                line.invalidate_recordset()
                self.assertEqual(line.product_uom_qty, item["quantity"], item["name"])

    def test_no_more_decimals_are_shown_than_an_order_line_writes(self):
        flour = self._measured()
        flour.uom_id.rounding = 0.0001
        quantities = self.env["ai.suggestion"]._sale_quantities(self.company, {flour: 0.1256})
        self.assertEqual(quantities[flour.id], 0.13)

    def test_what_the_screen_showed_is_written_though_the_offer_is_gone(self):
        client = self.regular.with_user(self.operator)
        client.action_dismiss_offer(self.bottle.id)
        added = client.action_add_offer(self.bottle.id, new=True, quantity=20.0)
        line = self.env["sale.order.line"].browse(added["line_id"])
        self.assertEqual(line.product_uom_qty, 20.0)
