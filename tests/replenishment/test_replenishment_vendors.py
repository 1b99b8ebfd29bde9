"""What vendors are judged by, who sees it, and what goes by it."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..core.tours import TourCase, form_of
from .common import StockCommon


class VendorCommon(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scores = cls.env["ai.vendor.score"]
        cls.slow = cls.env["res.partner"].create({"name": "Fournisseur Lent"})
        cls.buyer = cls._create_user("sr_buyer", "purchase.group_purchase_user")

    @classmethod
    def _buy(cls, vendor, product, ago, days, promised=5, quantity=10.0, got=None, price=2.0):
        """An order of products confirmed so many days ago that came after some days; None for not
        yet."""
        order = cls.env["purchase.order"].create(
            {
                "partner_id": vendor.id,
                "company_id": cls.company.id,
                "picking_type_id": cls.warehouse.in_type_id.id,
                "order_line": [
                    Command.create(
                        {"product_id": each.id, "product_qty": quantity, "price_unit": price}
                    )
                    for each in product
                ],
            }
        )
        confirmed = fields.Datetime.now() - timedelta(days=ago)
        order.order_line.date_planned = confirmed + timedelta(days=promised)
        order.button_confirm()
        order.date_approve = confirmed
        if days is not None:
            cls._validate(order.picking_ids, got)
            done = order.picking_ids.move_ids.filtered(lambda move: move.state == "done")
            done.date = confirmed + timedelta(days=days)
        return order

    @classmethod
    def _train_vendors(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "vendors")

    def _score(self, vendor):
        return self.scores.search(
            [("partner_id", "=", vendor.id), ("company_id", "=", self.company.id)]
        )


@tagged("post_install", "-at_install")
class TestVendors(VendorCommon):
    def test_the_promise_of_the_confirmation_stays(self):
        order = self._buy(self.vendor, self.soap, 20, None)
        line, first = order.order_line, order.order_line.date_planned
        self.assertEqual(line.ai_promised, first)
        line.date_planned = first + timedelta(days=30)
        self.assertEqual(line.ai_promised, first)
        order.button_approve()
        self.assertEqual(line.ai_promised, first)
        self.assertFalse(order.copy().order_line.ai_promised)

    def test_lines_that_are_added_later_are_promised_then(self):
        order = self._buy(self.vendor, self.soap, 20, None)
        order.order_line = [Command.create({"product_id": self.cups.id, "product_qty": 1.0})]
        added = order.order_line.filtered(lambda line: line.product_id == self.cups)
        self.assertEqual(added.ai_promised, added.date_planned)

    def test_a_new_confirmation_is_a_new_promise(self):
        order = self._buy(self.vendor, self.soap, 20, None)
        order.button_cancel()
        order.button_draft()
        self.assertFalse(order.order_line.ai_promised)
        later = fields.Datetime.now() + timedelta(days=9)
        order.order_line.date_planned = later
        order.button_confirm()
        self.assertEqual(order.order_line.ai_promised, order.order_line.date_planned)

    def test_nobody_edits_a_promise_and_buyers_confirm(self):
        order = self._ask_vendor(self.soap, 3.0).with_user(self.buyer)
        order.button_confirm()
        self.assertTrue(order.order_line.ai_promised)
        with self.assertRaises(AccessError):
            order.order_line.write({"ai_promised": False})
        with self.assertRaises(AccessError):
            order.order_line.create(
                {
                    "order_id": order.id,
                    "product_id": self.soap.id,
                    "product_qty": 1.0,
                    "ai_promised": fields.Datetime.now(),
                }
            )

    def test_lines_are_read_in_units_of_the_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._ask_vendor(self.soap, 2.0, product_uom=dozen.id, price_unit=24.0)
        order.button_confirm()
        self._validate(order.picking_ids)
        lines = self.env["ai.stock.extract"]._purchase_lines(self.company)
        self.assertEqual(lines["wanted"].tolist(), [24.0])
        self.assertAlmostEqual(lines["got"][0], 24.0)
        self.assertAlmostEqual(lines["price"][0], 2.0)
        self.assertEqual(lines["is_kept"].tolist(), [1])

    def test_the_late_one_is_seen_although_the_date_was_moved(self):
        for ago in range(30, 150, 12):
            self._buy(self.vendor, self.soap, ago, 4)
            order = self._buy(self.slow, self.cups, ago, 12)
            order.order_line.date_planned += timedelta(days=30)
        run = self._train_vendors()
        good, slow = self._score(self.vendor), self._score(self.slow)
        self.assertEqual((good.on_time, slow.on_time), (1.0, 0.0))
        self.assertGreater(good.score, slow.score)
        self.assertAlmostEqual(slow.lead_mean, 12.0, delta=1.5)
        self.assertEqual((slow.line_count, slow.kept_count), (10, 10))
        self.assertLess(slow.on_time_high, good.on_time_low)
        self.assertIn("0% on time", slow.summary)
        self.assertIn("2 vendors", run.outcome)
        self.assertIn("Too few orders", run.with_user(self.manager).verdict)
        self.assertFalse(run.with_user(self.manager).is_beaten)

    def test_what_was_learned_before_stays_where_the_new_is_worse(self):
        from ...algorithms.core.gain import Gain
        from ...algorithms.replenishment import vendor_backtest, vendor_duel

        for ago in (30, 40, 50):
            self._buy(self.vendor, self.soap, ago, 4)
            self._buy(self.slow, self.cups, ago, 12)
        gain = Gain("brier", 0.1, 0.2, 0.1, 0.05, 0.15, 40)
        worse = vendor_duel.VendorDuel(45, 0.1, 0.2, True)
        with patch.object(vendor_backtest, "backtest", lambda *_args: (gain, None)):
            first = self._train_vendors()
            store = self.env["ai.model.store"]
            kept = store._last(self.company, "vendors")
            self._buy(self.slow, self.cups, 20, 12)
            with patch.object(vendor_duel, "duel", lambda *_args: worse):
                second = self._train_vendors()
            again = store._last(self.company, "vendors")
            third = self._train_vendors()
        self.assertTrue(first._result().replaced)
        self.assertFalse(second._result().replaced)
        self.assertEqual(again, kept)
        self.assertEqual(self._score(self.slow).line_count, 4, "it is counted anew all the same")
        self.assertIn("on 45 lines decided since", second.with_user(self.manager).verdict)
        # Nothing was decided since that tells the one from the other.
        self.assertTrue(third._result().replaced)

    def test_what_is_missing_counts_once_it_is_due(self):
        self._buy(self.vendor, self.soap, 30, 4, got=6.0)
        self._buy(self.slow, self.soap, 3, 1, promised=20, got=6.0)
        self._train_vendors()
        self.assertEqual(self._score(self.vendor).complete, 0.0)
        self.assertEqual(self._score(self.slow).judged_count, 0)
        self.assertIn("Nothing", self._score(self.slow).summary)

    def test_what_went_back_counts(self):
        order = self._buy(self.vendor, self.soap, 30, 4)
        suppliers = self.env.ref("stock.stock_location_suppliers")
        received = order.picking_ids.move_ids
        back = self._create_move(
            self.soap, 2.0, self.warehouse.lot_stock_id, suppliers,
            origin_returned_move_id=received.id,
        )  # fmt: skip
        back._action_confirm()
        back._action_assign()
        back.quantity = 2.0
        back.picked = True
        back._action_done()
        self._train_vendors()
        self.assertEqual(self._score(self.vendor).returned, 1.0)

    def test_without_orders_nothing_is_judged(self):
        run = self._train_vendors()
        self.assertEqual(run.state, "done")
        self.assertIn("no vendor is judged", run.outcome)
        self.assertFalse(run._verdict_vendors())

    def test_weights_can_be_set_and_not_all_be_nothing(self):
        for ago in (30, 40):
            self._buy(self.vendor, self.soap, ago, 4)
            self._buy(self.slow, self.soap, ago, 12)
        weights = {f"ai_vendor_{name}": 0 for name in ("complete", "lead", "price", "returns")}
        self.company.write({**weights, "ai_vendor_on_time": 7})
        run = self._train_vendors()
        self.assertEqual((self._score(self.vendor).score, self._score(self.slow).score), (1, 0))
        self.assertIn("Weight of On Time: 7", run.parameters_text)
        self.company.ai_vendor_tolerance = 10
        self._train_vendors()
        self.assertEqual(self._score(self.slow).score, 1.0)
        with self.assertRaises(ValidationError):
            self.company.ai_vendor_on_time = 0
        with self.assertRaises(UserError):
            self.company.ai_vendor_on_time = -1


@tagged("post_install", "-at_install")
class TestVendorLeadTimes(VendorCommon):
    """Six products that sell every day; their vendor promises five days and takes twelve."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.soap.union(*(cls._create_stored(f"Savon {one}") for one in range(5)))
        cls._supply(cls.goods, delay=5)
        for product in cls.goods:
            cls._put(product, 50.0, days_ago=150)
            product.with_company(cls.company).standard_price = 2.0
            cls._sell_daily(product, 4.0)

    def _buy_all(self, days):
        for ago in range(20, 200, 5):
            self._buy(self.vendor, self.goods, ago, days)

    def _train(self):
        self._train_stock()
        run = self.runs.search([("kind", "=", "replenishment")], limit=1)
        return run.with_user(self.manager).with_context(lang="en_US")

    def test_receipts_that_win_the_replay_are_what_replenishment_goes_by(self):
        self._buy_all(12)
        run = self._train()
        result = run.sudo()._result()
        self.assertEqual(result.lead_count, 6)
        self.assertGreater(result.receipt_fill, result.plan_fill + 0.1)
        self.assertTrue(result.receipts_win)
        self.assertIn("Receipts win. Replenishment goes by them once", run.replay_text)
        run = self._train()
        self.assertLess(self._row(self.soap).lead_time, 8.0, "until somebody switches it on")
        self.company.ai_proven_receipts = True
        run = self._train()
        self.assertIn("Receipts win, and replenishment goes by them", run.replay_text)
        row = self._row(self.soap)
        self.assertGreater(row.lead_time, 11.0)
        self.assertIn("receipts", row.explanation)
        self.assertIn("better guide", self._train_vendors()._verdict_vendors())
        self.assertIn("on time", row.with_user(self.storekeeper).vendor_summary)
        self.company.ai_proven_receipts = False
        self._train()
        self.assertLess(self._row(self.soap).lead_time, 8.0)

    def test_promises_that_are_kept_stay(self):
        self._buy_all(5)
        self.company.ai_proven_receipts = True
        self._train()
        run = self._train()
        self.assertFalse(run.sudo()._result().receipts_win)
        self.assertIn("the delays stay", run.replay_text)
        self.assertNotIn("receipts", self._row(self.soap).explanation)

    def test_without_receipts_nothing_is_compared(self):
        run = self._train()
        self.assertFalse(run.sudo()._result().lead_count)
        self.assertNotIn("newest receipts", run.replay_text)


