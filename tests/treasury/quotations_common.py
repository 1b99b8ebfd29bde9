"""A company with two years of quotations: some clients accept most, others hardly any."""

import random
from datetime import timedelta

from odoo import fields

from ..core.common import RecommenderCommon
from ..core.history import write_orders


class QuotationsCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.noon = fields.Datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.chances = cls.env["ai.quotation.chance"]
        cls.clients = cls.env["res.partner"].create(
            [{"name": f"Hôtel {number}"} for number in range(12)]
        )

    @classmethod
    def _ago(cls, days):
        return cls.noon - timedelta(days=days)

    @classmethod
    def _quote(cls, quotations, company=None):
        """Quotations with a line each.

        quotations : [(client, product, quantity, days ago it was made, days ago it was won, lost or
            None for open, state)].
        """
        company = company or cls.company
        orders = write_orders(
            cls.env,
            company,
            [
                (client, cls._ago(sent), [(product, quantity)])
                for client, product, quantity, sent, _ended, _state in quotations
            ],
        )
        cls.env.flush_all()
        for order, (_client, _product, _quantity, sent, ended, state) in zip(
            orders, quotations, strict=True
        ):
            cls._date(order, sent, ended, state)
        cls.env.invalidate_all()
        return orders

    @classmethod
    def _date(cls, order, sent, ended=None, state="draft"):
        """Make an order one that was quoted and decided so many days ago."""
        cls.env.flush_all()
        moment = cls._ago(sent if ended is None else ended)
        cls.env.cr.execute(
            """
            UPDATE sale_order SET create_date = %s, date_order = %s, write_date = %s, state = %s
             WHERE id = %s
            """,
            [cls._ago(sent), moment, moment, state, order.id],
        )
        cls.env.cr.execute(
            "UPDATE sale_order_line SET create_date = %s, state = %s WHERE order_id = %s",
            [cls._ago(sent), state, order.id],
        )
        cls.env.invalidate_all()

    @classmethod
    def _history(cls, count=420, company=None):
        """Clients with even numbers accept eight of ten, the others one of ten, within ten days."""
        rng = random.Random(3)
        quotations = []
        for number in range(count):
            client = rng.randrange(12)
            won = rng.random() < (0.1 if client % 2 else 0.8)
            sent = 420 - number * 380 // count
            ended = sent - rng.randint(1, 10) if won else sent - 20
            quotations.append(
                (
                    cls.clients[client],
                    rng.choice((cls.bottle, cls.cups)),
                    float(rng.randint(5, 40)),
                    sent,
                    ended,
                    "sale" if won else "cancel",
                )
            )
        return cls._quote(quotations, company)

    @classmethod
    def _learn(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "wins")
