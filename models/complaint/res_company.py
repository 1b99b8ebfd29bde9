from datetime import timedelta

from pytz import utc

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _ai_after_working_hours(self, start, hours):
        """The moment at which so many working hours of the company have passed.

        start : naive datetime in UTC; hours : float. Weekends and the closures of the company's
        calendar do not count; without a calendar, or with one that never works, all hours do.
        Returns a naive datetime in UTC.
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
        end = calendar and calendar.plan_hours(hours, utc.localize(start), compute_leaves=True)
        if not end:
            return start + timedelta(hours=hours)
        return end.astimezone(utc).replace(tzinfo=None)
