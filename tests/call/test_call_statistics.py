"""Statistics: revenue once an order, ranks of clients, and the ready favourites."""

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import datetime, safe_eval
from odoo.tools.translate import code_translations

from ..client.common import CallCenterCommon

NAMES = {
    "ai_call_filter_by_operator": "Calls by Operator",
    "ai_call_filter_top_clients": "Top Ten Clients",
    "ai_call_filter_revenue_by_operator": "Revenue by Operator",
    "ai_call_filter_revenue_by_client": "Revenue by Client",
}


@tagged("post_install", "-at_install")
class TestCallRevenue(CallCenterCommon):
    def _order(self, **vals):
        return self._create_order([(self.bottle, 2.0)], partner=self.hotel, **vals)

    def test_a_call_has_the_revenue_of_its_confirmed_order(self):
        order = self._order(state="draft")
        call = self._create_call(order_id=order.id)
        self.assertEqual(call.revenue, 0.0)
        order.action_confirm()
        self.assertEqual(call.revenue, order.amount_untaxed)
        self.assertGreater(call.revenue, 0.0)
        order._action_cancel()
        self.assertEqual(call.revenue, 0.0)

    def test_an_order_of_several_calls_counts_once(self):
        order = self._order()
        second = self._create_call(order_id=order.id, hours_ago=1)
        self.assertEqual(second.revenue, order.amount_untaxed)
        first = self._create_call(order_id=order.id, hours_ago=5, user=self.colleague)
        self.assertEqual((first.revenue, second.revenue), (order.amount_untaxed, 0.0))
        first.order_id = False
        self.assertEqual((first.revenue, second.revenue), (0.0, order.amount_untaxed))
        third = self._create_call(order_id=order.id, hours_ago=3)
        third.unlink()
        self.assertEqual(second.revenue, order.amount_untaxed)

    def test_it_is_in_the_currency_of_the_company(self):
        foreign = self.env.ref("base.CHF")
        foreign.active = True
        today = fields.Date.today()
        foreign.rate_ids = [
            fields.Command.create(
                {"name": today.replace(year=2000), "rate": 4.0, "company_id": self.company.id}
            )
        ]
        order = self._order(state="draft")
        order.currency_id = foreign
        order.action_confirm()
        call = self._create_call(order_id=order.id)
        self.assertAlmostEqual(call.revenue, order.amount_untaxed / 4.0, places=2)

    def test_nobody_writes_it(self):
        call = self._create_call()
        with self.assertRaises(AccessError):
            call.with_user(self.operator).write({"revenue": 1000.0})


@tagged("post_install", "-at_install")
class TestCallRanks(CallCenterCommon):
    def _seen(self, user=None):
        return self.calls.with_user(user or self.supervisor).with_company(self.company)

    def _first_clients(self, count, user=None):
        calls = self._seen(user).search([("month_rank", "<=", count)])
        return calls.commercial_partner_id

    def test_clients_are_ranked_by_their_calls_of_the_month(self):
        for _each in range(3):
            self._create_call(hours_ago=0)
        self._create_call(self.partner, hours_ago=0)
        self.assertEqual(self._first_clients(1), self.hotel)
        self.assertEqual(self._first_clients(2), self.hotel | self.partner)
        call = self._create_call(self.partner, hours_ago=0).with_user(self.supervisor)
        self.assertEqual(call.month_rank, 2)

    def test_earlier_months_do_not_count(self):
        for _each in range(3):
            self._create_call(self.partner, hours_ago=24 * 40)
        self._create_call(hours_ago=0)
        self.assertEqual(self._first_clients(1), self.hotel)

    def test_an_operator_ranks_own_calls(self):
        self._create_call(self.partner, hours_ago=0, user=self.colleague)
        self._create_call(self.partner, hours_ago=0, user=self.colleague)
        self._create_call(hours_ago=0)
        self.assertEqual(self._first_clients(1, self.operator), self.hotel)

    def test_another_company_does_not_count(self):
        other = self._create_company("Autre")
        (self.hotel | self.partner).company_id = False
        for _each in range(3):
            self._create_call(self.partner, hours_ago=0, company_id=other.id)
        self._create_call(hours_ago=0)
        self.supervisor.company_ids |= other
        self.assertEqual(self._first_clients(1), self.hotel)


@tagged("post_install", "-at_install")
class TestCallFavourites(CallCenterCommon):
    def _favourites(self, user, **context):
        action = self.env.ref("smart_recommender.ai_call_statistics_action")
        filters = self.env["ir.filters"].with_user(user).with_context(**context)
        return {each["id"]: each for each in filters.get_filters("ai.call", action.id)}

    def test_supervisors_have_them_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = {name: f"{name} (fr)" for name in NAMES.values()}
        with patch.object(code_translations, "get_python_translations", return_value=french):
            found = self._favourites(self.supervisor, lang="fr_FR")
        for xmlid, name in NAMES.items():
            favourite = self.env.ref(f"smart_recommender.{xmlid}")
            self.assertEqual(favourite.name, name)
            self.assertEqual(found[favourite.id]["name"], french[name])

    def test_each_can_be_searched_and_grouped(self):
        order = self._create_order([(self.bottle, 2.0)], partner=self.hotel)
        call = self._create_call(order_id=order.id, hours_ago=0)
        seen = self.calls.with_user(self.supervisor).with_company(self.company)
        for name in NAMES:
            with self.subTest(name=name):
                favourite = self.env.ref(f"smart_recommender.{name}")
                words = {"context_today": datetime.datetime.now}
                found = seen.search(safe_eval(favourite.domain, words))
                self.assertIn(call, found)
                context = safe_eval(favourite.context)
                measured = {*context["pivot_measures"], context["graph_measure"]} - {"__count"}
                grouped = {*context["group_by"], *context["graph_groupbys"]}
                fields_of = seen.fields_get(measured | grouped)
                self.assertTrue(all(fields_of[each]["store"] for each in measured | grouped))

    def test_revenue_of_another_company_is_not_added(self):
        other = self._create_company("Autre")
        self.hotel.company_id = False
        order = self._create_order([(self.bottle, 2.0)], partner=self.hotel, company=other)
        call = self._create_call(order_id=order.id, company_id=other.id, hours_ago=0)
        self.assertTrue(call.revenue)
        self.supervisor.company_ids |= other
        seen = self.calls.with_user(self.supervisor)
        seen = seen.with_context(allowed_company_ids=(self.company | other).ids)
        self.assertIn(call, seen.search([("is_current_company", "=", False)]))
        self.assertNotIn(call, seen.search([("is_current_company", "=", True)]))
