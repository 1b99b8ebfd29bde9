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

A kind of training is a value of ``kind``, a model of its figures (see :mod:`.ai_training_result`)
and some fields and methods, found by their names. To add one, extend this model in a file of its
own with

    kind               selection_add and ondelete; QUEUE gives its place in the queue
    <kind>_result_ids  One2many to the model of its figures, read for a whole list at once
    _train_<kind>()    reads through ``ai.sales.extract``, calls ``algorithms`` and replaces the
                       company's rows. One that needs longer than a worker may take works in
                       turns: it returns False, is *pending* again, and goes on where it was.
    _message_<kind>()  what the run did, in a sentence or more; ``_message_default`` without it
    _verdict_<kind>()  what the back-test of the run says, in a sentence or more; none without it
    _setting_names_<kind>()  {key of ``parameters``: setting of the company} where the key is not
                       that of the setting without its ``ai_``; False where it is no setting
    _advice_<kind>()   what to change where the server is too small for it, in a sentence;
                       ``_advice_default`` without it
"""

import logging
import os
import time
from importlib.metadata import version

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools import locks
from ...tools.compat import check_access

_logger = logging.getLogger(__name__)

LIBRARIES = ("numpy", "scipy", "pandas")
# Odoo kills a worker after 60 CPU seconds; a portion takes a few.
TURN_SECONDS = 20
# The kinds in the order of the queue. Rules first: forecasts take much longer, and a manager sees
# the first run. Ratings tell what clients would think of their offers. Anomalies read raw sales,
# and what learns demand respects them from the first night on. Replenishment needs forecasts, and
# what is known of vendors. Kinds that are not named here come last.
QUEUE = (
    "rules",
    "customers",
    "ratings",
    "anomalies",
    "forecast",
    "vendors",
    "replenishment",
    "classes",
)
# Of every random choice of a training: the same sales give the same results.
SEED = 20


class AiTrainingRun(models.Model):
    _name = "ai.training.run"
    _description = "AI Training Run"
    _inherit = ["ai.company.row", "ai.company.job", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    # Nobody writes runs but training: who may read one may still comment on it and do its tasks.
    _mail_post_access = "read"

    name = fields.Char(compute="_compute_name")
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
    training_id = fields.Many2one("ai.training", readonly=True, index=True, ondelete="set null")
    user_id = fields.Many2one("res.users", string="Requested By", readonly=True)
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
    outcome = fields.Text(compute="_compute_outcome", help="What the run did, or why it failed.")
    result_count = fields.Integer(string="Made", compute="_compute_result")
    result_text = fields.Text(string="Result", compute="_compute_result")
    parameters_text = fields.Text(string="Settings Used", compute="_compute_details_text")
    library_versions_text = fields.Text(string="Libraries", compute="_compute_details_text")
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    duration = fields.Float(string="Duration (s)", readonly=True, help="Seconds of work.")
    attempt = fields.Integer(string="Attempts", readonly=True)
    pid = fields.Integer(string="Process", readonly=True)
    error = fields.Text(readonly=True)
    progress = fields.Float(compute="_compute_progress", help="How much is done, in percent.")
    # Of kinds that work in turns.
    cursor = fields.Integer(readonly=True, help="The last product that was worked on.")
    done_share = fields.Float(readonly=True, help="The share of the products that is done.")
    model_signature = fields.Char(readonly=True, copy=False, groups="base.group_system")

    @api.depends("kind", "create_date")
    def _compute_name(self):
        for run in self:
            run.name = _("%(kind)s #%(number)s", kind=run._kind_name(), number=run.id or "")

    def _kind_name(self):
        """The kind as users read it."""
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    @api.depends("state", "error")
    def _compute_outcome(self):
        for run in self:
            run.outcome = run._result_message() if run.state == "done" else run.error

    @api.depends("state")
    def _compute_result(self):
        for run in self:
            result = run._result()
            run.result_count = result[result._made] if result else 0
            run.result_text = run._as_lines(result._figures()) if result else False

    @api.depends("state", "done_share")
    def _compute_progress(self):
        for run in self:
            run.progress = 100 if run.state in ("done", "failed") else 100 * run.done_share

    @api.depends("parameters", "library_versions")
    def _compute_details_text(self):
        for run in self:
            run.parameters_text = run._as_lines(run._settings_used())
            run.library_versions_text = run._as_lines((run.library_versions or {}).items())

    def _settings_used(self):
        """[(label, value in words)] of the company's settings that the run went by."""
        company = self.company_id
        own = getattr(self, f"_setting_names_{self.kind}", dict)()
        used = [
            (own.get(key, f"ai_{key}"), value) for key, value in (self.parameters or {}).items()
        ]
        return [
            (company._ai_setting_label(name), company._ai_setting_in_words(name, value))
            for name, value in used
            if name in company._fields
        ]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_training(self):
        """Open the training that the run is a part of."""
        self.ensure_one()
        return self.training_id.get_formview_action()

    def _open_results(self, name, **changes):
        """Open what this run has made, by an action of ours. Managers only."""
        self.env["ai.training"]._check_manager()
        self.ensure_one()
        check_access(self, "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"smart_recommender.{name}")
        check_access(self.env[action["res_model"]], "read")
        return {**action, "domain": [("run_id", "=", self.id)], **changes}

    # ------------------------------------------------------------------
    # Work
    # ------------------------------------------------------------------

    @api.model
    def _train_now(self, company, kind):
        """Train in the caller's own transaction and return the run.

        Raises UserError where there is too little data or another training is under way; nothing
        of the caller's rules has changed then.
        """
        with locks.training(company, kind) as acquired:
            if not acquired:
                raise UserError(
                    _("A training of %s is under way. Wait until it ends.", company.name)
                )
            run = self._create_run(company, kind)
            run._start()
            while not run._train():
                pass
            run._finish()
            return run.with_env(self.env)

    @api.model
    def _create_run(self, company, kind, **vals):
        """A run in the name of the user, with rights to write that users do not have."""
        return self.sudo().create(
            {"company_id": company.id, "kind": kind, "user_id": self.env.uid, **vals}
        )

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
        """Dispatch to the kind's own method, in the company's name.

        Returns whether the run has ended: a kind may work in turns and return False before the
        last one.
        """
        self.ensure_one()
        started = time.monotonic()
        ended = getattr(self.with_company(self.company_id), f"_train_{self.kind}")()
        self.duration += time.monotonic() - started
        return ended is not False

    @api.model
    def _kinds(self):
        """What a training consists of, in the order of the queue."""
        known = [kind for kind, _name in self._fields["kind"].selection]
        return sorted(known, key=lambda kind: QUEUE.index(kind) if kind in QUEUE else len(QUEUE))

    def _pause(self):
        """Wait for the next turn; what was done counts, so the attempts start over."""
        self.write({"state": "pending", "attempt": 0})

    def _finish(self):
        self.write({"state": "done", "ended_at": fields.Datetime.now()})
        _logger.info("%s of %s done in %.1f s", self.name, self.company_id.name, self.duration)
        self.message_post(body=self._result_message())

    def _fail(self, reason):
        self.write({"state": "failed", "ended_at": fields.Datetime.now(), "error": reason})
        _logger.info("%s of %s failed: %s", self.name, self.company_id.name, reason)
        self.message_post(body=reason)
        self._schedule_failure_activity(reason)

    def _state_of_all(self):
        """The state of some runs together: of a training."""
        states = set(self.mapped("state"))
        if "running" in states or ("pending" in states and len(states) > 1):
            return "running"
        return next((one for one in ("pending", "failed") if one in states), "done")

    def _result(self):
        """The figures of the run, empty before it has any."""
        self.ensure_one()
        return self[f"{self.kind}_result_ids"]

    def _keep_result(self, **figures):
        """Keep figures of the run, beside those that it has."""
        result = self._result()
        if result:
            result.write(figures)
        else:
            result.create({"run_id": self.id, **figures})