@tagged("post_install", "-at_install")
class TestVendorSecurity(VendorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Kinshasa")
        cls._buy(cls.vendor, cls.soap, 30, 4)
        cls.order = cls._buy(cls.vendor, cls.soap, 3, None)
        cls._train_vendors()
        cls._train_vendors(cls.other)

    def test_purchase_stock_and_managers_see_them_and_nobody_edits(self):
        row = self._score(self.vendor)
        for user in self.buyer | self.storekeeper | self.manager:
            with self.subTest(user=user.login):
                self.assertIn(row, self.scores.with_user(user).search([]))
                with self.assertRaises(AccessError):
                    row.with_user(user).write({"score": 1.0})
                with self.assertRaises(AccessError):
                    row.with_user(user).unlink()

    def test_salespeople_operators_and_portal_see_nothing(self):
        seller = self._create_user("sr_vendor_seller", "sales_team.group_sale_salesman")
        operator = self._create_user("sr_op", "smart_recommender.group_call_operator")
        portal = new_test_user(self.env, login="sr_portal", groups="base.group_portal")
        for user in seller | operator | portal:
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.scores.with_user(user).search([])
                with self.assertRaises(AccessError):
                    self.order.with_user(user).action_open_ai_vendor()
                fields_seen = self.order.with_user(user).fields_get()
                self.assertNotIn("ai_vendor_score_id", fields_seen)
        self.assertNotIn("ai_promised", self.order.order_line.with_user(portal).fields_get())

    def test_another_company_sees_none_of_it(self):
        theirs = self._create_user("sr_theirs", "purchase.group_purchase_user", self.other)
        own = {"allowed_company_ids": self.other.ids}
        rows = self.scores.with_user(theirs).with_context(**own)
        self.assertFalse(rows.search([]))
        with self.assertRaises(AccessError):
            rows.browse(self._score(self.vendor).id).read(["score"])
        with self.assertRaises(AccessError):
            self.order.with_user(theirs).with_context(**own).action_open_ai_vendor()

    def test_the_order_opens_its_vendor(self):
        order = self.order.with_user(self.buyer)
        self.assertEqual(order.ai_vendor_score_id, self._score(self.vendor))
        self.assertEqual(order.action_open_ai_vendor()["res_id"], self._score(self.vendor).id)

    def test_only_managers_ask_for_a_training(self):
        with self.assertRaises(AccessError):
            self.runs.with_user(self.buyer).action_run_vendors()
        self.runs.with_user(self.manager).action_run_vendors()


@tagged("post_install", "-at_install")
class TestVendorTour(VendorCommon, TourCase):
    def test_a_buyer_looks_at_a_vendor_and_at_an_order(self):
        self._buy(self.slow, self.soap, 30, 12)
        order = self._buy(self.slow, self.soap, 3, None)
        self._train_vendors()
        self.start_tour(
            form_of(order),
            "smart_recommender_vendors",
            login="sr_buyer",
        )
