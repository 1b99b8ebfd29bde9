"""Clients who pay on time and late, and who may see it."""

from unittest.mock import patch

import numpy as np

from .common import TreasuryCommon

OPEN = 2**31 - 1


class CreditCommon(TreasuryCommon):
    """The client pays 45 days late, the first partner on its due day: twenty invoices of each, and
    one open. That of the client is due in three days, that of the other in five."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.punctual = cls.partners[0]
        cls.other = cls._create_company("Credit other")
        cls.roles = {
            name: cls._create_user(f"sr_{name}", groups)
            for name, groups in (
                ("accountant", "account.group_account_invoice"),
                ("auditor", "account.group_account_readonly"),
                ("controller", "account.group_account_manager"),
                ("operator", "smart_recommender.group_call_operator"),
                ("seller", "sales_team.group_sale_salesman"),
                ("trainer", "smart_recommender.group_manager"),
            )
        }
        cls.portal = cls._create_user("sr_portal_credit", "base.group_portal")
        cls.credits = cls.env["ai.client.credit"]
        cls.outlooks = cls.env["ai.invoice.outlook"]

    @classmethod
    def _pay_history(cls):
        for number in range(20):
            issued = 400 - 15 * number
            for partner, late in ((cls.client, 45), (cls.punctual, 0)):
                move = cls._move(1000.0, issued=issued, due=issued - 30, partner=partner)
                cls._pay(move, issued - 30 - late)
        cls.late_move = cls._move(500.0, issued=27, due=-3)
        cls.open_move = cls._move(800.0, issued=25, due=-5, partner=cls.punctual)

    @classmethod
    def _train_credit(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "credit")

    def _row(self, partner=None):
        return self.credits._of(self.company, partner or self.client)

    def _many_invoices(self, habit=70):
        """1,000 invoices of 25 clients, a fifth of whom pay so many days late more often than not:
        arrays as of ``ai.treasury.extract._invoices``."""
        clients = self.env["res.partner"].create([{"name": f"Café {one}"} for one in range(25)])
        rng = np.random.default_rng(5)
        today = self.extract._today(self.company)
        count = 1000
        place = rng.integers(0, 25, count)
        issued = np.sort(today - rng.integers(10, 900, count))
        late = np.where(
            place % 5, rng.integers(-5, 20, count), habit + rng.integers(-15, 30, count)
        )
        paid = issued + 30 + late
        return clients, {
            "move": np.arange(count),
            "client": np.array(clients.ids)[place],
            "issued": issued,
            "due": issued + 30,
            "paid": np.where(paid <= today, paid, OPEN),
            "amount": rng.lognormal(7, 0.5, count),
        }

    def _train_on(self, table):
        return self._train_with(lambda _extract, _company: dict(table))

    def _train_with(self, reader):
        with patch.object(type(self.extract), "_invoices", reader):
            return self._train_credit()
