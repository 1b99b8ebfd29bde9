"""What people do with a complaint: begin, solve, refuse, take it up again."""

from odoo import _, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access
from .ai_complaint import CLOSED


class AiComplaint(models.Model):
    _inherit = "ai.complaint"

    def action_start(self):
        """The user begins to work on new complaints."""
        self._check_open()
        for complaint in self.filtered(lambda each: each.state == "new"):
            vals = {"state": "in_progress"}
            if not complaint.responsible_id:
                vals["responsible_id"] = self.env.uid
            complaint.sudo().write(vals)

    def action_solve(self):
        """The client was given what is right. Raises UserError where nobody says what."""
        self._close("solved", _("Say what was done for the client in %s, then solve it."))

    def action_refuse(self):
        """There is nothing to give. Raises UserError where nobody says why."""
        self._close("refused", _("Say in %s why the client gets nothing, then refuse it."))

    def _close(self, state, missing):
        self._check_open()
        for complaint in self:
            if not (complaint.resolution or "").strip():
                raise UserError(missing % complaint._in_words())
        self.sudo().write({"state": state, "closed_at": fields.Datetime.now()})
        self.sudo().activity_ids.with_context(mail_activity_quick_update=True).unlink()

    def action_reopen(self):
        """Take up closed complaints again."""
        self._check_writable()
        self.sudo()._reopen()

    def _check_writable(self):
        """Raise an AccessError where the user may not write to the complaints."""
        check_access(self, "write")

    def _check_open(self):
        self._check_writable()
        for complaint in self:
            if complaint.state in CLOSED:
                raise UserError(
                    _("%s is closed. Reopen it to go on with it.", complaint._in_words())
                )
