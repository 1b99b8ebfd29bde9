"""What alerts have in common: who is told, an activity, and jobs that survive a failing company."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import plaintext2html

from ..tools.concurrency import CONCURRENCY_ERRORS

_logger = logging.getLogger(__name__)


class AiAlert(models.AbstractModel):
    _name = "ai.alert"
    _description = "Alert"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Responsible", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)

    @api.model
    def _each_company(self, companies, method, job):
        """Call a method for each company; one that fails leaves the others alone.

        method : str, takes a company; job : str, XML id of the scheduled action, which runs again
        where somebody else changed the same rows: what was told is not told twice.
        """
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    getattr(self.with_company(company), method)(company)
            except OperationalError as error:
                if error.pgcode not in CONCURRENCY_ERRORS:
                    raise
                _logger.info("%s of %s is tried again", self._description, company.name)
                self.env.ref(job)._trigger()
            except Exception:
                _logger.exception("%s of %s failed", self._description, company.name)

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
