"""Who heard which recording, and which were deleted: written by code, read by supervisors."""

from datetime import timedelta

from odoo import api, fields, models

JOB = "smart_recommender.ir_cron_telephony_day"


class AiCallHearing(models.Model):
    _name = "ai.call.hearing"
    _description = "Hearing of a Recording"
    _inherit = ["ai.company.row", "ai.company.job"]
    _order = "date desc, id desc"
    _rec_name = "call_name"

    call_id = fields.Many2one(
        "ai.call", string="Call", readonly=True, index=True, ondelete="set null"
    )
    call_name = fields.Char(string="What", required=True, readonly=True)
    kind = fields.Selection(
        [("heard", "Heard"), ("kept", "Kept"), ("deleted", "Deleted")],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    digest = fields.Char(
        string="SHA-256", readonly=True, help="Of the file, by which it can be recognised."
    )
    size = fields.Integer(string="Bytes", readonly=True, group_operator=None)

    @api.model
    def _cron_retention(self):
        """Delete what is too old in every company; one that fails leaves the others alone."""
        servers = self.env["ai.telephony.server"].sudo().with_context(active_test=False).search([])
        self._each_company(servers.company_id, "_delete_old", JOB)

    @api.model
    def _delete_old(self, company):
        """Delete the recordings of a company that are older than its days."""
        servers = self.env["ai.telephony.server"].sudo().with_context(active_test=False)
        days = servers.search([("company_id", "=", company.id)]).mapped("retention_days")
        old = [
            ("company_id", "=", company.id),
            ("has_recording", "=", True),
            ("start", "<", fields.Datetime.now() - timedelta(days=min(days))),
        ]
        for call in self.env["ai.call"].sudo().search(old):
            call._delete_recording()
