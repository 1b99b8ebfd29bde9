"""Training runs as jobs of OCA's ``queue_job``, where that is installed: the workers of several
machines then train several companies at once.

Runs of one company build on each other, so that its oldest one alone has a job, which asks for the
next. A job is one turn. It works on a connection of its own: a job's own transaction holds the lock
by which the runner sees that it lives, and must not end before it. The job of a killed worker is
run again by the runner, and the run's own lock and attempts do the rest. Cron only looks after what
has no job, and works itself where no runner does.
"""

from contextlib import contextmanager
from datetime import timedelta

from odoo import SUPERUSER_ID, _, api, fields, models

from ...tools.compat import in_test

CHANNEL = "root.smart_recommender"
# Wait for somebody else's training of the same kind; and for a runner, if there is one.
BUSY, NEGLECTED = timedelta(minutes=1), timedelta(hours=1)


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    @api.model
    def _has_jobs(self):
        return "queue.job" in self.env

    @api.model
    def _wake_queue(self, minutes=0):
        if not self._has_jobs():
            return super()._wake_queue(minutes)
        self._delay_oldest()
        return super()._wake_queue(minutes) if self._is_neglected() else None

    @api.model
    def _cron_process_queue(self):
        if not self._has_jobs() or self._is_neglected():
            return super()._cron_process_queue()
        self._requeue_orphans()
        return self._delay_oldest()

    @api.model
    def _is_neglected(self):
        """Whether a run has waited for so long that no runner seems to run."""
        since = fields.Datetime.now() - NEGLECTED
        return bool(
            self.search_count([("state", "=", "pending"), ("write_date", "<", since)], limit=1)
        )

    @api.model
    def _delay_oldest(self):
        """A job for the oldest run of each company that has none under way."""
        open_runs = self.sudo().search([("state", "in", ("pending", "running"))], order="id")
        for runs in open_runs.grouped("company_id").values():
            if "running" not in runs.mapped("state"):
                runs[0]._delay()

    def _delay(self, eta=None):
        """A job for this run, but where one waits already."""
        self.ensure_one()
        self.with_user(SUPERUSER_ID).with_context(lang=self.env.lang).with_delay(
            channel=CHANNEL,
            identity_key=f"smart_recommender-{self.company_id.id}-{self.kind}",
            description=_(
                "AI training of %(company)s: %(kind)s",
                company=self.company_id.name,
                kind=self._kind_name(),
            ),
            # The run counts its own attempts.
            max_retries=0,
            eta=eta,
        )._work_as_job()

    def _work_as_job(self):
        """One turn of this run, and a job for what comes next. Called by queue_job."""
        with self._apart() as run:
            run = run.exists()
            run._requeue_orphans()
            if run.state == "pending":
                started = run.started_at, run.attempt
                run._in_language_of_recipient()._process()
                if run.state == "pending" and (run.started_at, run.attempt) == started:
                    return run._delay(BUSY)
            return run._delay_oldest()

    @contextmanager
    def _apart(self):
        """This run on a cursor of its own, which is committed at the end."""
        if in_test():
            yield self.with_user(SUPERUSER_ID)
            return
        with self.pool.cursor() as cr:
            yield self.with_env(api.Environment(cr, SUPERUSER_ID, {}))
