"""Figures of sales against a fixture that was computed by hand."""

from odoo import Command, fields
from odoo.tests import tagged

from .common import IndicatorCommon

# Of the seven days up to yesterday; see the orders below.
ORDERED = 424 + 450 + 192 + 120
CREDITED = 70 + 30
COST = 10 * 20 + 5 * 6 + 500 + 24 * 5 + 2 * 30 - 2 * 20 - 1 * 6
EXPECTED = {
    "revenue": ORDERED - CREDITED,
    "revenue_growth": 100 * ((ORDERED - CREDITED) / 386 - 1),
    "gross_margin": 100 * (1 - COST / (ORDERED - CREDITED)),
    "average_order_value": ORDERED / 4,
    "revenue_by_product": 100,
    "refund_rate": 100 * CREDITED / ORDERED,
    "discount_rate": 100 * 6 / (ORDERED + 6),
    "orders": 4,
    "order_growth": 100,
    "active_clients": 3,
    "new_clients": 1,
    "win_rate": 100 / 3,
    "active_products": 6,
    "new_products": 4,
    "average_price": ORDERED / (10 + 5 + 1 + 1 + 24 + 2),
}
PREVIOUS = {
    "revenue": 386,
    "average_order_value": 193,
    "refund_rate": 0,
    "orders": 2,
    "active_clients": 2,
    "new_clients": 2,
    "active_products": 2,
    "average_price": 386 / 13,
}


