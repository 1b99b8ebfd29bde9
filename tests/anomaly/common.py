"""Anomalies of our own: decisions, words and screens are tested without any training."""

from datetime import date, timedelta

from odoo import fields

from ..core.common import RecommenderCommon


class AnomalyCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anomalies = cls.env["ai.anomaly"]
        cls.category = cls.env["product.category"].create({"name": "Consommables"})
        cls.other = cls._create_company("Autre")
        cls.leader = cls._create_user("sr_leader", "sales_team.group_sale_salesman_all_leads")

    @classmethod
    def _anomaly(cls, product=None, **vals):
        """A spike of three times the expected on one day last week, unless vals say otherwise."""
        level = vals.get("level", "product")
        if level == "product":
            product = product or cls.soap
        day = vals.pop("date", None) or fields.Date.today() - timedelta(days=7)
        return cls.anomalies.create(
            {
                "company_id": cls.company.id,
                "level": level,
                "step": "day",
                "product_id": product.id if product else False,
                "date": day,
                "date_end": day,
                "days": 1,
                "measure": "quantity" if level == "product" else "revenue",
                "quantity": 120.0,
                "expected": 40.0,
                "deviation": 2.0,
                "z_score": 5.2,
                "limit": 3.4,
                "weight": 5.2,
                "method": "robust",
                "type": "spike",
                "severity": "high",
                "chart": cls._chart(day),
                **vals,
            }
        )

    @classmethod
    def _week(cls, **vals):
        """Nothing sold in a whole week: 35 were expected."""
        return cls._anomaly(
            **{
                "step": "week",
                "date": date(2026, 11, 2),
                "date_end": date(2026, 11, 8),
                "days": 7,
                "quantity": 0.0,
                "expected": 35.0,
                "deviation": -1.0,
                "z_score": -4.0,
                "type": "drop",
                **vals,
            }
        )

    @staticmethod
    def _chart(day, count=28):
        """Four weeks that end three days after the anomaly; one day was out of stock."""
        first = day - timedelta(days=count - 4)
        usual = [40.0 + 3 * (at % 7) for at in range(count)]
        actual = [value + (-2, 3, 0)[at % 3] for at, value in enumerate(usual)]
        actual[count - 4] = 120.0
        actual[count - 1] = None
        actual[5] = 0.0
        return {
            "start": fields.Date.to_string(first),
            "step": 1,
            "actual": actual,
            "expected": usual,
            "low": [value - 12 for value in usual],
            "high": [value + 12 for value in usual],
            "from": count - 4,
            "to": count - 4,
            "out": [5],
        }
