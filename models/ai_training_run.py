"""Training runs: one row for each time something was learned for one company.

Both the menu and cron ask for runs; a cron job of its own works them off, one a turn, so that
neither a person's request nor another job waits. The life of a run:

    pending → running → done
                 ↓ ↑
              failed / pending again

* The row is committed as *running*, with its attempt counted, before the work starts, and the work
  is one transaction after it: readers see the old results or the new ones, never half.
* An advisory lock on a connection of its own is held for the length of a run. It keeps two runs of
  one kind and company apart, and it tells whether a *running* row still has a living worker, for a
  killed worker loses its connection and with it the lock.
* A run is tried at most three times; after that it has failed and says why.

A kind of training is a selection value and a method ``_train_<kind>`` that reads through
``ai.sales.extract``, calls ``algorithms`` and replaces the company's result rows.
"""

import logging
import os
import threading
import time
import zlib
from contextlib import contextmanager
from importlib.metadata import version

from psycopg2 import OperationalError
from psycopg2.errorcodes import DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE

from odoo import SUPERUSER_ID, _, api, fields, models, sql_db
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
LIBRARIES = ("numpy", "scipy", "pandas", "mlxtend")
# Another transaction changed the same rows first: trying again is the remedy.
CONCURRENCY_ERRORS = (DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE)


