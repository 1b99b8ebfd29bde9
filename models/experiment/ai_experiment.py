"""Experiments: by lot, some clients see no suggestions, and the others are compared with them.

    draft      being planned; its design may be changed
    running    quotations are logged with their arm (see ai.exposure); one for each company
    ended      by hand, on its last day, or because a setting of the suggestions was changed

Which arm a client belongs to is a hash of its id and of the experiment's salt: nobody sets it.
Results are counted every night (see :mod:`.ai_experiment_evaluation`).
"""

import secrets

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.rights import check_group

DESIGN = frozenset(
    {
        "company_id",
        "control_sees",
        "share",
        "unit",
        "walk_in_ids",
        "looks",
        "end_date",
        "target_effect",
    }
)


class AiExperiment(models.Model):
    _name = "ai.experiment"
    _description = "Suggestion Experiment"
    _inherit = ["ai.company.row", "ai.editable.row"]
    _order = "started_at desc nulls first, id desc"
    _editable = DESIGN | {"name"}

    name = fields.Char(required=True, default=lambda self: self._default_name())
    company_id = fields.Many2one(default=lambda self: self.env.company, readonly=False)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    control_sees = fields.Selection(
        [
            ("nothing", "No suggestions"),
            ("popular", "Popular products only"),
            ("same", "The same (A/A test)"),
        ],
        string="The Control Sees",
        required=True,
        default="nothing",
        help="An A/A test shows everybody the same: it must find no difference.",
    )
    share = fields.Float(
        string="Share With Suggestions",
        digits=(16, 4),
        required=True,
        default=0.5,
        group_operator="avg",
        help="The share of clients who see suggestions; half and half tells soonest.",
    )
    unit = fields.Selection(
        [("client", "Client"), ("order", "Quotation")],
        string="Drawn by Lot",
        required=True,
        default="client",
        help="By client, a salesperson always sees the same at one client. By quotation, there are "
        "more to compare, but what is learned at one quotation is carried to the next.",
    )
    walk_in_ids = fields.Many2many(
        "res.partner",
        "ai_experiment_walk_in_rel",
        "experiment_id",
        "partner_id",
        string="Walk-In Clients",
        help="Clients who stand for many, such as the counter: each of their quotations is drawn.",
    )
    looks = fields.Selection(
        [("fixed", "Once, at the end"), ("sequence", "At any time")],
        string="Result Is Read",
        required=True,
        default="fixed",
        help="Whoever looks every week and stops when the result pleases is wrong in one of five "
        "experiments without any effect. “At any time” allows for this, with wider ranges.",
    )
    end_date = fields.Date(string="Last Day", help="The experiment ends by itself after this day.")
    target_effect = fields.Float(
        string="Effect Worth Knowing",
        digits=(16, 4),
        required=True,
        default=0.1,
        group_operator="avg",
        help="The smallest change in revenue per quotation that you want to be able to see.",
    )
    salt = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    started_at = fields.Datetime(string="Started", readonly=True, copy=False)
    started_by_id = fields.Many2one("res.users", string="Started By", readonly=True, copy=False)
    ended_at = fields.Datetime(string="Ended", readonly=True, copy=False)
    ended_by_id = fields.Many2one("res.users", string="Ended By", readonly=True, copy=False)
    end_reason = fields.Char(string="Why It Ended", readonly=True, copy=False)
    planned_count = fields.Integer(
        string="Quotations Planned",
        readonly=True,
        copy=False,
        help="Ranges that may be read at any time are narrowest at this many quotations.",
    )
    plan = fields.Text(readonly=True, copy=False, help="How long it would take.")
    exposure_ids = fields.One2many("ai.exposure", "experiment_id", string="Quotations")
    exposure_count = fields.Integer(
        string="Number of Quotations", compute="_compute_exposure_count"
    )

    _sql_constraints = [
        (
            "share_inside",
            "CHECK(share > 0 AND share < 1)",
            "Both arms need clients: give a share with suggestions between 1 % and 99 %.",
        ),
        (
            "target_effect_positive",
            "CHECK(target_effect > 0)",
            "Give an effect worth knowing above zero, for example 10 %.",
        ),
    ]

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS ai_experiment_one_running"
            " ON ai_experiment (company_id) WHERE state = 'running'"
        )

    def _compute_exposure_count(self):
        counts = dict(
            self.env["ai.exposure"]._read_group(
                [("experiment_id", "in", self.ids)], ["experiment_id"], ["__count"]
            )
        )
        for experiment in self:
            experiment.exposure_count = counts.get(experiment, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_start(self):
        """Start the experiment: from now on quotations of the company are drawn.

        Managers only. Raises UserError where another one runs, suggestions are off, or its last day
        is past.
        """
        self.ensure_one()
        self._check_manager()
        self._check_may_start()
        self.sudo().write(
            {
                "state": "running",
                "started_at": fields.Datetime.now(),
                "started_by_id": self.env.uid,
                "salt": secrets.token_hex(16),
                "planned_count": self.sudo()._planned_count(),
            }
        )
        return True

    def action_end(self):
        """End the experiment by hand; quotations of its control see suggestions again once their
        revenue has been counted. Managers only."""
        self._check_manager()
        for experiment in self:
            if experiment.state != "running":
                raise UserError(_("%s is not running.", experiment.name))
            experiment._end(_("by hand"))
        return True

    def action_open_exposures(self):
        """Open the quotations of the experiment with their arms. Managers only."""
        self.ensure_one()
        self._check_manager()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_exposure_action"
        )
        return {**action, "domain": [("experiment_id", "=", self.id)], "display_name": self.name}

    def write(self, vals):
        design = DESIGN.intersection(vals)
        for experiment in self:
            if design and experiment.state != "draft":
                raise UserError(
                    _(
                        "%s has started, so its design is fixed: arms drawn in two ways cannot be "
                        "compared. End it and start a copy of it.",
                        experiment.name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for experiment in self:
            if experiment.state != "draft":
                raise UserError(
                    _(
                        "%s has started and is kept: a result that was deleted would make the "
                        "others look better. Start another one instead.",
                        experiment.name,
                    )
                )

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    @api.model
    def _default_name(self):
        return _("Do suggestions pay?")

    @api.model
    def _check_manager(self):
        check_group(
            self.env,
            "smart_recommender.group_manager",
            _("Only managers of the AI Recommender may run experiments. Ask one of them."),
        )

    def _check_may_start(self):
        if self.state != "draft":
            raise UserError(_("%s has started already. Start a copy of it.", self.name))
        if not self.company_id.ai_enabled:
            raise UserError(
                _(
                    "%s shows no suggestions: switch them on in Settings › AI Recommender first.",
                    self.company_id.name,
                )
            )
        # Two managers who press Start at the same moment: the second one waits, and finds it.
        self.env.cr.execute(
            SQL("SELECT id FROM res_company WHERE id = %s FOR UPDATE", self.company_id.id)
        )
        other = self.sudo()._running(self.company_id)
        if other:
            raise UserError(
                _(
                    "%(other)s runs in %(company)s. One at a time: end it before you start "
                    "%(name)s.",
                    other=other.name,
                    company=self.company_id.name,
                    name=self.name,
                )
            )
        if self.looks == "fixed" and not self.end_date:
            raise UserError(
                _(
                    "%s is read once, at its end: give it a last day, or let it be read at any "
                    "time.",
                    self.name,
                )
            )
        if self.end_date and self.end_date <= fields.Date.context_today(self):
            raise UserError(_("The last day of %s is past: give a later one.", self.name))

    def _end(self, reason):
        """End running experiments. reason : str, for people."""
        self.sudo().write(
            {
                "state": "ended",
                "ended_at": fields.Datetime.now(),
                "ended_by_id": self.env.uid,
                "end_reason": reason,
            }
        )

    @api.model
    def _not_editable_message(self):
        return _("Experiments are started and ended by their buttons.")
