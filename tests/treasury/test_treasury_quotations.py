"""Quotations as they were at an age."""

from odoo.tests import tagged

from .quotations_common import QuotationsCommon

OPEN = 2**31 - 1


@tagged("post_install", "-at_install")
class TestWinQuotations(QuotationsCommon):
    """What is read."""

    def _read(self, age=1, company=None):
        found = self.env["ai.treasury.extract"]._quotations(company or self.company, age)
        names = ("sent", "decided", "won", "amount", "lines")
        today = self.env["ai.treasury.extract"]._today(self.company)
        rows = zip(found["order"].tolist(), *(found[name].tolist() for name in names), strict=True)
        return {
            order: (
                today - sent,
                None if decided == OPEN else today - decided,
                won,
                round(amount, 2),
                lines,
            )
            for order, sent, decided, won, amount, lines in rows
        }

    def test_each_quotation_is_read_once_with_its_end(self):
        client = self.clients[0]
        won, lost, is_open = self._quote(
            [
                (client, self.bottle, 2.0, 30, 22, "sale"),
                (client, self.bottle, 3.0, 20, 12, "cancel"),
                (client, self.bottle, 4.0, 9, None, "sent"),
            ]
        )
        self.assertEqual(
            self._read(),
            {
                won.id: (30, 22, True, 70.0, 1),
                lost.id: (20, 12, False, 105.0, 1),
                is_open.id: (9, None, False, 140.0, 1),
            },
        )

    def test_orders_of_the_past_that_were_imported_were_no_quotations(self):
        imported = self._create_order([self.bottle], days_ago=40)
        self.assertNotIn(imported.id, self._read())

    def test_what_came_later_is_not_known(self):
        [order] = self._quote([(self.clients[0], self.bottle, 2.0, 30, 22, "sale")])
        late = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.cups.id, "product_uom_qty": 5.0}
        )
        self.env.flush_all()
        self._date_line(late, 25)
        self._log_amount(order, 70.0, 130.0, 25)
        self.assertEqual(self._read(1)[order.id][3:], (70.0, 1))
        self.assertEqual(self._read(7)[order.id][3:], (order.amount_untaxed, 2))

    def _date_line(self, line, days):
        self.env.cr.execute(
            "UPDATE sale_order_line SET create_date = %s WHERE id = %s", [self._ago(days), line.id]
        )

    def _log_amount(self, order, old, new, days):
        field = self.env["ir.model.fields"]._get("sale.order", "amount_untaxed")
        message = self.env["mail.message"].create(
            {"model": "sale.order", "res_id": order.id, "date": self._ago(days)}
        )
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": field.id,
                "old_value_float": old,
                "new_value_float": new,
            }
        )

    def test_amounts_are_in_the_company_s_currency_and_of_the_entity(self):
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.clients[0].id})
        [order] = self._quote([(contact, self.bottle, 2.0, 30, 22, "sale")])
        self.env.cr.execute("UPDATE sale_order SET currency_rate = 2 WHERE id = %s", [order.id])
        found = self.env["ai.treasury.extract"]._quotations(self.company, 1)
        self.assertEqual(found["client"].tolist(), self.clients[0].ids)
        self.assertAlmostEqual(found["amount"][0], 35.0)

    def test_quotations_without_products_and_of_other_companies_are_left_out(self):
        other = self._create_company("Quotations other")
        self.env["sale.order"].create(
            {"partner_id": self.clients[0].id, "company_id": self.company.id}
        )
        self._quote([(self.clients[0], self.bottle, 1.0, 3, None, "draft")], other)
        self.assertEqual(self._read(), {})
        self.assertEqual(len(self._read(company=other)), 1)
