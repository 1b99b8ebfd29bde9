"""Statistics of the call center: blocks of figures for some days and an operator, or all.

The page, its PDF and other subjects share one form of a block. A subject extends ``_blocks`` with
{code: (place, name of a method)}; the method takes the Asked and returns a block, JSON-ready:

    title    text
    note     what the figures are, in a sentence; may be empty
    chart    "figures" (one row, large), "pie" (the first series), "bar", "line", or "" for a table
    head     what the rows are, in a word: heading of the first column
    series   [{"label", "unit", "is_drawn" (False for what stands in the table alone)}], a column
             each; a unit is count, minutes, percent (0 to 100) or money
    rows     [{"label", "values": [a number or None for each series], "action" (window action)}]
    empty    what to do where there is nothing, in a sentence

Only supervisors ask. Amounts are in the currency of the company; those of several companies are
converted at today's rates into that of the first one, which ``_frame`` says. ``_domain`` and
``_sums`` are there for figures that are read from ``ai.call.report``.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo import _, api, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ...tools.compat import users_of
from ...tools.rights import check_group

MEASURES = (
    "call_count",
    "reached_count",
    "duration",
    "revenue_calls",
    "order_count",
    "revenue_orders",
)
AMOUNTS = {"revenue_calls", "revenue_orders"}
OF_ORDERS = {"order_count", "revenue_orders"}


@dataclass(frozen=True)
class Asked:
    """What statistics are asked of.

    date_from, date_to : inclusive, each company's own days; user : res.users, empty for all;
    companies : res.company, amounts are in the currency of the first.
    """

    date_from: date
    date_to: date
    user: models.BaseModel
    companies: models.BaseModel


class AiCallStatistics(models.AbstractModel):
    _name = "ai.call.statistics"
    _description = "Statistics of the Call Center"
    _inherit = ["ai.question"]

    # ------------------------------------------------------------------
    # What the page reads
    # ------------------------------------------------------------------

    @api.model
    def get_page(self):
        """What the page is made of: {"operators": [{"id", "name"}], "blocks": codes in their order,
        "company": names, "company_ids", "can_export"}. Supervisors only."""
        self._check()
        blocks = self._blocks()
        return {
            "operators": [{"id": user.id, "name": user.name} for user in self._operators()],
            "blocks": sorted(blocks, key=lambda code: blocks[code]),
            "company": ", ".join(self.env.companies.mapped("name")),
            "company_ids": self.env.companies.ids,
            "can_export": self.env.user.has_group("base.group_allow_export"),
        }

    @api.model
    def get_block(self, code, period, user_id=False):
        """A block by its code and what ``_frame`` says of it. Supervisors only.

        period : see ``ai.question``, up to today; user_id : of an operator, False for all.
        """
        asked = self._asked(period, user_id)
        return {**self._block(code, asked), **self._frame(asked)}

    @api.model
    def get_rows_action(self, period, user_id=False):
        """Window action of the calls and orders behind the figures. Supervisors only."""
        asked = self._asked(period, user_id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_call_report_action"
        )
        name = self._title(asked)
        return {
            **action,
            "name": name,
            "display_name": name,
            "domain": self._domain(asked),
            "context": {},
        }

    @api.model
    def get_report_action(self, period, user_id=False):
        """Action of the PDF of the page. Supervisors only."""
        self._asked(period, user_id)
        report = self.env.ref("smart_recommender.ai_call_statistics_report")
        asked = {"period": period, "user_id": user_id}
        return report.report_action(None, data=asked, config=False)

    # ------------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------------

    @api.model
    def _blocks(self):
        """{code: (place, name of a method)}: to be extended."""
        return {}

    @api.model
    def _block(self, code, asked):
        """The block of a code. Raises AccessError for one that the user does not see."""
        if code not in self._blocks():
            raise AccessError(_("You may not see the part %s of the statistics.", code))
        _place, method = self._blocks()[code]
        block = {"note": "", "chart": "", "empty": "", **getattr(self, method)(asked)}
        series = [{"is_drawn": True, **each} for each in block["series"]]
        rows = [{"action": None, **row} for row in block["rows"]]
        return {**block, "code": code, "series": series, "rows": rows}

    @api.model
    def _frame(self, asked):
        """What a block is about: its days, its currency, and what was converted into it."""
        currencies = asked.companies.currency_id
        converted = _(
            "Amounts of all companies, converted into %s at today's rates.",
            asked.companies[0].currency_id.name,
        )
        return {
            "date_from": asked.date_from.isoformat(),
            "date_to": asked.date_to.isoformat(),
            "currency_id": asked.companies[0].currency_id.id,
            "conversion": converted if len(currencies) > 1 else "",
        }

    # ------------------------------------------------------------------
    # What is asked for
    # ------------------------------------------------------------------

    @api.model
    def _check(self):
        check_group(
            self.env,
            "smart_recommender.group_call_supervisor",
            _("Statistics are for supervisors of the call center. Ask one of them."),
        )

    @api.model
    def _asked(self, period, user_id=False):
        """The Asked of a period and an operator, after a check of who asks."""
        self._check()
        today = self._local_today(self.env.company)
        user = self.env["res.users"].browse(int(user_id) if user_id else [])
        if user and user not in self._operators():
            raise AccessError(_("Choose one of the operators of your companies."))
        return Asked(*self._asked_days(period, today), user, self.env.companies)

    @api.model
    def _operators(self):
        """Members of the call center in the active companies, and who logged calls of them."""
        members = users_of(self.env.ref("smart_recommender.group_call_operator").sudo())
        members = members.filtered(lambda user: user.company_ids & self.env.companies)
        groups = self.env["ai.call"]._read_group(
            [("company_id", "in", self.env.companies.ids)], ["user_id"]
        )
        logged = self.env["res.users"].union(*(user for (user,) in groups))
        return (members.sudo(False).with_env(self.env) | logged).sorted("name")

    @api.model
    def _title(self, asked):
        """Whose figures and of which days, in words."""
        days = [format_date(self.env, day) for day in (asked.date_from, asked.date_to)]
        words = _("Statistics, %(first)s to %(last)s", first=days[0], last=days[1])
        return f"{words} · {asked.user.name}" if asked.user else words

    # ------------------------------------------------------------------
    # Figures of calls
    # ------------------------------------------------------------------

    @api.model
    def _domain(self, asked):
        """Domain of the rows of ``ai.call.report`` that count."""
        domain = [
            ("company_id", "in", asked.companies.ids),
            ("day", ">=", asked.date_from),
            ("day", "<=", asked.date_to),
            # The same, wide enough for all time zones: moments have an index, local days have none.
            ("start", ">=", asked.date_from - timedelta(days=1)),
            ("start", "<", asked.date_to + timedelta(days=2)),
        ]
        return [*domain, ("user_id", "=", asked.user.id)] if asked.user else domain

    @api.model
    def _domain_of(self, asked, company, measures):
        """The same for one company and some measures, by moments alone: local days of all rows
        would be worked out one by one."""
        start, end = self.env["ai.sales.extract"]._utc_bounds(
            company, asked.date_from, asked.date_to
        )
        domain = [("company_id", "=", company.id), ("start", ">=", start), ("start", "<", end)]
        if not OF_ORDERS & set(measures):
            domain.append(("kind", "=", "call"))
        return [*domain, ("user_id", "=", asked.user.id)] if asked.user else domain

    @api.model
    def _sums(self, asked, group=None, measures=MEASURES):
        """{value of a group: {measure: its sum}} over all companies, without a group {None: …}.

        group : as ``_read_group`` has it; measures : of MEASURES. Amounts are in the currency of
        the first company.
        """
        rates, found = self._rates(asked.companies), {}
        for company in asked.companies:
            # One company at a time: figures in its own currency, for us to convert.
            report = self.env["ai.call.report"].with_context(allowed_company_ids=company.ids)
            rows = report._read_group(
                self._domain_of(asked, company, measures),
                [group] if group else [],
                [f"{measure}:sum" for measure in measures],
                # By names, as is usual, all clients would be looked up and sorted.
                order=f"{measures[0]}:sum desc" if group else None,
            )
            for row in rows:
                value, sums = (row[0], row[1:]) if group else (None, row)
                total = found.setdefault(value, dict.fromkeys(measures, 0.0))
                for measure, number in zip(measures, sums, strict=True):
                    rate = rates[company] if measure in AMOUNTS else 1
                    total[measure] += (number or 0) * rate
        return found
