"""Sales day by day, and forecasts trained on them."""

from datetime import timedelta

from odoo import Command, fields

from ..core.common import RecommenderCommon


class ForecastCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forecasts = cls.env["ai.forecast"]
        cls.extract = cls.env["ai.sales.extract"]

    @classmethod
    def _sell(cls, sales, company=None):
        """Confirmed orders, one a day.

        sales : {days ago: [(product, quantity)]}.
        """
        company = company or cls.company
        partner = cls.partner if company == cls.company else cls.shared_partner
        orders = (
            cls.env["sale.order"]
            .with_company(company)
            .create(
                [
                    {
                        "partner_id": partner.id,
                        "company_id": company.id,
                        "order_line": [
                            Command.create({"product_id": product.id, "product_uom_qty": quantity})
                            for product, quantity in lines
                        ],
                    }
                    for lines in sales.values()
                ]
            )
        )
        orders.write({"state": "sale"})
        cls.env.flush_all()
        noon = fields.Datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
        for order, days_ago in zip(orders, sales, strict=True):
            cls.env.cr.execute(
                "UPDATE sale_order SET date_order = %s WHERE id = %s",
                [noon - timedelta(days=days_ago), order.id],
            )
        cls.env.invalidate_all()
        return orders

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

    @classmethod
    def _train_forecast(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "forecast")

    def _forecast(self, product, company=None):
        return self.forecasts.search(
            [
                ("product_id", "=", product.id),
                ("company_id", "=", (company or self.company).id),
            ]
        )
