from datetime import timedelta

from odoo import Command, fields

from ..core.invoicing_common import InvoicingCommon

CLIENTS = 120


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

    def _ended(self, uplift=0.0, clients=None, share=0.5, arms=None, **vals):
        """An experiment over orders that were written past the ORM, with a planted uplift.

        uplift : of treated orders; arms : {client: arm}, unless given as drawn.
        """
        experiment = self.experiments.create({"looks": "sequence", "share": share, **vals})
        experiment.sudo().write(
            {
                "state": "ended",
                "salt": "essai",
                "started_at": fields.Datetime.now() - timedelta(days=120),
                "ended_at": fields.Datetime.now() - timedelta(days=35),
                "end_reason": "test",
            }
        )
        clients = self.clients if clients is None else clients
        orders, exposures = [], []
        for number, client in enumerate(clients):
            arm = (arms or {}).get(client) or experiment._arm_of(f"client:{client.id}")
            for visit in range(3):
                price = (60 + 7 * (number % 9) + 3 * visit) * (1 + uplift * (arm == "shown"))
                day = fields.Datetime.now() - timedelta(days=40 + 25 * visit)
                orders.append(
                    {
                        "partner_id": client.id,
                        "company_id": self.company.id,
                        "order_line": [
                            Command.create({"product_id": self.soap.id, "price_unit": price})
                        ],
                    }
                )
                exposures.append(
                    {
                        "company_id": self.company.id,
                        "partner_id": client.id,
                        "experiment_id": experiment.id,
                        "arm": arm,
                        "unit": f"client:{client.id}",
                        "exposed_at": day,
                        "suggestion_count": 2,
                        "kinds": ["rule", "popular"],
                    }
                )
        created = self.env["sale.order"].create(orders)
        for order, vals in zip(created, exposures, strict=True):
            order.write({"state": "sale", "date_order": vals["exposed_at"]})
            vals["order_id"] = order.id
        self.exposures.sudo().create(exposures)
        return experiment
