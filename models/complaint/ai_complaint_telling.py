"""Who hears of a complaint: who answers it, the client's salesperson; never whom it is about."""

from odoo import _, fields, models


class AiComplaint(models.Model):
    _inherit = "ai.complaint"

    def _set_followers(self):
        for complaint in self:
            employee = complaint.employee_id
            followers = (complaint.user_id | complaint.responsible_id) - employee
            complaint.message_subscribe(partner_ids=followers.partner_id.ids)
            if employee:
                complaint.message_unsubscribe(employee.partner_id.ids)
                complaint.activity_ids.filtered(
                    lambda activity, employee=employee: activity.user_id == employee
                ).unlink()

    def _tell(self, user):
        """An activity for whoever is to answer, where it is not who took the complaint."""
        self.ensure_one()
        if user != self.user_id:
            complaint = self.with_context(lang=user.lang)
            complaint._plan(user, complaint._words_for_responsible())

    def _words_for_responsible(self):
        return _("Complaint of %s", self.partner_id.display_name)

    def _plan(self, user, summary):
        """An activity for a user until the deadline, in that user's language and no mail."""
        self.ensure_one()
        deadline = self.deadline or fields.Datetime.now()
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=fields.Datetime.context_timestamp(
                self.with_context(tz=user.tz or "UTC"), deadline
            ).date(),
            summary=summary,
            note=self.description or "",
            user_id=user.id,
        )

    def _tell_sales(self):
        """An activity for the client's salesperson, or the leader of its team. Makes no lead."""
        self.ensure_one()
        working = self.user_id | self.responsible_id | self.employee_id
        for user in (
            self.partner_id.user_id,
            self.commercial_partner_id.user_id,
            self.team_id.user_id,
        ):
            if self._may_be_told(user) and user not in working:
                complaint = self.with_context(lang=user.lang)
                complaint._plan(user, complaint._words_for_sales())
                return

    def _words_for_sales(self):
        return _("Your client %s complains", self.commercial_partner_id.display_name)

    def _may_be_told(self, user):
        """Whether a user works in the company of the complaint."""
        return user.active and not user.share and self.company_id in user.company_ids
