from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from ..core.history import write_orders
from ..core.invoicing_common import InvoicingCommon

CLIENTS = 120
VISITS = 3


class ExperimentCommon(InvoicingCommon):
    """A trained company, in which experiments can be started."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls._train()
        cls.runs._train_now(cls.company, "customers")
        cls.experiments = cls.env["ai.experiment"]
        cls.exposures = cls.env["ai.exposure"]

    def _quotation(self, *products, **vals):
        order = self._create_order(
            products or (self.fountain,),
            state="draft",
            days_ago=0,
            user_id=self.salesperson.id,
            **vals,
        )
        return order.with_user(self.salesperson)

    def _started(self, **vals):
        experiment = self.experiments.create(
            {"looks": "sequence", "company_id": self.company.id, **vals}
        )
        experiment.with_user(self.manager).action_start()
        return experiment

    def _client_in(self, experiment, arm):
        """A client whose lot is this arm."""
        while True:
            partner = self.env["res.partner"].create({"name": "Tiré au sort"})
            if experiment._arm_of(f"client:{partner.id}") == arm:
                return partner

    def _see(self, order):
        """What a quotation suggests, read as its form does."""
        order.invalidate_recordset(["ai_suggestions"])
        return order.ai_suggestions

    def _as(self, model, user, company):
        return model.with_user(user).with_context(allowed_company_ids=company.ids)

    def _exposure(self, order):
        return self.exposures.search([("order_id", "=", order.id)])

    def _ago(self, **delta):
        return fields.Datetime.now() - timedelta(**delta)

    def _age(self, order, days):
        """Make a quotation's first suggestions older."""
        self.env.cr.execute(
            "UPDATE ai_exposure SET exposed_at = %s WHERE order_id = %s",
            (self._ago(days=days), order.id),
        )
        self.exposures.invalidate_model()


class FinishedExperiment(ExperimentCommon):
    """With clients enough for an effect to be seen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.env["res.partner"].create(
            [{"name": f"Client d'essai {number}"} for number in range(CLIENTS)]
        )

    @classmethod
    def _write_visits(cls):
        """The orders of each client, long over; by the dollar, so that quantities are revenue."""
        dollars = cls._create_product("Au dollar", 1.0)
        orders = write_orders(
            cls.env,
            cls.company,
            [
                (
                    client,
                    fields.Datetime.now() - timedelta(days=40 + 25 * visit),
                    [(dollars, 60 + 7 * (number % 9) + 3 * visit)],
                )
                for number, client in enumerate(cls.clients)
                for visit in range(VISITS)
            ],
        )
        cls.visits = {
            client: orders[number * VISITS : (number + 1) * VISITS]
            for number, client in enumerate(cls.clients)
        }

    def _ended(self, uplift=0.0, clients=None, share=0.5, arms=None, **vals):
        """An experiment over the visits of clients, with a planted uplift.

        uplift : of treated orders; arms : {client: arm}, unless given as drawn.
        """
        experiment = self.experiments.create({"looks": "sequence", "share": share, **vals})
        experiment.sudo().write(
            {
                "state": "ended",
                "salt": "essai",
                "started_at": self._ago(days=120),
                "ended_at": self._ago(days=35),
                "end_reason": "test",
            }
        )
        clients = self.clients if clients is None else clients
        drawn = {client: experiment._arm_of(f"client:{client.id}") for client in clients}
        exposures, treated = [], self.env["sale.order"]
        for client, arm in {**drawn, **(arms or {})}.items():
            if arm == "shown":
                treated |= self.visits[client]
            exposures += [
                {
                    "company_id": self.company.id,
                    "partner_id": client.id,
                    "order_id": order.id,
                    "experiment_id": experiment.id,
                    "arm": arm,
                    "unit": f"client:{client.id}",
                    "exposed_at": order.date_order,
                    "suggestion_count": 2,
                    "kinds": ["rule", "popular"],
                }
                for order in self.visits[client]
            ]
        self._raise(treated, uplift)
        self.exposures.sudo().create(exposures)
        return experiment

    def _raise(self, orders, uplift):
        """Let orders sell more by a share, past the ORM as they were written."""
        self.env.flush_all()
        for table, column, names in (
            ("sale_order", "id", ("amount_untaxed", "amount_total")),
            ("sale_order_line", "order_id", ("product_uom_qty", "price_subtotal", "price_total")),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL(", ").join(
                        SQL("%s = %s * %s", SQL.identifier(name), SQL.identifier(name), 1 + uplift)
                        for name in names
                    ),
                    SQL.identifier(column),
                    orders.ids,
                )
            )
        self.env.invalidate_all()
