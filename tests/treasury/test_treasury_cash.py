"""Cash of the next days: what is in it, how it is learned, who sees it."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TreasuryCommon


class CashCommon(TreasuryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("sr_accountant", "account.group_account_invoice")
        cls.pages = cls.env["ai.cash.page"]

    @classmethod
    def _fill_bank(cls, amount):
        cls.env["account.move"].with_company(cls.company).create(
            {
                "journal_id": cls.journals["general"].id,
                "date": cls._day(1),
                "line_ids": [
                    Command.create({"account_id": cls.accounts["bank"].id, "debit": amount}),
                    Command.create({"account_id": cls.accounts["equity"].id, "credit": amount}),
                ],
            }
        ).action_post()

    def _forecast(self, what_if=None, user=None):
        pages = self.pages.with_user(user or self.accountant).with_company(self.company)
        return pages.get_forecast(what_if)

    def _line(self, planned, after, **vals):
        """A planned payment in so many days, once."""
        return self.env["ai.cash.line"].create(
            {
                "name": "Loyer",
                "company_id": self.company.id,
                "direction": "in" if planned > 0 else "out",
                "first_date": self.today + timedelta(days=after),
                "unit": "once",
                "amount": abs(planned),
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestCashPage(CashCommon):
    def test_nothing_is_nothing(self):
        found = self._forecast()
        self.assertEqual((found["status"], found["balance"]), ("empty", 0))
        self.assertFalse(found["crossing"])
        self.assertFalse(found["trained"])
        self.assertIn("Nothing has been learned yet", found["words"][0])

    def test_all_kinds_are_in_it_and_none_twice(self):
        self._fill_bank(1000.0)
        self._move(300.0, due=-10)
        self._move(200.0, due=-20, kind="in_invoice", ref="F1")
        order = self._create_order([(self.bottle, 2)], partner=self.client)
        order.order_line.tax_id = False
        self._line(-50.0, 5)
        found = self._forecast()
        self.assertEqual((found["status"], found["balance"]), ("ok", 1000))
        by_kind = {row["kind"]: row["amounts"] for row in found["kinds"]}
        self.assertEqual(by_kind["planned"], [-50, -50, -50])
        self.assertEqual(by_kind["invoice"], [0, 300, 300])
        self.assertEqual(by_kind["bill"], [0, -200, -200])
        self.assertAlmostEqual(by_kind["order"][2], order.amount_total)
        self.assertEqual(len(found["items"]), 4)
        self.assertEqual(found["items"][0]["partner"], self.client.display_name)
        end = found["totals"][-1]
        self.assertAlmostEqual(end["median"], 1050 + order.amount_total, delta=0.1)
        self.assertEqual(
            sum(sum(week["amounts"].values()) for week in found["weeks"]), end["change"]
        )

    def test_drafts_that_post_themselves_are_planned(self):
        self._move(90.0, issued=-10, due=-15, post=False, auto_post="monthly")
        self._move(70.0, due=-15, post=False)
        by_kind = {row["kind"]: row["amounts"] for row in self._forecast()["kinds"]}
        self.assertEqual(by_kind["planned"], [0, 90, 90])

    def test_the_day_on_which_the_limit_is_crossed(self):
        self._fill_bank(100.0)
        self.company.ai_cash_limit = 60.0
        self._line(-50.0, 12)
        crossing = self._forecast()["crossing"]
        day = fields.Date.to_string(self.today + timedelta(days=12))
        self.assertEqual(crossing, {"chance": 1.0, "date": day, "first_date": day})

    def test_what_if(self):
        self._fill_bank(100.0)
        self._move(300.0, due=-10)
        planned = self._line(-50.0, 5)
        later = self._forecast({"partner_id": self.client.id, "days": 60})
        self.assertAlmostEqual(later["totals"][1]["median"], 50, delta=0.1)
        self.assertAlmostEqual(later["base"]["totals"][1]["median"], 350, delta=0.1)
        earlier = self._forecast({"earlier": 5})
        self.assertAlmostEqual(earlier["totals"][0]["median"], 350, delta=0.1)
        key = next(item["key"] for item in earlier["items"] if item["res_id"] == planned.id)
        without = self._forecast({"without": [key]})
        self.assertAlmostEqual(without["totals"][0]["median"], 100, delta=0.1)
        for asked in ({"cost": 1}, {"earlier": 4000}):
            with self.assertRaises(UserError):
                self._forecast(asked)

    def test_anything_may_fall_away_however_small(self):
        self._fill_bank(100.0)
        for number in range(25):
            self._line(-100.0 - number, 5, name=f"Loyer {number}")
        small = self._line(-7.0, 5, name="Timbres")
        found = self._forecast()
        self.assertEqual((len(found["items"]), found["count"]), (20, 26))
        self.assertNotIn("Timbres", [item["name"] for item in found["items"]])
        pages = self.pages.with_user(self.accountant).with_company(self.company)
        items = pages.find_items(" timbr ")
        self.assertEqual([item["res_id"] for item in items], [small.id])
        without = self._forecast({"without": [items[0]["key"]]})
        difference = without["totals"][0]["median"] - found["totals"][0]["median"]
        self.assertAlmostEqual(difference, 7.0, delta=0.01)
        self.assertEqual(without["items"][0]["name"], "Timbres", "it can be ticked again")
        self.assertEqual(len(without["items"]), 21)
        self.assertEqual(pages.find_items(""), [])
        self.assertEqual(pages.find_items("%"), [])

    def test_after_a_training_the_range_is_known(self):
        self._fill_bank(100.0)
        self.runs.with_company(self.company)._train_now(self.company, "cash")
        self.assertTrue(self._forecast()["trained"])

    def test_only_who_reads_invoices_sees_it(self):
        for user in (self.salesperson, self.manager):
            with self.assertRaisesRegex(AccessError, "reads invoices"):
                self._forecast(user=user)
            with self.assertRaisesRegex(AccessError, "reads invoices"):
                self.pages.with_user(user).with_company(self.company).find_items("Loyer")

    def test_another_company_has_its_own(self):
        self._fill_bank(100.0)
        self._move(300.0, due=-10)
        other = self._create_company("Cash other")
        user = self._create_user("sr_other_accountant", "account.group_account_invoice", other)
        pages = self.pages.with_user(user).with_context(allowed_company_ids=other.ids)
        found = pages.get_forecast()
        self.assertEqual((found["status"], found["balance"], found["items"]), ("empty", 0, []))


@tagged("post_install", "-at_install")
class TestCashLines(CashCommon):
    def test_each_day_of_a_line_counts(self):
        line = self._line(-100.0, 0, unit="month", every=1)
        line.first_date = fields.Date.add(self.today, months=-5)
        until = self.extract._today(self.company) + 90
        rows = self.env["ai.cash.line"]._days_of(
            self.company, self.extract._today(self.company), until
        )
        self.assertIn(len(rows), (2, 3))
        self.assertEqual({row["amount"] for row in rows}, {-100.0})
        line.last_date = self.today
        self.assertFalse(
            self.env["ai.cash.line"]._days_of(
                self.company, self.extract._today(self.company), until
            )
        )

    def test_what_makes_no_sense_is_refused(self):
        for vals in (
            {"amount": 0.0},
            {"every": 0, "unit": "month"},
            {"last_date": self.today - timedelta(days=3)},
        ):
            with self.assertRaisesRegex(ValidationError, "Loyer"):
                self._line(-100.0, 0, **vals)

    def test_who_writes_them(self):
        lines = self.env["ai.cash.line"].with_user(self.accountant).with_company(self.company)
        line = lines.create({"name": "Salaires", "amount": 5000.0})
        self.assertEqual((line.company_id, line.direction), (self.company, "out"))
        with self.assertRaises(AccessError):
            self.env["ai.cash.line"].with_user(self.salesperson).search([])
        reader = self._create_user("sr_reader", "account.group_account_readonly")
        self.assertTrue(self.env["ai.cash.line"].with_user(reader).search([]))
        with self.assertRaises(AccessError):
            line.with_user(reader).amount = 1.0


@tagged("post_install", "-at_install")
class TestCashTraining(CashCommon):
    def _train_cash(self):
        return self.runs.with_company(self.company)._train_now(self.company, "cash")

    def test_without_payments_it_says_that_it_does_not_know(self):
        run = self._train_cash()
        self.assertEqual(run.state, "done")
        self.assertIn("too few past payments", run._verdict_cash())
        self.assertEqual(run._result().invoice_count, 0)
        self._move(300.0, due=-10)
        self.assertIn("too few past payments", self._forecast()["words"][0])

    def test_habits_of_clients_move_their_cash(self):
        """One client pays on time, the other forty days late, for a year."""
        late = self.partners[1]
        self._write_paid(
            [
                (partner, 100.0, 390 - 14 * number, 360 - 14 * number, 360 - 14 * number - days)
                for number in range(24)
                for partner, days in ((self.client, 0), (late, 40))
            ]
        )
        run = self._train_cash()
        result = run._result()
        self.assertEqual(result.invoice_count, 48)
        self.assertGreater(result.simple_wape, result.wape)
        self.assertNotEqual(result.method, "due")
        self._move(100.0, due=-10, partner=late)
        self._move(40.0, due=-10)
        found = self._forecast()
        invoices = found["kinds"][0]["amounts"]
        self.assertAlmostEqual(invoices[1], 40, delta=15)
        self.assertAlmostEqual(invoices[2], 140, delta=15)
        self.assertIn("was foreseen with an error", found["words"][0])
