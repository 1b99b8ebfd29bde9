"""What alerts have in common: whom they notify, and an activity."""

from odoo import api, fields, models
from odoo.tools import plaintext2html

from ...tools.compat import users_of

SUPERVISORS = "smart_recommender.group_call_supervisor"


class AiAlert(models.AbstractModel):
    _name = "ai.alert"
    _description = "Alert"
    _inherit = ["ai.company.row", "ai.company.job", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"

    user_id = fields.Many2one("res.users", string="Responsible", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)

    @api.model
    def _may_be_told(self, user, company, groups):
        """Whether a user works in the company and is in one of the groups."""
        return (
            bool(user)
            and user.active
            and company in user.company_ids
            and any(user.has_group(group) for group in groups)
        )

    @api.model
    def _supervisors(self, company):
        """Supervisors of the call center who work in a company, those who manage it last."""
        supervisors = users_of(self.env.ref(SUPERVISORS)).filtered(
            lambda user: self._may_be_told(user, company, (SUPERVISORS,)) and not user.share
        )
        managers = users_of(self.env.ref("smart_recommender.group_call_manager"))
        return supervisors.sorted(lambda user: (user in managers, user.id))

    @api.model
    def _tell_user(self, company, user, **vals):
        """One alert with its activity, in the user's language."""
        alert = self.with_context(lang=user.lang).create(
            {
                "company_id": company.id,
                "user_id": user.id,
                "date": self.env["ai.sales.extract"]._local_now(company).date(),
                **vals,
            }
        )
        alert.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=alert.date,
            summary=alert._summary(),
            note=plaintext2html(alert._note()),
            user_id=user.id,
        )
        return alert

    def _summary(self):
        """What the activity says in a line, in the user's language."""
        raise NotImplementedError

    def _note(self):
        """What the activity says at length, as plain text in the user's language."""
        raise NotImplementedError
