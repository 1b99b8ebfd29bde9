"""What clients complain of: how long an answer may take, and who gives it."""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

LONGEST_HOURS = 1000


class AiComplaintMotive(models.Model):
    _name = "ai.complaint.motive"
    _description = "Complaint Motive"
    _inherit = "ai.editable.row"
    _order = "sequence, name, id"
    _editable = frozenset(
        {
            "name",
            "sequence",
            "active",
            "company_id",
            "answer_hours",
            "escalated_hours",
            "user_id",
            "team_id",
        }
    )

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Company", help="Empty: a motive of all companies."
    )
    answer_hours = fields.Float(
        string="Solve Within (hours)",
        required=True,
        default=16.0,
        help=(
            "Working hours of the company from the complaint to its solution. After them the "
            "complaint is escalated to a supervisor."
        ),
    )
    escalated_hours = fields.Float(
        string="Once Escalated (hours)",
        required=True,
        default=8.0,
        help="Working hours that a supervisor has after the escalation.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        help="Who answers complaints of this motive. Empty: who takes the complaint.",
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Team",
        help="Its leader answers where no responsible user is given.",
    )

    @api.constrains("answer_hours", "escalated_hours")
    def _check_hours(self):
        for motive in self:
            if not all(
                0 < hours <= LONGEST_HOURS
                for hours in (motive.answer_hours, motive.escalated_hours)
            ):
                raise ValidationError(
                    _(
                        "%(motive)s: give more than 0 and at most %(most)s working hours.",
                        motive=motive.name,
                        most=LONGEST_HOURS,
                    )
                )

    def _responsible(self, company):
        """Who answers complaints of a motive in a company; empty where nobody is named."""
        self.ensure_one()
        for user in (self.user_id, self.team_id.user_id):
            if user.active and company in user.company_ids:
                return user
        return self.env["res.users"]

    def _deadline(self, company, start, level):
        """When a complaint must be solved.

        start : datetime in UTC, naive; level : 1, or 2 once escalated. Counts the company's working
        hours, without its weekends and holidays. Returns a naive datetime in UTC.
        """
        self.ensure_one()
        hours = self.escalated_hours if level > 1 else self.answer_hours
        return company._ai_after_working_hours(start, hours)
