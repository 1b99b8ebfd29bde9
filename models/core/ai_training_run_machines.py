"""Training with other machines: a Dask cluster that computes, a replica that is read.

Both are settings of the server, and neither is needed: where one cannot be used the run goes on
here, and says so.
"""

import logging
from contextlib import ExitStack

from odoo import _, fields, models

from ...tools import replica
from .ir_config_parameter import REPLICA, SCHEDULER

_logger = logging.getLogger(__name__)


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    notice = fields.Text(readonly=True, help="Which other machine could not be used, and why.")
    remote_count = fields.Integer(
        string="Parts on Dask", readonly=True, help="Parts that a Dask cluster has computed."
    )

    def _train(self):
        notices = []
        with ExitStack() as stack:
            source = self._reading(stack, notices)
            engine = self._computing(stack, notices)
            ended = super()._train()
        if source and source.lost:
            notices.append(_("The replica was lost, and this database read: %s", source.lost))
        if engine:
            self.remote_count += engine.parts
            if engine.lost:
                notices.append(_("The Dask cluster was lost: %s", engine.lost))
        for notice in notices:
            self._take_notice(notice)
        return ended

    def _computing(self, stack, notices):
        """algorithms.core.parallel.Engine of the cluster in the settings; None without one."""
        address = self.env["ir.config_parameter"].sudo().get_param(SCHEDULER)
        if not address:
            return None
        from ...algorithms.core import cluster, parallel
        from ...algorithms.core.exceptions import ClusterError

        try:
            engine = stack.enter_context(cluster.dask(address))
        except ClusterError as error:
            notices.append(self._cluster_message(error, address))
            return None
        return stack.enter_context(parallel.using(engine))

    def _reading(self, stack, notices):
        """tools.replica.Replica of the settings; None without one."""
        address = self.env["ir.config_parameter"].sudo().get_param(REPLICA)
        try:
            return stack.enter_context(replica.reading(self.env.cr, address))
        except replica.ReplicaError as error:
            notices.append(self._replica_message(error))
            return None

    def _take_notice(self, notice):
        """Keep a notice once, however many turns meet the same."""
        known = (self.notice or "").splitlines()
        if notice not in known:
            _logger.info("%s: %s", self.name, notice)
            self.notice = "\n".join([*known, notice])

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _cluster_message(self, error, address):
        reasons = {
            "package": _("the Python packages dask and distributed are not installed"),
            "scheduler": _("its scheduler does not answer (%s)", error.detail),
            "certificate": _("Dask's configuration of Odoo's user names no certificate"),
            "workers": _("it has no workers"),
            "code": _("it does not take the recommender's code (%s)", error.detail),
            "versions": _("its workers have other libraries (%s)", error.detail),
        }
        return _(
            "The Dask cluster at %(address)s could not be used, and this server computed: "
            "%(reason)s.",
            address=address,
            reason=reasons[error.cause],
        )

    def _replica_message(self, error):
        reasons = {
            "unreachable": _("it does not answer (%s)", error.detail),
            "other": _("it is a copy of another database"),
            "late": _("it is %s seconds behind", error.detail),
        }
        return _("The replica could not be read, and this database was: %s.", reasons[error.cause])
