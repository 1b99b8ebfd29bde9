"""Trainings: the runs of all kinds that a company asked for at once.

A company has one training under way. Who asks again joins it, and it gains the kinds that wait no
longer. While its runs are worked off, managers' screens are told of each step; when the last one
has ended, so is who asked for it, in one message that opens the training.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools import locks
from ...tools.compat import users_of
from ...tools.concurrency import check_up_to_date
from ...tools.rights import check_group

OPEN = ("pending", "running")
# Notifications on the bus, read by static/src/core/training_service.js.
MOVED, ENDED = "smart_recommender.training_moved", "smart_recommender.training_ended"


class AiTraining(models.Model):
    _name = "ai.training"
    _description = "AI Training"
    _inherit = ["ai.company.row"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    user_ids = fields.Many2many("res.users", string="Requested By", readonly=True)
    is_nightly = fields.Boolean(string="Nightly", readonly=True)
    run_ids = fields.One2many("ai.training.run", "training_id", string="Runs", readonly=True)
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Ended With Errors"),
        ],
        compute="_compute_state",
    )
    progress = fields.Float(compute="_compute_state", help="How much is done, in percent.")
    summary = fields.Text(compute="_compute_summary")

    @api.depends("create_date")
    @api.depends_context("lang", "tz")
    def _compute_name(self):
        for training in self:
            asked = training.create_date
            moment = format_datetime(self.env, asked, dt_format="short") if asked else ""
            training.name = _("Training of %s", moment)

    @api.depends("run_ids.state", "run_ids.progress")
    def _compute_state(self):
        for training in self:
            runs = training.run_ids
            training.state = runs._state_of_all()
            training.progress = sum(runs.mapped("progress")) / len(runs) if runs else 0

    @api.depends("run_ids.state")
    @api.depends_context("lang")
    def _compute_summary(self):
        for training in self:
            training.summary = training._in_a_sentence()

    def _in_a_sentence(self):
        """What of the training is done, and what has failed."""
        runs = self.run_ids
        done, failed = (
            runs.filtered_domain([("state", "=", state)]) for state in ("done", "failed")
        )
        if len(runs) == 1 and not failed and done:
            return done._result_message()
        sentences = [_("%(done)s of %(all)s done.", done=len(done), all=len(runs))]
        if failed:
            sentences.append(_("Failed: %s.", ", ".join(run._kind_name() for run in failed)))
        return " ".join(sentences)

    # ------------------------------------------------------------------
    # Requests
    # ------------------------------------------------------------------

    @api.model
    def action_run_training(self):
        """Ask for a training of the current company; a background job does it.

        Returns the client action that says so and opens it. Raises AccessError for anyone but
        managers, UserError where the recommender is switched off.
        """
        return self._ask_for(self.env["ai.training.run"]._kinds(), follow=True)

    @api.model
    def _ask_for(self, kinds, follow=False):
        """Ask for some kinds of training of the current company, but for those that wait already.

        kinds : [str]; follow : whether to open the training. Returns the client action that tells
        so.
        """
        self._check_manager()
        company = self.env.company
        self._check_enabled(company)
        asked = self._request(company, kinds)
        training = self._under_way(company)
        if self.env.user not in training.sudo().user_ids:
            training.sudo().user_ids |= self.env.user
        message = _("You will be notified when it ends. You can carry on working in the meantime.")
        if not asked:
            message = _("It has already been requested: %s.", training.name)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": _("AI training started for %s", company.name),
                "message": message,
                "type": "info",
                **({"next": training.get_formview_action()} if follow else {}),
            },
        }

    @api.model
    def _request(self, company, kinds, **vals):
        """Put some kinds into the queue, but for those that wait or run already.

        vals : of the runs, and of the training where there is none under way. Returns the new runs.
        Runs that wait without a training, of before there were any, join it. Raises OutdatedError
        where somebody else has asked meanwhile.
        """
        locks.await_turn(self.env.cr, self._name, company)
        check_up_to_date(
            self.env, "SELECT max(id) FROM ai_training_run WHERE company_id = %s", company.id
        )
        runs = self.env["ai.training.run"]
        waiting = runs.union(*(runs._open_run(company, kind) for kind in kinds))
        missing = [kind for kind in kinds if kind not in waiting.mapped("kind")]
        strays = waiting.filtered(lambda run: not run.training_id)
        if not missing and not strays:
            return runs
        training = self._under_way(company) or self.sudo().create(
            {"company_id": company.id, **vals}
        )
        strays.sudo().training_id = training
        return runs.union(
            *(runs._enqueue(company, kind, training_id=training.id, **vals) for kind in missing)
        )

    @api.model
    def _under_way(self, company):
        """The training of a company that has not ended; empty if there is none."""
        return self.search(
            [("company_id", "=", company.id), ("run_ids.state", "in", OPEN)], limit=1
        )

    @api.model
    def _check_manager(self):
        check_group(
            self.env,
            "smart_recommender.group_manager",
            _("Only managers of the AI Recommender may train. Ask your administrator."),
        )

    @api.model
    def _check_enabled(self, company):
        if not company.ai_enabled:
            raise UserError(
                _(
                    "The AI Recommender is switched off for %s. An administrator can switch it "
                    "on in Settings › AI Recommender.",
                    company.name,
                )
            )

    # ------------------------------------------------------------------
    # News
    # ------------------------------------------------------------------

    def _tell(self, run):
        """Tell the screens that a run has moved on, and who asked that the last one has ended."""
        for training in self:
            for manager in self._managers(training.company_id):
                self.env["bus.bus"]._sendone(
                    manager.partner_id, MOVED, {"training": training.id, "run": run.id}
                )
            if training.state not in OPEN:
                training._tell_the_end()

    def _tell_the_end(self):
        self.ensure_one()
        failed = self.state == "failed"
        for user in self.user_ids:
            training = self.with_context(lang=user.lang)
            title = _("AI training ended with errors") if failed else _("AI training finished")
            self.env["bus.bus"]._sendone(
                user.partner_id,
                ENDED,
                {
                    "training": self.id,
                    "title": title,
                    "message": training.summary,
                    "type": "danger" if failed else "success",
                },
            )

    @api.model
    def _managers(self, company):
        """Managers of the recommender in a company: who may read its trainings."""
        managers = users_of(self.env.ref("smart_recommender.group_manager"))
        return managers.filtered(lambda user: company in user.company_ids and not user.share)
