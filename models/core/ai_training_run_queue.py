"""The queue of training runs: one a turn, found again after a killed worker, never two at once."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools import locks
from ...tools.compat import in_test, note_progress
from ...tools.concurrency import CONCURRENCY_ERRORS

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    @api.model
    def _open_run(self, company, kind):
        return self.search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", kind),
                ("state", "in", ("pending", "running")),
            ],
            limit=1,
        )

    @api.model
    def _enqueue(self, company, kind, **vals):
        run = self._create_run(company, kind, **vals)
        self._wake_queue()
        return run.with_env(self.env)

    @api.model
    def _wake_queue(self, minutes=0):
        """Let cron work off a run as soon as it can, or in some minutes.

        Odoo 17 forgets at the end of a job all moments before its start, and a moment of whole
        seconds may lie before the start of the job that sets it: the database's own clock tells.
        """
        self.env.cr.execute("SELECT clock_timestamp() AT TIME ZONE 'UTC'")
        moment = self.env.cr.fetchone()[0] + timedelta(minutes=minutes)
        # Cron is woken for a moment that the server's clock has reached.
        moments = [moment] if minutes else [moment, fields.Datetime.now()]
        self.env.ref("smart_recommender.ir_cron_process_queue")._trigger(moments)

    @api.model
    def _cron_train_nightly(self):
        """Ask for a training of every company that has it on."""
        companies = self.env["res.company"].search(
            [("ai_enabled", "=", True), ("ai_auto_train", "=", True)]
        )
        job = "smart_recommender.ir_cron_train_nightly"
        self._each_company(companies, "_request_nightly", job)

    @api.model
    def _request_nightly(self, company):
        self.env["ai.training"]._request(company, self._kinds(), is_nightly=True)

    @api.model
    def _cron_process_queue(self):
        """Work off one run. More of them get a turn, and a CPU time limit, of their own."""
        self._requeue_orphans()
        pending = self.search([("state", "=", "pending")], order="id")
        worked = any(run._in_language_of_recipient()._process() for run in pending)
        if pending and not worked:
            # What is trained by hand meanwhile tells nobody when it ends.
            self._wake_queue(minutes=1)

    @api.model
    def _requeue_orphans(self):
        """Give runs whose worker died another try, or close them after the last one."""
        for run in self.search([("state", "=", "running")]):
            run = run._in_language_of_recipient()
            with locks.training(run.company_id, run.kind) as acquired:
                if not acquired:
                    continue
                if run.attempt < MAX_ATTEMPTS:
                    run.state = "pending"
                else:
                    run._fail(run._too_heavy_message())
                run._show()

    def _process(self):
        """Train in the background: keep the run's own state whatever happens to the work.

        Returns False where another training of the kind is under way. The next turn is asked for
        before the work: what fails with the connection to the database can ask for nothing.
        """
        self.ensure_one()
        with locks.training(self.company_id, self.kind) as acquired:
            if not acquired:
                _logger.info("%s waits: another training of its company is under way", self.name)
                return False
            self._start()
            self._wake_queue()
            # An attempt is counted, whether or not the worker outlives it.
            note_progress(self.env)
            self._show()
            try:
                with self.env.cr.savepoint():
                    if self._train():
                        self._finish()
                    else:
                        self._pause()
            except OperationalError as error:
                if error.pgcode not in CONCURRENCY_ERRORS or self.attempt >= MAX_ATTEMPTS:
                    self._rollback()
                    self._fail(_("The database refused the work: %s", error))
                else:
                    _logger.info("%s is tried again: %s", self.name, error)
                    self._rollback()
                    self.state = "pending"
            except UserError as error:
                self._fail(str(error))
            except MemoryError:
                self._rollback()
                self._fail(self._too_heavy_message())
                self._show()
                raise  # the worker is at its limit: Odoo replaces it
            except Exception as error:  # pylint: disable=broad-except
                # The reason is kept on the run and in the log; the old results stay.
                _logger.exception("%s failed", self.name)
                self._rollback()
                self._fail(_("%(kind)s: %(error)s", kind=type(error).__name__, error=error))
            self._show()
            return True

    def _too_heavy_message(self):
        """Why the run was given up, and the remedy in the words of its kind."""
        self.ensure_one()
        return _(
            "This training needs more time or memory than the server allows (attempts: "
            "%(attempts)s). %(advice)s",
            attempts=self.attempt,
            advice=getattr(self, f"_advice_{self.kind}", self._advice_default)(),
        )

    def _advice_default(self):
        return _("Raise limit_time_cpu and limit_memory_hard of the server.")

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    def _show(self):
        """Commit where the run is, and tell those who look at it."""
        self.training_id._tell(self)
        if not in_test():
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _rollback(self):
        """Forget what the failed work left in the transaction and the cache."""
        if not in_test():
            self.env.cr.rollback()
        self.env.invalidate_all()
