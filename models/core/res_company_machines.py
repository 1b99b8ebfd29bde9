"""Machines beside this server, on the expert screen: the same for all companies."""

from odoo import fields, models

from .ir_config_parameter import REPLICA, SCHEDULER


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_dask_scheduler = fields.Char(
        string="Dask Scheduler",
        compute="_compute_ai_machines",
        inverse="_inverse_ai_dask_scheduler",
        groups="base.group_system",
        help="Address of a Dask cluster that computes forecasts, back-tests and replays, such as "
        "tcp://10.0.0.5:8786. Without it this server does.",
    )
    ai_replica = fields.Char(
        string="Replica to Read From",
        compute="_compute_ai_machines",
        inverse="_inverse_ai_replica",
        groups="base.group_system",
        help="Address of a read-only copy of this database that training reads the sales history "
        "from, such as postgresql://odoo@10.0.0.6:5432/shop. Without it this database is read.",
    )

    def _compute_ai_machines(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for company in self:
            company.ai_dask_scheduler = parameters.get_param(SCHEDULER)
            company.ai_replica = parameters.get_param(REPLICA)

    def _inverse_ai_dask_scheduler(self):
        self._write_ai_machine(SCHEDULER, "ai_dask_scheduler")

    def _inverse_ai_replica(self):
        self._write_ai_machine(REPLICA, "ai_replica")

    def _write_ai_machine(self, key, name):
        for company in self:
            given = (company[name] or "").strip()
            self.env["ir.config_parameter"].set_param(key, given or False)
