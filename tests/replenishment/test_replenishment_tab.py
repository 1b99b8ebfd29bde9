"""The Replenishment tab of products: figures of now, or why there are none."""

import json
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestReplenishmentTab(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_soap_and_cups()
        cls._sell_daily(cls.filter, 2.0, days=6)
        cls._train_stock()

    def _create_stored(self, name):
        product = self._create_product(name)
        product.detailed_type = "product"
        return product

    def _tab(self, product, user=None, company=None):
        product = product.with_user(user or self.storekeeper)
        product = product.with_company(company or self.company)
        product.invalidate_recordset(["ai_replenishment"])
        return product.ai_replenishment

    def _only_row(self, product, **options):
        (variant,) = self._tab(product, **options)["variants"]
        (row,) = variant["rows"]
        return row

    def _status(self, product):
        return self._tab(product)["status"]

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_the_tab_tells_what_the_board_tells(self):
        self.rows._refresh(self.company)
        row, stored = self._only_row(self.soap), self._row(self.soap)
        self.assertEqual(row["id"], stored.id)
        for name in ("action", "rop", "available", "quantity", "cover", "lead_time", "urgency"):
            self.assertEqual(row[name], stored[name], name)
        self.assertEqual(row["action"], "order_now")
        self.assertEqual(row["explanation"], stored.explanation)
        self.assertEqual(row["vendor"], "Fournisseur Maghreb")
        self.assertEqual((row["price"], row["price_is_cost"]), (2.0, False))
        self.assertIsNone(row["rule"])
        self.assertTrue(0 < row["fill_rates"]["service"] <= 1)

    def test_figures_are_rounded_alike_in_the_tab_and_on_the_board(self):
        self._put(self.bottle, 40.0, days_ago=100)
        self._sell_daily(self.bottle, 1.0, skip=range(1, 60, 7))
        self._train_stock()
        row, stored = self._only_row(self.bottle), self._row(self.bottle)
        self.assertEqual(row["daily_demand"], stored.daily_demand)
        self.assertEqual(row["explanation"], stored.explanation)

    def test_stock_is_that_of_now_and_of_the_smart_button(self):
        self._put(self.soap, 500.0)
        row = self._only_row(self.soap)
        self.assertEqual(row["on_hand"], 510.0)
        self.assertEqual(row["on_hand"], self.soap.with_company(self.company).qty_available)
        self.assertEqual((row["action"], row["quantity"]), ("ok", 0.0))
        self.assertIn("510", row["explanation"])
        self.assertEqual(self._row(self.soap).on_hand, 10.0, "looking writes nothing")

    def test_open_on_the_board_refreshes_the_row(self):
        self._put(self.soap, 500.0)
        action = self._row(self.soap).with_user(self.storekeeper).action_open_on_board()
        self.assertEqual(action["res_id"], self._row(self.soap).id)
        self.assertEqual(self._row(self.soap).on_hand, 510.0)
        with self.assertRaises(AccessError):
            self._row(self.soap).with_user(self.salesperson).action_open_on_board()

    def test_the_rule_that_is_there_is_shown(self):
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.soap.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "product_min_qty": 3.0,
                "product_max_qty": 7.0,
            }
        )
        self.assertEqual(self._only_row(self.soap)["rule"], {"min": 3.0, "max": 7.0})

    def test_what_is_not_known_is_null_and_the_json_is_strict(self):
        row = self._only_row(self.filter)
        self.assertEqual(row["action"], "unknown")
        for name in ("rop", "cover", "daily_demand", "quantity", "safety_stock"):
            self.assertIsNone(row[name], name)
        self.assertIn("6", row["explanation"])

    def test_nothing_but_strict_json_leaves_the_server(self):
        for product in self.soap | self.filter | self.fountain | self.bottle:
            json.dumps(self._tab(product), allow_nan=False)

    def test_what_was_never_sold_lasts_for_ever(self):
        self._put(self.fountain, 3.0)
        row = self._only_row(self.fountain)
        self.assertTrue(row["endless"])
        self.assertEqual((row["action"], row["rop"]), ("ok", 0.0))

    def test_queries_do_not_grow_with_products(self):
        def count(products):
            products = products.with_user(self.storekeeper).with_company(self.company)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            tabs = products.mapped("ai_replenishment")
            self.assertEqual({tab["status"] for tab in tabs}, {"ok"})
            return self.env.cr.sql_log_count - before

        many = self._create_products("Article", 40)
        many.detailed_type = "product"
        vendors = self.env["res.partner"].create([{"name": product.name} for product in many])
        for seller, vendor in zip(self._supply(many), vendors, strict=True):
            seller.partner_id = vendor
        self.env["stock.warehouse.orderpoint"].create(
            [
                {
                    "product_id": product.id,
                    "location_id": self.warehouse.lot_stock_id.id,
                    "company_id": self.company.id,
                }
                for product in many
            ]
        )
        self._train_stock()
        few = self.soap | many[:3]
        count(few)  # What is cached for the whole server is read once.
        self.assertEqual(count(self.soap | many), count(few))

    # ------------------------------------------------------------------
    # Several warehouses, variants, companies
    # ------------------------------------------------------------------

    def _second_warehouse(self):
        return self.env["stock.warehouse"].create(
            {"name": "Annexe", "code": "ANX", "company_id": self.company.id}
        )

    def test_each_warehouse_has_its_row_the_most_urgent_first(self):
        annex = self._second_warehouse()
        self._put(self.soap, 30.0, annex)
        self._train_stock()
        (variant,) = self._tab(self.soap)["variants"]
        self.assertEqual(
            [row["warehouse_id"] for row in variant["rows"]], [self.warehouse.id, annex.id]
        )
        self.assertEqual([row["on_hand"] for row in variant["rows"]], [10.0, 30.0])

    def test_stock_of_a_warehouse_that_was_not_planned_is_shown(self):
        annex = self._second_warehouse()
        self._put(self.soap, 30.0, annex)
        (variant,) = self._tab(self.soap)["variants"]
        row = variant["rows"][1]
        self.assertEqual((row["warehouse_id"], row["id"]), (annex.id, None))
        self.assertEqual((row["on_hand"], row["available"]), (30.0, 30.0))
        self.assertEqual((row["action"], row["rop"]), ("unknown", None))
        self.assertIn("Not planned yet", row["explanation"])

    def test_a_template_has_the_advice_of_each_variant(self):
        color = self.env["product.attribute"].create(
            {
                "name": "Couleur",
                "value_ids": [Command.create({"name": name}) for name in ("Bleu", "Rouge")],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Seau",
                "attribute_line_ids": [
                    Command.create(
                        {"attribute_id": color.id, "value_ids": [Command.set(color.value_ids.ids)]}
                    )
                ],
            }
        )
        template.detailed_type = "product"
        blue, red = template.product_variant_ids
        self._sell_daily(blue, 3.0)
        self._train_stock()
        tab = self._tab(template)
        self.assertEqual(tab["status"], "ok")
        self.assertEqual([variant["id"] for variant in tab["variants"]], [blue.id, red.id])
        demands = [variant["rows"][0]["daily_demand"] for variant in tab["variants"]]
        self.assertAlmostEqual(demands[0], 3.0)
        self.assertEqual(demands[1], 0.0)
        self.company.ai_excluded_product_ids = red
        tab = self._tab(template)
        self.assertEqual([each["status"] for each in tab["variants"]], ["ok", "excluded"])
        self.assertEqual(tab["status"], "ok")

    def test_the_tab_is_that_of_the_current_company(self):
        other = self._create_company("Autre")
        self.storekeeper.company_ids |= other
        self.env.user.company_ids |= other
        self._sell_daily(self.soap, 1.0)
        self.assertEqual(self._tab(self.soap, company=other)["status"], "untrained")
        row = self._only_row(self.soap)
        self.assertEqual(row["warehouse_id"], self.warehouse.id)

    # ------------------------------------------------------------------
    # Reasons
    # ------------------------------------------------------------------

    def test_each_reason_for_nothing_is_told(self):
        late = self._create_stored("Nouveau")
        service = self._create_product("Pose", detailed_type="service")
        self.assertEqual(self._status(late), "new")
        self.assertEqual(self._status(service), "service")
        self.assertEqual(self._status(self._create_product("Ficelle")), "consumable")
        self.company.ai_excluded_product_ids = self.soap
        self.assertEqual(self._status(self.soap), "excluded")
        self.cups.active = False
        self.assertEqual(self._status(self.cups), "archived")
        self.assertEqual(self._status(self.cups.product_tmpl_id), "archived")
        self.company.ai_enabled = False
        self.assertEqual(self._status(self.soap), "disabled")

    def test_before_the_first_training_it_is_told(self):
        self.rows.search([]).unlink()
        self.assertEqual(self._status(self.soap), "untrained")
        self.assertEqual(self._status(self.soap.product_tmpl_id), "untrained")

    def test_a_company_without_a_warehouse_is_told(self):
        late = self._create_stored("Nouveau")
        self.env.cr.execute(
            "UPDATE stock_warehouse SET active = false WHERE company_id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._status(late), "no_warehouse")

    def test_a_kit_is_told_even_where_it_is_a_consumable(self):
        kit = self._create_product("Lot")
        products = type(self.env["product.product"])
        with patch.object(products, "_ai_kits", lambda self, _company: self & kit):
            self.assertEqual(self._status(kit), "kit")
            self.assertEqual(self._status(self.soap), "ok")

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_who_plans_stock_or_buys_or_manages_the_recommender_sees_the_tab(self):
        buyer = self._create_user("sr_buyer", "purchase.group_purchase_user")
        curator = self._create_user("sr_curator", "smart_recommender.group_manager")
        for user in (self.storekeeper, buyer, curator):
            self.assertEqual(self._only_row(self.soap, user=user)["action"], "order_now")
            self.assertIn("ai_replenishment", self.soap.with_user(user).fields_get())

    def test_salespeople_and_portal_users_have_no_field(self):
        portal = self._create_user("sr_portal", "base.group_portal")
        picker = self._create_user("sr_picker", "stock.group_stock_user")
        for user in (self.salesperson, picker, portal):
            for product in (self.soap, self.soap.product_tmpl_id):
                seen = product.with_user(user)
                self.assertNotIn("ai_replenishment", seen.fields_get())
                with self.assertRaises(AccessError):
                    seen.read(["ai_replenishment"])
