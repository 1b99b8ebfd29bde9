"""Sales day by day, on which forecasts, classes, anomalies and reorder points are trained."""

from datetime import timedelta

from odoo import fields

from .common import RecommenderCommon
from .history import write_orders


class SalesCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.extract = cls.env["ai.sales.extract"]

    @classmethod
    def _noon(cls):
        """Of today, in UTC as Odoo keeps it."""
        return fields.Datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)

    @classmethod
    def _sell(cls, sales, company=None):
        """Confirmed orders, one a day.

        sales : {days ago: [(product, quantity)]}.
        """
        company = company or cls.company
        partner = cls.partner if company == cls.company else cls.shared_partner
        noon = cls._noon()
        return write_orders(
            cls.env,
            company,
            [(partner, noon - timedelta(days=ago), lines) for ago, lines in sales.items()],
        )

    @classmethod
    def _steady_sales(cls, days=120):
        """Bottles grow, cups fall, soap is even and rests on Sundays, filters began a week ago."""
        today = fields.Date.today()
        sales = {}
        for ago in range(1, days + 1):
            weekday = (today - timedelta(days=ago)).weekday()
            lines = [(cls.bottle, 10.0 + (days - ago) // 4), (cls.cups, 5.0 + ago // 4)]
            if weekday != 6:
                lines.append((cls.soap, 12.0))
            if ago <= 7:
                lines.append((cls.filter, 3.0))
            sales[ago] = lines
        return cls._sell(sales)