class AiTrainingRun(models.Model):
    _name = "ai.training.run"
    _description = "AI Training Run"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(selection=[], required=True, readonly=True)
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="pending",
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one("res.users", string="Asked For By", readonly=True)
    is_nightly = fields.Boolean(string="Nightly", readonly=True)
    date_from = fields.Date(string="History From", readonly=True)
    date_to = fields.Date(string="History To", readonly=True)
    order_count = fields.Integer(string="Orders", readonly=True)
    line_count = fields.Integer(string="Lines", readonly=True)
    product_count = fields.Integer(string="Products", readonly=True)
    skipped_order_count = fields.Integer(
        string="Orders Left Out",
        readonly=True,
        help="Orders above the largest order of the settings.",
    )
    parameters = fields.Json(readonly=True, help="The settings of the company at that time.")
    metrics = fields.Json(readonly=True)
    library_versions = fields.Json(readonly=True)
    parameters_text = fields.Text(string="Settings Used", compute="_compute_details_text")
    library_versions_text = fields.Text(string="Libraries", compute="_compute_details_text")
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    duration = fields.Float(string="Duration (s)", readonly=True, help="Seconds of work.")
    attempt = fields.Integer(string="Attempts", readonly=True)
    pid = fields.Integer(string="Process", readonly=True)
    error = fields.Text(readonly=True)

    @api.depends("kind", "create_date")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for run in self:
            run.name = _("%(kind)s #%(number)s", kind=kinds.get(run.kind, ""), number=run.id or "")

    @api.depends("parameters", "library_versions")
    def _compute_details_text(self):
        for run in self:
            run.parameters_text = _as_lines(run.parameters)
            run.library_versions_text = _as_lines(run.library_versions)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_run_training(self):
        """Ask for a training of the current company; a background job does it.

        Returns the client action that tells so. Raises AccessError for who is not a manager,
        UserError where the recommender is switched off.
        """
        self._check_manager()
        company = self.env.company
        if not company.ai_enabled:
            raise UserError(
                _(
                    "The AI Recommender is switched off for %s. An administrator can switch it "
                    "on in Settings › AI Recommender.",
                    company.name,
                )
            )
        message = _("You will be told when it has ended. You can go on working meanwhile.")
        run = self._open_run(company, "rules")
        if run:
            message = _("It was asked for already: %s.", run.name)
        else:
            run = self._enqueue(company, "rules")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": _("AI training started for %s", company.name),
                "message": message,
                "type": "info",
                "next": run._action_open(),
            },
        }

    def action_open_rules(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_recommendation_rule_action"
        )
        return {**action, "domain": [("run_id", "=", self.id)]}

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Queue
    # ------------------------------------------------------------------

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
        run = self.create({"company_id": company.id, "kind": kind, "user_id": self.env.uid, **vals})
        self._wake_queue()
        return run

    @api.model
    def _wake_queue(self):
        self.env.ref("smart_recommender.ir_cron_process_queue")._trigger()

    @api.model
    def _cron_train_nightly(self):
        """Ask for a training of every company that has it on."""
        companies = self.env["res.company"].search(
            [("ai_enabled", "=", True), ("ai_auto_train", "=", True)]
        )
        for company in companies:
            if not self._open_run(company, "rules"):
                self._enqueue(company, "rules", is_nightly=True)

    @api.model
    def _cron_process_queue(self):
        """Work off one run. More of them get a turn, and a CPU time limit, of their own."""
        self._requeue_orphans()
        run = self.search([("state", "=", "pending")], order="id", limit=1)
        if run:
            run._in_language_of_recipient()._process()
        if self.search_count([("state", "=", "pending")], limit=1):
            self._wake_queue()

    @api.model
    def _requeue_orphans(self):
        """Give runs whose worker died another try, or close them after the last one."""
        for run in self.search([("state", "=", "running")]):
            run = run._in_language_of_recipient()
            with self._lock(run.company_id, run.kind) as acquired:
                if not acquired:
                    continue
                if run.attempt < MAX_ATTEMPTS:
                    run.state = "pending"
                else:
                    run._fail(
                        _(
                            "The server stopped this training %s times before it ended: it needs "
                            "more time or memory than the server allows. Shorten the history "
                            "window or raise the minimum support in Settings › AI Recommender, or "
                            "raise limit_time_cpu and limit_memory_hard of the server.",
                            run.attempt,
                        )
                    )
                self._commit()

    def _process(self):
        """Train in the background: keep the run's own state whatever happens to the work."""
        self.ensure_one()
        with self._lock(self.company_id, self.kind) as acquired:
            if not acquired:
                _logger.info("%s waits: another training of its company is under way", self.name)
                return
            self._start()
            self._commit()
            try:
                with self.env.cr.savepoint():
                    self._train()
                    self._finish()
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
            except Exception as error:  # pylint: disable=broad-except
                # The reason is kept on the run and in the log; the old results stay.
                _logger.exception("%s failed", self.name)
                self._rollback()
                self._fail(_("%(kind)s: %(error)s", kind=type(error).__name__, error=error))
            self._commit()

    # ------------------------------------------------------------------
    # Work
    # ------------------------------------------------------------------

    @api.model
    def _train_now(self, company, kind):
        """Train in the caller's own transaction and return the run.

        Raises UserError where there is too little data or another training is under way; nothing
        of the caller's rules has changed then.
        """
        with self._lock(company, kind) as acquired:
            if not acquired:
                raise UserError(
                    _("A training of %s is under way. Wait until it has ended.", company.name)
                )
            run = self.create({"company_id": company.id, "kind": kind, "user_id": self.env.uid})
            run._start()
            run._train()
            run._finish()
            return run

    def _start(self):
        self.write(
            {
                "state": "running",
                "attempt": self.attempt + 1,
                "pid": os.getpid(),
                "started_at": fields.Datetime.now(),
                "error": False,
                "library_versions": {name: version(name) for name in LIBRARIES},
            }
        )

    def _train(self):
        """Dispatch to the kind's own method, in the company's name."""
        self.ensure_one()
        started = time.monotonic()
        getattr(self.with_company(self.company_id), f"_train_{self.kind}")()
        self.duration = time.monotonic() - started

    def _finish(self):
        self.write({"state": "done", "ended_at": fields.Datetime.now()})
        _logger.info("%s of %s done in %.1f s", self.name, self.company_id.name, self.duration)
        self._notify(_("AI training has ended"), self._result_message(), "success")

    def _fail(self, reason):
        self.write({"state": "failed", "ended_at": fields.Datetime.now(), "error": reason})
        _logger.info("%s of %s failed: %s", self.name, self.company_id.name, reason)
        self._notify(_("AI training failed"), reason, "danger")
        self._schedule_failure_activity(reason)

    def _result_message(self):
        """One sentence with the counts of the run; each kind adds its own."""
        self.ensure_one()
        return _("%s orders read.", self.order_count)

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _recipient(self):
        """Who is told: who asked, or for a nightly run the first manager of the company."""
        self.ensure_one()
        if self.user_id and self.user_id.id != SUPERUSER_ID:
            return self.user_id
        managers = self.env.ref("smart_recommender.group_manager").users.filtered(
            lambda user: self.company_id in user.company_ids and not user.share
        )
        return managers.sorted("id")[:1] or self.env.user

    def _in_language_of_recipient(self):
        """Cron has no language: errors and notes are written in that of who reads them."""
        return self.with_context(lang=self._recipient().lang)

    def _notify(self, title, message, kind):
        """Keep the outcome in the chatter; who asked by hand also sees it at once."""
        self.message_post(body=message)
        if self.is_nightly:
            return
        self.env["bus.bus"]._sendone(
            self._recipient().partner_id,
            "simple_notification",
            {"title": title, "message": message, "type": kind, "sticky": kind == "danger"},
        )

    def _schedule_failure_activity(self, reason):
        """One open task at a time: a company without orders must not get one every night."""
        recipient = self._recipient()
        same_company = self.search([("company_id", "=", self.company_id.id)])
        if same_company.activity_ids.filtered(lambda a: a.user_id == recipient):
            return
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=_("AI training failed"),
            note=reason,
            user_id=recipient.id,
        )

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group("smart_recommender.group_manager"):
            raise AccessError(
                _("Only managers of the AI Recommender may train. Ask your administrator.")
            )

    @contextmanager
    def _lock(self, company, kind):
        """Hold the lock of a company's training; yields whether it was free.

        It lives on a connection of its own, so that it ends with the process and survives the
        commits of the work. A cursor of the registry would be the test's own under test.
        """
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute(
                "SELECT pg_try_advisory_xact_lock(%s, %s)", (self._lock_key(kind), company.id)
            )
            yield cr.fetchone()[0]

    def _lock_key(self, kind):
        """The kind as a signed 32-bit number, as PostgreSQL wants it."""
        return zlib.crc32(f"{self._name}.{kind}".encode()) - 2**31

    @staticmethod
    def _in_test():
        return getattr(threading.current_thread(), "testing", False)

    def _commit(self):
        if not self._in_test():
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _rollback(self):
        """Forget what the failed work left in the transaction and the cache."""
        if not self._in_test():
            self.env.cr.rollback()
        self.env.invalidate_all()


def _as_lines(mapping):
    return "\n".join(f"{key}: {value}" for key, value in (mapping or {}).items())
