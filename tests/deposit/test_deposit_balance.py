"""Who holds how many containers, since when: stock moves, first in first out, local days."""

import random
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import DepositCommon


def naive_fifo(flows):
    """(held, [(days ago, left over)]) of (days ago, quantity), the oldest first, one by one."""
    left = [[day, quantity] for day, quantity in flows if quantity > 0]
    returned = -sum(quantity for _day, quantity in flows if quantity < 0)
    for delivery in left:
        taken = min(returned, delivery[1])
        delivery[1] -= taken
        returned -= taken
    held = sum(quantity for _day, quantity in flows)
    return held, [(day, quantity) for day, quantity in left if quantity]


@tagged("post_install", "-at_install")
class TestDepositBalance(DepositCommon):
    def test_what_is_delivered_is_held_and_due_some_days_later(self):
        self._deliver_bottles(5.0, days_ago=10)
        row = self._balance()
        self.assertEqual((row.quantity, row.late_quantity, row.value), (5.0, 0.0, 200.0))
        self.assertEqual((row.oldest_date, row.due_date), (self._day(10), self._day(-20)))
        self.assertEqual((row.days_late, row.lateness), (-20, "due"))

    def test_a_quotation_and_a_delivery_to_come_count_nothing(self):
        self._order([(self.bottle, 5.0)])
        self._order([(self.bottle, 5.0)]).action_confirm()
        self.assertFalse(self._balance())

    def test_returns_settle_the_oldest_deliveries(self):
        self._deliver_bottles(5.0, days_ago=70)
        self._deliver_bottles(4.0, days_ago=40)
        self._deliver_bottles(3.0, days_ago=5)
        self.assertEqual(self._balance().late_quantity, 9.0)
        self._log_return(6.0, is_refunded=False)
        row = self._balance()
        self.assertEqual((row.quantity, row.late_quantity, row.late_value), (6.0, 3.0, 120.0))
        self.assertEqual((row.oldest_date, row.days_late), (self._day(40), 10))
        self.assertEqual((row.lateness, row.last_return_date), ("late_30", self._day(0)))
        self._log_return(6.0, is_refunded=False)
        self.assertFalse(self._balance())

    def test_any_sequence_is_settled_as_by_hand(self):
        rng = random.Random(20)
        for _case in range(8):
            partner = self.env["res.partner"].create({"name": "Client"})
            flows = [
                (days_ago, float(rng.randint(1, 9)) * rng.choice((1, 1, -1)))
                for days_ago in sorted(rng.sample(range(120), 7), reverse=True)
            ]
            for days_ago, quantity in flows:
                self._move(partner, quantity, days_ago)
            held, left = naive_fifo(flows)
            oldest = max((day for day, _quantity in left), default=None)
            row = self._balance(partner)
            self.assertEqual(row.quantity if row else 0.0, held, flows)
            if held > 0:
                late = sum(quantity for day, quantity in left if day > 30)
                self.assertEqual((row.oldest_date, row.late_quantity), (self._day(oldest), late))
            elif held < 0:
                self.assertEqual((row.lateness, row.due_date), ("over", False), flows)

    def _move(self, partner, quantity, days_ago):
        """A transfer by hand of the container alone; below zero, back."""
        clients = self.env.ref("stock.stock_location_customers")
        places = [self.warehouse.lot_stock_id, clients]
        operation = self.warehouse.out_type_id if quantity > 0 else self.warehouse.in_type_id
        source, target = places if quantity > 0 else reversed(places)
        moves = self.env["stock.move"]
        vals = {"name": "x"} if "name" in moves._fields else {}
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": operation.id,
                "partner_id": partner.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "move_ids": [
                    Command.create(
                        {
                            **vals,
                            "product_id": self.empty.id,
                            "product_uom_qty": abs(quantity),
                            "location_id": source.id,
                            "location_dest_id": target.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        self._finish(picking, days_ago)

    def test_contacts_and_addresses_count_for_their_company(self):
        self._deliver_bottles(2.0, partner=self.cook)
        self._deliver_bottles(3.0)
        self.assertEqual(self._balance().quantity, 5.0)
        self.assertFalse(self._balance(self.cook))

    def test_confirmed_lines_without_any_transfer_count_by_themselves(self):
        self._create_order([(self.bottle, 6.0)], partner=self.hotel, days_ago=40)
        self._create_order([(self.empty, -2.0)], partner=self.hotel, days_ago=20)
        row = self._balance()
        self.assertEqual((row.quantity, row.late_quantity), (4.0, 4.0))
        self.assertEqual(row.oldest_date, self._day(40))

    def test_a_cancelled_delivery_counts_nothing(self):
        order = self._order([(self.bottle, 5.0)])
        order.action_confirm()
        order.picking_ids.action_cancel()
        self.assertFalse(self._balance())

    def test_part_of_a_delivery_counts_as_far_as_it_went(self):
        order = self._order([(self.bottle, 5.0)])
        order.action_confirm()
        for move in order.picking_ids.move_ids:
            move.write({"quantity": 2.0, "picked": True})
        order.picking_ids._action_done()
        self.assertEqual(self._balance().quantity, 2.0)

    def test_odoos_own_return_counts(self):
        order = self._deliver_bottles(5.0)
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=order.picking_ids.id, active_model="stock.picking")
            .create({"picking_id": order.picking_ids.id})
        )
        for line in wizard.product_return_moves:
            line.quantity = 3.0 if line.product_id == self.empty else 0.0
        made = wizard.create_returns() if hasattr(wizard, "create_returns") else (
            wizard.action_create_returns()
        )  # fmt: skip
        self._finish(self.env["stock.picking"].browse(made["res_id"]))
        self.assertEqual(self._balance().quantity, 2.0)

    def test_archived_products_and_containers_are_still_at_clients(self):
        self._deliver_bottles(5.0)
        (self.empty | self.bottle).active = False
        self.container.active = False
        self.assertEqual(self._balance().quantity, 5.0)
        self.assertEqual(self._sheet()["deposits"][0]["name"], "Bonbonne vide")

    def test_days_are_those_of_the_company(self):
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"  # 14 hours ahead
        order = self._deliver_bottles(1.0)
        noon = fields.Datetime.now().replace(hour=12, minute=0) - timedelta(days=3)
        order.picking_ids.move_ids.move_line_ids.write({"date": noon})
        self.assertEqual(self._balance().oldest_date, noon.date() + timedelta(days=1))

    def test_days_and_deposits_are_those_of_each_company(self):
        other = self._create_company("Autre")
        self.env.user.company_ids |= other
        theirs = self._create_container(self.empty, self.bottle, company=other, value=7.0, days=5)
        self._deliver_bottles(2.0, days_ago=10, partner=self.shared_partner)
        self._create_order(
            [(self.bottle, 4.0)], partner=self.shared_partner, company=other, days_ago=10
        )
        self.env.flush_all()
        both = self.balances.with_context(allowed_company_ids=(self.company | other).ids)
        rows = both.search([("partner_id", "=", self.shared_partner.id)])
        found = {row.company_id: (row.quantity, row.value, row.late_quantity) for row in rows}
        self.assertEqual(found, {self.company: (2.0, 80.0, 0.0), other: (4.0, 28.0, 4.0)})
        self.assertEqual(rows.container_id, self.container | theirs)
        self.assertEqual(len(set(rows.ids)), 2)

    def test_late_ones_are_told_for_the_alert(self):
        self.hotel.ai_operator_id = self.colleague
        self._deliver_bottles(5.0, days_ago=45)
        self._deliver_bottles(3.0, days_ago=5)
        self._deliver_bottles(3.0, days_ago=5, partner=self.shared_partner)
        self.assertEqual(
            self.balances._late(self.company),
            [
                {
                    "partner_id": self.hotel.id,
                    "operator_id": self.colleague.id,
                    "container_id": self.container.id,
                    "product_id": self.empty.id,
                    "quantity": 5.0,
                    "value": 200.0,
                    "due_date": self._day(15),
                    "days_late": 15,
                }
            ],
        )
        self.assertEqual(self.balances._late(self._create_company("Autre")), [])

    def test_lists_group_and_add_up(self):
        self._deliver_bottles(5.0, days_ago=45)
        self._deliver_bottles(3.0, days_ago=5, partner=self.shared_partner)
        self.env.flush_all()
        groups = self.balances._read_group([], ["lateness"], ["quantity:sum", "value:sum"])
        self.assertEqual(sorted(groups), [("due", 3.0, 120.0), ("late_30", 5.0, 200.0)])
