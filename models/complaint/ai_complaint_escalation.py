"""Escalation to a supervisor: by hand with a reason, past the deadline, or reopened twice.

The scheduled action runs every quarter of an hour and at each deadline. It locks the rows that it
escalates and looks at them again under the lock, so that of two that run at once one does it.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.searching import asks_for_yes
from .ai_complaint import OPEN

JOB = "smart_recommender.ir_cron_complaint_escalation"
BATCH = 100
MANAGERS = "smart_recommender.group_call_manager"


class AiComplaint(models.Model):
    _name = "ai.complaint"
    _inherit = ["ai.complaint", "ai.company.job"]

    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")

    @api.depends("deadline", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for complaint in self:
            complaint.is_late = (
                complaint.state in OPEN and bool(complaint.deadline) and complaint.deadline < now
            )

    @api.model
    def _search_is_late(self, operator, value):
        late = [("state", "in", OPEN), ("deadline", "<", fields.Datetime.now())]
        return late if asks_for_yes(operator, value) else ["!", "&", *late]

    # ------------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------------

    def action_escalate(self):
        """Ask for the reason of an escalation."""
        self._check_open()
        self._check_level()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_complaint_escalate_action"
        )
        return {**action, "context": {"default_complaint_ids": self.ids}}

    def _check_level(self):
        for complaint in self:
            if complaint.level > 1:
                raise UserError(
                    _(
                        "%(complaint)s is with %(user)s already. Write to them in its messages.",
                        complaint=complaint._in_words(),
                        user=complaint.responsible_id.name,
                    )
                )

    def _escalate_by_hand(self, reason):
        """Escalate in the name of the user. Raises UserError without a reason, or for one that is
        closed or with a supervisor already."""
        self._check_open()
        self._check_level()
        if not (reason or "").strip():
            raise UserError(_("Say why it is escalated: the supervisor will want to know."))
        for complaint in self:
            complaint.sudo()._escalate(reason.strip())

    # ------------------------------------------------------------------
    # By rule
    # ------------------------------------------------------------------

    def _wake_at_deadline(self):
        """Let the job run at the next of these deadlines, and not a quarter of an hour later."""
        moments = {each.deadline for each in self if each.deadline and each.level == 1}
        if moments:
            self.env.ref(JOB)._trigger(sorted(moments))

    @api.model
    def _cron_escalate(self):
        """Escalate what is past its deadline, in every company."""
        companies = self.env["res.company"].search([("ai_enabled", "=", True)])
        self._each_company(companies, "_escalate_late", JOB)

    @api.model
    def _escalate_late(self, company):
        """Escalate the late complaints of a company that are with no supervisor yet.

        Returns them. Rows that another transaction is about to change are left to the next run.
        """
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT id
              FROM ai_complaint
             WHERE company_id = %s AND level = 1 AND state IN %s AND deadline <= %s
          ORDER BY deadline, id
             LIMIT %s
               FOR UPDATE SKIP LOCKED
            """,
            (company.id, OPEN, fields.Datetime.now(), BATCH),
        )
        late = self.browse(row[0] for row in self.env.cr.fetchall())
        for complaint in late:
            complaint._escalate_past_deadline()
        if len(late) == BATCH:
            self.env.ref(JOB)._trigger()
        return late

    def _escalate_past_deadline(self):
        self._escalate(_("Not solved by its deadline."))

    def _escalate(self, reason):
        """Hand a complaint to a supervisor, with a deadline of its own."""
        self.ensure_one()
        now = fields.Datetime.now()
        supervisor = self._least_busy_supervisor() or self.responsible_id
        self.write(
            {
                "state": "escalated",
                "level": 2,
                "escalated_at": now,
                "waiting_since": now,
                "escalation_reason": reason,
                "responsible_id": supervisor.id,
            }
        )
        self._set_deadline()
        self.message_post(
            body=_("Escalated to %(user)s: %(reason)s", user=supervisor.name, reason=reason)
        )
        complaint = self.with_context(lang=supervisor.lang)
        complaint._plan(supervisor, complaint._words_for_supervisor())

    def _words_for_supervisor(self):
        return _("Escalated: complaint of %s", self.partner_id.display_name)

    def _least_busy_supervisor(self):
        """The supervisor of the company with the fewest open complaints, who manages the call
        center last; not whom the complaint is about."""
        supervisors = self.env["ai.alert"]._supervisors(self.company_id) - self.employee_id
        counts = dict(
            self._read_group(
                [("responsible_id", "in", supervisors.ids), ("state", "in", OPEN)],
                ["responsible_id"],
                ["__count"],
            )
        )
        managers = supervisors.filtered(lambda user: user.has_group(MANAGERS))
        return (supervisors - managers or supervisors).sorted(
            lambda user: (counts.get(user, 0), user.id)
        )[:1]