@tagged("post_install", "-at_install")
class TestSalesFigures(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        costs = {cls.bottle: 20, cls.cups: 6, cls.fountain: 500, cls.soap: 5, cls.filter: 30}
        for product, cost in costs.items():
            product.with_company(cls.company).standard_price = cost
        cls.service = cls._create_product("Livraison", detailed_type="service")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Magasin", "parent_id": cls.partner.id, "company_id": cls.company.id}
        )
        one, two = cls.partners[1], cls.partners[2]
        # The week: two days ago at 23:30, with a discount, a service, a down payment and a note.
        cls.first = cls._order(
            [
                cls._line(cls.bottle, 10, 35),
                cls._line(cls.cups, 5, 12, discount=10),
                cls._line(cls.service, 1, 20),
                cls._line(cls.service, 1, 500, is_downpayment=True),
                {"display_type": "line_note", "name": "Merci"},
            ],
            cls._at(2, 23, 30),
        )
        # Another currency, of which two make a dollar.
        euro = cls._use_currency("EUR", 2.0, cls._day(30))
        pricelist = cls.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": cls.company.id}
        )
        cls._order(
            [cls._line(cls.fountain, 1, 900)],
            cls._at(3),
            partner=two,
            pricelist_id=pricelist.id,
            date_order=cls._at(3),
        )
        # Dozens, to a contact of the first client.
        dozen = cls.env.ref("uom.product_uom_dozen")
        cls._order(
            [cls._line(cls.soap, 2, 96, product_uom=dozen.id)], cls._at(5), partner=cls.contact
        )
        # Edited after it was confirmed, and one that was cancelled.
        cls.edited = cls._order([cls._line(cls.filter, 5, 60)], cls._at(4), partner=one)
        cls.edited.order_line.product_uom_qty = 2
        cls.edited.order_line.price_unit = 60
        cls._order([cls._line(cls.filter, 9, 60)], cls._at(6), state="cancel")
        # The week before.
        cls._order([cls._line(cls.bottle, 10, 35)], cls._at(10), partner=one)
        cls._order([cls._line(cls.cups, 3, 12)], cls._at(12))
        # Today counts in no period; tomorrow's day of UTC is still today.
        cls.now = cls._order([cls._line(cls.bottle, 1, 35)], cls._at(0, 0, 0))
        # Credited: two bottles of the first order, and one line of no order.
        cls._credit(
            [
                {
                    "product_id": cls.bottle.id,
                    "quantity": 2,
                    "price_unit": 35,
                    "sale_line_ids": [Command.set(cls.first.order_line[0].ids)],
                },
                {"product_id": cls.cups.id, "quantity": 1, "price_unit": 30},
            ],
            ago=2,
        )
        # Quotations of 33 days ago: one won, one open, one lost.
        old = cls._order([cls._line(cls.cups, 1, 12)], cls._at(33), "draft")
        old |= cls._order([cls._line(cls.cups, 1, 12)], cls._at(33), "cancel")
        cls.won = cls._order([], cls._at(33))
        cls._made(old | cls.won, cls._at(33))
        # Another company sells too.
        cls.other = cls._create_company("Autre")
        cls._order(
            [cls._line(cls.bottle, 1, 1000)],
            cls._at(3),
            partner=cls.shared_partner,
            company=cls.other,
        )
        cls._restate()

    def test_every_figure_is_what_was_computed_by_hand(self):
        figures = self._figures()
        for code, value in EXPECTED.items():
            with self.subTest(code=code):
                self.assertAlmostEqual(figures[code]["value"], value, 6)

    def test_so_are_those_of_the_week_before(self):
        figures = self._figures()
        for code, value in PREVIOUS.items():
            with self.subTest(code=code):
                self.assertAlmostEqual(figures[code]["previous"], value, 6)

    def test_a_week_of_ones_own_says_the_same_as_the_last_seven_days(self):
        """Those are computed live where they do not add up."""
        period = {"date_from": str(self._day(8)), "date_to": str(self._day(1))}
        figures = self._figures(period)
        for code in ("revenue", "active_clients", "active_products", "revenue_by_product"):
            self.assertAlmostEqual(figures[code]["value"], EXPECTED[code], 6, code)

    def test_changes_have_a_unit_and_a_direction(self):
        figures = self._figures()
        orders, rate, price = (figures[code] for code in ("orders", "refund_rate", "average_price"))
        self.assertEqual((orders["change"], orders["change_unit"]), (100.0, "percent"))
        self.assertEqual(orders["trend"], "good")
        self.assertEqual(rate["change_unit"], "points")
        self.assertAlmostEqual(rate["change"], EXPECTED["refund_rate"])
        self.assertEqual(rate["trend"], "bad")
        self.assertEqual(price["trend"], "")

    def test_what_names_no_order_is_told_beside_the_revenue(self):
        self.assertIn("30", self._figures()["revenue"]["note"])

    def test_history_has_each_day_in_local_time(self):
        history = dict(self._figures()["revenue"]["history"])
        self.assertEqual(len(history), 7)
        self.assertAlmostEqual(history[str(self._day(2))], 424 - 100)
        self.assertAlmostEqual(history[str(self._day(1))], 0)

    def test_today_is_apart(self):
        reader = self.env["ai.kpi.reader"].with_user(self.everything)
        today = reader.with_context(allowed_company_ids=self.company.ids).get_today()
        self.assertEqual((today["revenue"], today["orders"]), (35.0, 1))

    def test_the_past_follows_an_order_that_is_cancelled_and_a_late_refund(self):
        self.edited.state = "cancel"
        self._credit([{"product_id": self.soap.id, "quantity": 1, "price_unit": 8}], ago=5)
        self._restate(8)
        self.assertAlmostEqual(self._value("revenue"), ORDERED - CREDITED - 120 - 8)
        self.assertEqual(self._value("orders"), 3)
        self.assertEqual(self._value("active_clients"), 2)

    def test_an_hour_changes_the_last_days_and_a_night_all(self):
        self._order([self._line(self.bottle, 1, 35)], self._at(12))
        self._restate(8)
        self.assertAlmostEqual(self._figures()["revenue"]["previous"], 386)
        self._restate(400)
        self.assertAlmostEqual(self._figures()["revenue"]["previous"], 386 + 35)

    def test_the_first_turn_of_a_day_computes_all(self):
        own = self.restatements._of(self.company)
        own.whole_on = self._day(1)
        self._order([self._line(self.bottle, 1, 35)], self._at(12))
        self.restatements._restate_due(self.company)
        self.assertAlmostEqual(self._figures()["revenue"]["previous"], 386 + 35)
        self.assertEqual(own.whole_on, self.today)

    def test_nothing_is_compared_with_days_before_the_first_order(self):
        figures = self._figures({"days": 30})
        for code in ("revenue_growth", "order_growth"):
            self.assertIsNone(figures[code]["value"])
            self.assertTrue(figures[code]["reason"])
        self.assertIsNone(figures["revenue"]["change"])

    def test_given_away_lines_count_what_they_would_have_cost_without_tax(self):
        tax = self._create_tax("TVA 20 incluse", 20.0, included=True)
        lines = self.env["sale.order.line"]._fields
        taxes = {"tax_ids" if "tax_ids" in lines else "tax_id": [Command.set(tax.ids)]}
        self._order([self._line(self.bottle, 1, 120, discount=100, **taxes)], self._at(3))
        self._restate(8)
        off = 6 + 100
        self.assertAlmostEqual(self._value("discount_rate"), 100 * off / (ORDERED + off))

    def test_a_second_company_in_its_own_currency_adds_up_at_todays_rate(self):
        self.other.currency_id = self.env.ref("base.EUR")
        self._restate(company=self.other)
        user = self.everything
        user.company_ids = [Command.link(self.other.id)]
        both = self.company | self.other
        rate = self.other.currency_id._get_conversion_rate(
            self.other.currency_id, self.company.currency_id, self.company, fields.Date.today()
        )
        figures = self._figures(companies=both)
        self.assertAlmostEqual(figures["revenue"]["value"], EXPECTED["revenue"] + 1000 * rate, 4)
        self.assertEqual(figures["orders"]["value"], 5)
        self.assertIsNone(figures["revenue_by_product"]["value"])
        reader = self.env["ai.kpi.reader"].with_user(user)
        compared = reader.with_context(allowed_company_ids=both.ids).get_comparison(
            {"days": 7}, ["revenue"]
        )
        values = compared["rows"][0]["values"]
        self.assertEqual([value["company_id"] for value in values], both.ids)
        self.assertAlmostEqual(values[1]["value"], 1000)
        self.assertAlmostEqual(values[1]["converted"], 1000 * rate, 4)
