"""What somebody asks figures of: days, and companies whose amounts are added up."""

from datetime import date, timedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError

MOST_DAYS = 400
# Nothing is older, and there is room for the period before.
FIRST_YEAR = 1971


class AiQuestion(models.AbstractModel):
    _name = "ai.question"
    _description = "Question About Figures"

    @api.model
    def _asked_days(self, period, last):
        """First and last day of a period, dates, inclusive.

        period : {"days": n}, the n days up to the day ``last``, or {"date_from", "date_to"}, ISO
        days. Raises UserError that says what is wrong and what would be right.
        """
        try:
            if "days" in period:
                first = last - timedelta(days=int(period["days"]) - 1)
            else:
                first, last = (date.fromisoformat(period[key]) for key in ("date_from", "date_to"))
            if first.year < FIRST_YEAR:
                raise ValueError(first)
        except (KeyError, TypeError, ValueError, OverflowError):
            raise UserError(
                _("A period is a number of days, or its first and last day as YYYY-MM-DD.")
            ) from None
        if first > last:
            raise UserError(_("The first day of a period must not come after the last one."))
        if (last - first).days >= MOST_DAYS:
            raise UserError(_("A period has %s days at most.", MOST_DAYS))
        return first, last

    @api.model
    def _local_today(self, company):
        return self.env["ai.sales.extract"]._local_now(company).date()

    @api.model
    def _rates(self, companies):
        """{company: what one of its currency is in that of the first, today}."""
        if len(companies.currency_id) == 1:
            return dict.fromkeys(companies, 1.0)
        target, today = companies[0].currency_id, fields.Date.context_today(self)
        return {
            company: company.currency_id._get_conversion_rate(
                company.currency_id, target, companies[0], today
            )
            for company in companies
        }
