"""Calls and orders of two operators, for the statistics and their files."""

from datetime import datetime, timedelta

from odoo import Command

from ..client.common import CallCenterCommon

DAYS = {"days": 30}


class StatisticsCommon(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # An order of two calls, the first of which was the colleague's, and one without a call.
        cls.shared = cls._create_order([(cls.bottle, 3.0)], partner=cls.hotel, days_ago=3)
        cls.shared.user_id = cls.operator
        cls.own = cls._create_order([(cls.fountain, 1.0)], partner=cls.partner, days_ago=2)
        cls.own.user_id = cls.operator
        cls._create_order([(cls.soap, 1.0)], days_ago=2).user_id = cls.salesperson
        asked = {"order_id": cls.shared.id, "result": "order"}
        cls._create_call(user=cls.colleague, hours_ago=96, duration=5.0, **asked)
        cls._create_call(user=cls.operator, hours_ago=72, duration=3.0, **asked)
        cls._create_call(cls.cook, user=cls.operator, hours_ago=30, duration=1.5)
        cls._create_call(cls.partner, user=cls.operator, hours_ago=20, result="no_answer")
        # Before the days that are asked for.
        cls._create_call(cls.partner, user=cls.operator, hours_ago=24 * 50, duration=9.0)

    def _statistics(self, user=None, companies=None):
        statistics = self.env["ai.call.statistics"].with_user(user or self.supervisor)
        companies = companies or self.company
        return statistics.with_context(allowed_company_ids=companies.ids)

    def _block(self, code, period=None, user_id=False, **others):
        return self._statistics(**others).get_block(code, period or DAYS, user_id)

    def _figures(self, *args, **kwargs):
        """{label of a column: {label of a row: value}} of a block."""
        block = self._block(*args, **kwargs)
        return {
            series["label"]: {row["label"]: row["values"][place] for row in block["rows"]}
            for place, series in enumerate(block["series"])
        }

    @classmethod
    def _second_company(cls):
        """A company with another currency, of which four are worth one of the first's."""
        currency = cls.env.ref("base.CHF")
        currency.active = True
        other = cls._create_company("Autre", currency_id=currency.id)
        currency.rate_ids = [
            Command.create({"name": datetime(2000, 1, 1), "rate": 4.0, "company_id": company.id})
            for company in cls.company
        ]
        cls.hotel.company_id = False
        cls.supervisor.company_ids |= other
        cls.operator.company_ids |= other
        return other

    def _call_of(self, company, order):
        return self._create_call(
            order_id=order.id,
            company_id=company.id,
            start=order.date_order - timedelta(minutes=5),
            result="order",
        )
