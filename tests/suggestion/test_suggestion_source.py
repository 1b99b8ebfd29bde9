"""What order lines keep of the suggestion that they came from."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..core.common import RecommenderCommon

FIELDS = ["ai_source", "ai_kind", "ai_rank", "ai_added_qty", "ai_run_id"]


@tagged("post_install", "-at_install")
class TestSuggestionSource(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls._train()
        cls.runs._train_now(cls.company, "customers")
        cls.training = cls.runs.search([("kind", "=", "rules")], limit=1)

    def _quotation(self, *products):
        order = self._create_order(products, state="draft", days_ago=0, user_id=self.salesperson.id)
        return order.with_user(self.salesperson)

    def _line(self, order, product):
        return order.order_line.filtered(lambda line: line.product_id == product)

    def _kept(self, line):
        return tuple(line[name] for name in FIELDS[:4])

    def test_a_line_from_the_cart_says_kind_rank_quantity_and_training(self):
        order = self._quotation(self.fountain)
        order.action_add_to_cart(self.bottle.id)
        line = self._line(order, self.bottle)
        self.assertEqual(self._kept(line), ("cart", "rule", 1, 1.0))
        self.assertEqual(line.sudo().ai_run_id, self.training)

    def test_more_on_a_line_that_a_person_made_counts_only_what_was_added(self):
        order = self._quotation(self.fountain)
        line = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.bottle.id, "product_uom_qty": 5}
        )
        origin = {"ai_source": "sheet", "ai_kind": "reorder", "ai_rank": 2}
        order._ai_add_product(self.bottle.id, 2.0, origin)
        self.assertEqual((line.product_uom_qty, self._kept(line)), (7, ("sheet", "reorder", 2, 2)))
        order._ai_add_product(self.bottle.id, 3.0, {**origin, "ai_rank": 1})
        self.assertEqual(self._kept(line), ("sheet", "reorder", 2, 5))

    def test_dozens_are_kept_in_the_product_s_own_unit(self):
        order = self._quotation(self.fountain)
        line = self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.bottle.id,
                "product_uom": self.env.ref("uom.product_uom_dozen").id,
                "product_uom_qty": 1,
            }
        )
        order._ai_add_product(
            self.bottle.id, 12.0, {"ai_source": "sheet", "ai_kind": "rule", "ai_rank": 1}
        )
        self.assertEqual((line.product_uom_qty, line.ai_added_qty), (2, 12))

    def test_a_product_that_nothing_suggested_has_no_source(self):
        order = self._quotation(self.fountain)
        stranger = self._create_product("Agrafeuse")
        order.action_add_to_cart(stranger.id)
        self.assertEqual(self._kept(self._line(order, stranger)), (False, False, 0, 0))

    def test_an_offer_from_the_sheet_keeps_what_the_user_saw(self):
        partner = self.partner.with_user(self.salesperson)
        added = partner.action_add_offer(
            self.bottle.id, quantity=4.0, kind="popular", rank=3, new=True
        )
        line = self.env["sale.order.line"].browse(added["line_id"])
        self.assertEqual(self._kept(line), ("sheet", "popular", 3, 4))

    def test_an_unknown_kind_is_refused_in_words(self):
        partner = self.partner.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "no kind of suggestion"):
            partner.action_add_offer(self.bottle.id, quantity=1.0, kind="magic", new=True)

    def test_each_kind_names_the_training_that_finds_it(self):
        offers = self.runs.search([("kind", "=", "customers")], limit=1)
        for kind, training in (
            ("reorder", offers),
            ("similar", offers),
            ("popular", self.training),
        ):
            line = self.env["sale.order.line"].create(
                {
                    "order_id": self._quotation(self.soap).id,
                    "product_id": self.bottle.id,
                    "ai_source": "tab",
                    "ai_kind": kind,
                }
            )
            self.assertEqual(line.sudo().ai_run_id, training, kind)

    def test_an_offer_without_words_is_looked_up(self):
        partner = self.partner.with_user(self.salesperson)
        items = {item["product_id"]: item for item in partner.get_offers()["items"]}
        product_id, item = next(iter(items.items()))
        added = partner.action_add_offer(product_id, new=True)
        line = self.env["sale.order.line"].browse(added["line_id"])
        self.assertEqual(self._kept(line)[:3], ("sheet", item["kind"], item["rank"]))

    def test_a_copy_of_the_order_is_no_suggestion(self):
        order = self._quotation(self.fountain)
        order.action_add_to_cart(self.bottle.id)
        copied = self._line(order.copy(), self.bottle)
        self.assertEqual(self._kept(copied), (False, False, 0, 0))

    def test_another_product_on_the_line_loses_the_source(self):
        order = self._quotation(self.fountain)
        order.action_add_to_cart(self.bottle.id)
        line = self._line(order, self.bottle)
        line.product_id = self.soap
        self.assertEqual(self._kept(line), (False, False, 0, 0))
        self.assertFalse(line.sudo().ai_run_id)

    def test_another_product_in_the_form_loses_the_source(self):
        order = self._quotation(self.fountain)
        order.action_add_to_cart(self.bottle.id)
        with Form(order) as form, form.order_line.edit(1) as line:
            line.product_id = self.soap
        self.assertEqual(self._kept(self._line(order, self.soap)), (False, False, 0, 0))

    def test_another_quantity_leaves_the_source(self):
        order = self._quotation(self.fountain)
        order.action_add_to_cart(self.bottle.id)
        line = self._line(order, self.bottle)
        line.write({"product_uom_qty": 9, "product_id": self.bottle.id})
        self.assertEqual(self._kept(line), ("cart", "rule", 1, 1.0))

    def test_portal_users_read_the_line_and_not_its_source(self):
        portal = new_test_user(self.env, login="sr_source_portal", groups="base.group_portal")
        order = self._create_order([self.fountain], partner=portal.partner_id)
        order.message_subscribe(portal.partner_id.ids)
        line = order.order_line.with_user(portal)
        self.assertEqual(line.read(["product_uom_qty"])[0]["product_uom_qty"], 1)
        for name in FIELDS:
            with self.assertRaises(AccessError):
                line.read([name])
