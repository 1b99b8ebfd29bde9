"""What clients are worth: who has left, what is used, who is called and who may read it."""

from datetime import timedelta
from unittest.mock import patch

import numpy as np

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TreasuryCommon


class ValueCommon(TreasuryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Value other")
        cls.roles = {
            name: cls._create_user(f"sr_value_{name}", groups)
            for name, groups in (
                ("supervisor", "smart_recommender.group_call_supervisor"),
                ("operator", "smart_recommender.group_call_operator"),
                ("seller", "sales_team.group_sale_salesman"),
                ("accountant", "account.group_account_manager"),
                ("trainer", "smart_recommender.group_manager"),
                ("portal", "base.group_portal"),
            )
        }
        cls.values = cls.env["ai.client.value"]

    @classmethod
    def _buyers(cls, count=120):
        """Clients who buy every week or so for a year, every second one of whom leaves after some
        months: (res.partner, arrays as of ``ai.treasury.extract._purchases``)."""
        clients = cls.env["res.partner"].create(
            [{"name": f"Épicerie {one}", "is_company": True} for one in range(count)]
        )
        rng, today = np.random.default_rng(3), cls.extract._today(cls.company)
        rows = []
        for place, client in enumerate(clients):
            day, pace = today - 400 + int(rng.integers(0, 60)), rng.uniform(5, 25)
            last = day + int(rng.integers(20, 250)) if place % 2 else today
            while day <= last:
                rows.append((client.id, int(day), rng.uniform(80, 120)))
                day += max(1.0, rng.exponential(pace))
        client, day, amount = map(np.array, zip(*rows, strict=True))
        return clients, {
            "client": client.astype(np.int64),
            "day": day.astype(np.int64),
            "amount": amount,
        }

    @classmethod
    def _train_value(cls, bought=None, company=None):
        company = company or cls.company
        runs = cls.runs.with_company(company)
        if bought is None:
            return runs._train_now(company, "value").with_context(lang="en_US")
        reader = patch.object(type(cls.extract), "_purchases", lambda _self, _company: dict(bought))
        with reader:
            return runs._train_now(company, "value").with_context(lang="en_US")

    def _row(self, partner):
        return self.values._of(self.company, partner)


@tagged("post_install", "-at_install")
class TestTreasuryValue(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients, cls.bought = cls._buyers()

    def test_who_fell_silent_has_likely_left(self):
        run = self._train_value(self.bought)
        result = run._result()
        self.assertEqual((result.method, result.client_count), ("model", 120))
        self.assertGreater(result.gain, 0.1)
        self.assertGreater(result.purchase_gain, 0)
        self.assertLess(abs(result.foreseen - result.brought), abs(result.simple - result.brought))
        self.assertTrue(result.replaced)
        self.assertFalse(run.is_beaten)
        self.assertIn("the model's error is smaller by", " ".join(run.verdict.split()))
        rows = self.values.search([("company_id", "=", self.company.id)])
        here = [self._row(client) for client in self.clients[::2]]
        gone = [self._row(client) for client in self.clients[1::2]]
        self.assertGreater(np.mean([row.alive for row in here]), 0.8)
        self.assertLess(np.mean([row.alive for row in gone]), 0.4)
        for row in rows:
            self.assertAlmostEqual(row.value, row.purchases * row.amount, places=1)
            self.assertEqual(row.method, "model")
        standings = [[row.standing for row in each].count("gone") for each in (gone, here)]
        self.assertGreater(standings[0], 30)
        self.assertLess(standings[1], 6)
        self.assertEqual(rows[:1].value, max(rows.mapped("value")))

    def test_few_clients_go_on_at_their_own_pace_and_it_says_so(self):
        few = self.bought["client"] <= self.clients[20].id
        run = self._train_value({name: values[few] for name, values in self.bought.items()})
        self.assertEqual(run._result().method, "simple")
        self.assertIn("too few clients for a model", run.verdict)
        self.assertIn("Gain: not tested", run.result_text)
        row = self._row(self.clients[0])
        self.assertEqual((row.method, row.standing), ("simple", False))
        own = self.bought["day"][self.bought["client"] == self.clients[0].id]
        age = self.extract._today(self.company) - own.min()
        self.assertAlmostEqual(row.purchases, (len(np.unique(own)) - 1) / age * 365, places=3)
        self.assertFalse(row.margin)

    def test_where_the_model_foresees_no_better_purchases_a_day_are_shown(self):
        from ...algorithms.treasury import lifetime

        with patch.object(lifetime.LifetimeReport, "shown", False):
            run = self._train_value(self.bought)
        self.assertTrue(run.is_beaten)
        self.assertIn("foresee as well as the model", run.verdict)
        self.assertEqual(set(self.values.search([]).mapped("method")), {"simple"})
        self.assertFalse(any(self.values.search([]).mapped("standing")))
        self.assertFalse(self.env["ai.model.store"]._last(self.company, "value"))

    def test_what_was_learned_before_stays_where_the_new_is_worse(self):
        from ...algorithms.treasury import lifetime_duel

        first = self._train_value(self.bought)
        kept = self.env["ai.model.store"]._last(self.company, "value")
        before = self._row(self.clients[0]).value
        worse = lifetime_duel.LifetimeDuel(100, 1.0, 2.0, True)
        fewer = {name: values[:-400] for name, values in self.bought.items()}
        with patch.object(lifetime_duel, "duel", lambda *_args, **_more: worse):
            second = self._train_value(fewer)
        self.assertTrue(first._result().replaced)
        self.assertFalse(second._result().replaced)
        self.assertIn("stays in use", second.verdict)
        store = self.env["ai.model.store"]._last(self.company, "value")
        self.assertEqual(store, kept)
        self.assertAlmostEqual(self._row(self.clients[0]).value, before, places=2)
        # A run of the same day knows nothing that the one before did not.
        self.assertTrue(self._train_value(self.bought)._result().replaced)

    def test_nobody_says_that_who_bought_once_is_still_a_client(self):
        once = self.clients[0]
        keep = self.bought["client"] != once.id
        keep[np.flatnonzero(self.bought["client"] == once.id)[0]] = True
        self._train_value({name: values[keep] for name, values in self.bought.items()})
        row = self._row(once)
        self.assertEqual((row.purchase_count, row.standing), (1, False))
        self.assertEqual(row._chance_in_words(), "")
        self.assertGreater(row.value, 0)

    def test_a_good_client_in_doubt_is_called_and_in_its_place(self):
        self._train_value(self.bought)
        doubtful = self.values.search([("standing", "=", "unsure")], limit=1)
        self.assertTrue(doubtful)
        figures = self.env["ai.client"].sudo().with_company(self.company)
        one, sure = figures.create(
            [
                {"company_id": self.company.id, "partner_id": partner.id, "tier": "gold"}
                for partner in (
                    doubtful.partner_id,
                    self.values.search([("standing", "=", "sure")], limit=1).partner_id,
                )
            ]
        )
        figures._note_values(self.company)
        self.assertEqual((one.standing, sure.standing), ("unsure", "sure"))
        self.assertAlmostEqual(one.value_ahead, doubtful.value, places=2)
        found = figures.search([("call_reasons", "=", "leaving")])
        self.assertEqual(found, one)
        words = one.with_user(self.roles["operator"]).with_context(lang="en_US").call_reasons
        self.assertRegex(words, r"may be leaving: still a client with \d+%")
        # Without a product due, what it buys within a month puts it into the order of calls.
        one.margin_ahead, sure.margin_ahead, sure.due_margin = 40.0, 70.0, 12.0
        self.assertEqual((one | sure)._call_margins(), [40.0, 12.0])

    def test_the_sheet_tells_managers_and_nobody_else(self):
        self._train_value(self.bought)
        client = self.clients[0]

        def section(role):
            partner = client.with_company(self.company).with_context(lang="en_US")
            return partner.with_user(self.roles[role]).get_client_sheet()["worth"]

        told = section("supervisor")
        self.assertAlmostEqual(told["value"], self._row(client).value, places=2)
        self.assertRegex(told["ahead"], "^Within a year .* purchases of .* are expected.$")
        self.assertRegex(told["chance"], r"^\d+% likely to be still a client$")
        self.assertFalse(section("operator"))

    def test_each_role_reads_what_it_may(self):
        self._train_value(self.bought)
        for role in ("supervisor", "trainer"):
            rows = self.values.with_user(self.roles[role]).search([])
            self.assertEqual(len(rows), 120, role)
        for role in ("operator", "seller", "accountant", "portal"):
            with self.assertRaises(AccessError, msg=role):
                self.values.with_user(self.roles[role]).search([])
        row = self.values.search([], limit=1)
        with self.assertRaises(AccessError):
            row.with_user(self.roles["trainer"]).read(["margin"])
        with self.assertRaises(AccessError):
            row.with_user(self.roles["supervisor"]).write({"value": 1})
        figures = self.env["ai.client"].with_user(self.roles["operator"])
        self.assertNotIn("value_ahead", figures.fields_get())
        with self.assertRaises(AccessError):
            self.runs.with_user(self.roles["supervisor"]).action_run_value()

    def test_another_company_sees_and_loses_nothing(self):
        self._train_value(self.bought)
        self._train_value(company=self.other)
        self.assertEqual(self.values.search_count([("company_id", "=", self.company.id)]), 120)
        abroad = self._create_user("sr_value_abroad", "smart_recommender.group_manager", self.other)
        rows = self.values.with_user(abroad).with_context(allowed_company_ids=self.other.ids)
        self.assertFalse(rows.search([]))

    def test_without_orders_the_run_is_done_and_rows_go(self):
        self._train_value(self.bought)
        run = self._train_value()
        self.assertEqual(run.state, "done")
        self.assertFalse(run.verdict)
        self.assertFalse(self.values.search([("company_id", "=", self.company.id)]))


@tagged("post_install", "-at_install")
class TestTreasuryPurchases(ValueCommon):
    """What is read of orders."""

    def _read(self):
        bought = self.extract._purchases(self.company)
        return sorted(zip(*(bought[name].tolist() for name in bought), strict=True))

    def test_confirmed_orders_of_the_commercial_entity_by_local_day(self):
        product = self._create_product("Eau", 50.0)
        contact = self.env["res.partner"].create({"name": "Réception", "parent_id": self.client.id})
        self._create_order([product], days_ago=3, partner=self.client)
        self._create_order([product], days_ago=2, partner=contact)
        self._create_order([product], state="draft", partner=self.client)
        self._create_order([product], company=self.other, partner=self.client)
        ahead = self._create_order([product], partner=self.client)
        ahead.date_order = fields.Datetime.now() + timedelta(days=2)
        day = self.extract._today(self.company)
        self.assertEqual(
            self._read(), [(self.client.id, day - 3, 50.0), (self.client.id, day - 2, 50.0)]
        )

    def test_a_refund_is_deducted_and_a_corrected_invoice_is_not(self):
        product = self._create_product("Eau", 50.0)
        product.with_company(self.company).property_account_income_id = self.accounts["income"]
        returned = self._create_order([product], days_ago=3, partner=self.client)
        mended = self._create_order([product], days_ago=2, partner=self.client)
        for order, kinds in (
            (returned, ("out_invoice", "out_refund")),
            (mended, ("out_invoice", "out_refund", "out_invoice")),
        ):
            for kind in kinds:
                move = self._move(50.0, kind=kind, partner=self.client, post=False)
                move.invoice_line_ids.sale_line_ids = order.order_line
                move.action_post()
        day = self.extract._today(self.company)
        self.assertEqual(
            self._read(), [(self.client.id, day - 3, 0.0), (self.client.id, day - 2, 50.0)]
        )

    def test_the_margin_of_all_sales_at_costs_of_today(self):
        self.assertEqual(self.extract._margin_share(self.company), 0.0)
        product = self._create_product("Eau", 50.0)
        product.with_company(self.company).standard_price = 20.0
        self._create_order([product], partner=self.client)
        self.assertAlmostEqual(self.extract._margin_share(self.company), 0.6)
