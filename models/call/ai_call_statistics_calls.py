"""The blocks of the statistics that are about calls, and what was sold through them."""

from datetime import timedelta

from odoo import _, api, models
from odoo.tools import format_date

from ...tools.compat import permitted
from .ai_call_report import HOURS

BEST = 10
# More days than that are told by week.
MOST_POINTS = 62
REACH = ("call_count", "reached_count")


class AiCallStatistics(models.AbstractModel):
    _inherit = "ai.call.statistics"

    @api.model
    def _blocks(self):
        return {
            **super()._blocks(),
            "summary": (10, "_summary"),
            "results": (20, "_results"),
            "days": (30, "_days"),
            "operators": (40, "_by_operator"),
            "operators_revenue": (50, "_revenue_by_operator"),
            "hours": (60, "_hours"),
            "weekdays": (70, "_weekdays"),
            "clients_revenue": (80, "_best_clients"),
            "clients_calls": (90, "_most_called"),
        }

    # ------------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------------

    @api.model
    def _summary(self, asked):
        total = self._sums(asked)[None]
        calls, reached = total["call_count"], total["reached_count"]
        return {
            "title": _("Summary"),
            "note": self._revenue_note(),
            "chart": "figures",
            "head": "",
            "series": [
                *self._series("call_count"),
                {"label": _("Clients Reached (%)"), "unit": "percent"},
                *self._series("duration"),
                {"label": _("Average Call"), "unit": "minutes"},
                *self._series("revenue_calls", "order_count", "revenue_orders"),
            ],
            "rows": [
                {
                    "label": "",
                    "values": [
                        calls,
                        100 * reached / calls if calls else None,
                        total["duration"],
                        total["duration"] / reached if reached else None,
                        *(total[name] for name in ("revenue_calls", "order_count")),
                        total["revenue_orders"],
                    ],
                }
            ],
        }

    @api.model
    def _results(self, asked):
        sums = self._sums(asked, "result", ["call_count"])
        names = self._names("result")
        return {
            "title": _("Calls by Result"),
            "chart": "pie",
            "head": _("Result"),
            "series": self._series("call_count"),
            "rows": self._rows(
                [(name, sums[key]) for key, name in names.items() if key in sums], "call_count"
            ),
            "empty": self._no_calls(),
        }

    @api.model
    def _days(self, asked):
        """Each day; of many days each week, from Monday on."""
        sums = self._sums(asked, "day:day", REACH)
        count = (asked.date_to - asked.date_from).days + 1
        is_by_week = count > MOST_POINTS
        found = {}
        for number in range(count):
            day = asked.date_from + timedelta(days=number)
            first = day - timedelta(days=day.weekday() if is_by_week else 0)
            row = found.setdefault(first, dict.fromkeys(REACH, 0))
            for measure in REACH:
                row[measure] += sums.get(day, {}).get(measure, 0)
        return {
            "title": _("Calls by Week") if is_by_week else _("Calls by Day"),
            "chart": "line",
            "head": _("Week from") if is_by_week else _("Day"),
            "series": self._series(*REACH),
            "rows": self._rows(
                [(format_date(self.env, first), row) for first, row in found.items()], *REACH
            ),
            "empty": self._no_calls(),
        }

    @api.model
    def _by_operator(self, asked):
        measures = (*REACH, "duration")
        sums = self._best(self._sums(asked, "user_id", measures), "call_count")
        return {
            "title": _("Calls by Operator"),
            "chart": "bar",
            "head": _("Operator"),
            "series": self._series(*measures, drawn=REACH),
            "rows": self._rows(sums, *measures),
            "empty": self._no_calls(),
        }

    @api.model
    def _revenue_by_operator(self, asked):
        measures = ("revenue_calls", "order_count", "revenue_orders")
        earned = [
            (user, row)
            for user, row in self._sums(asked, "user_id", measures).items()
            if row["revenue_calls"] or row["order_count"]
        ]
        earned.sort(key=lambda each: (-each[1]["revenue_calls"], -each[1]["revenue_orders"]))
        return {
            "title": _("Revenue by Operator"),
            "note": self._revenue_note(),
            "chart": "bar",
            "head": _("Operator"),
            "series": self._series(*measures, drawn=("revenue_calls", "revenue_orders")),
            "rows": self._rows(earned, *measures),
            "empty": _(
                "No revenue in these days. When you log a call, choose its order in Related Order."
            ),
        }

    @api.model
    def _hours(self, asked):
        """From the first hour with a call to the last one."""
        sums = self._with_calls(self._sums(asked, "hour", REACH))
        hours = [each for each in HOURS if sums and min(sums) <= each[0] <= max(sums)]
        return {
            "title": _("Calls by Hour"),
            "note": _("In the time zone of the company."),
            "chart": "bar",
            "head": _("Hour"),
            "series": self._series(*REACH),
            "rows": self._rows([(name, sums.get(hour, {})) for hour, name in hours], *REACH),
            "empty": self._no_calls(),
        }

    @api.model
    def _weekdays(self, asked):
        sums = self._with_calls(self._sums(asked, "weekday", REACH))
        days = [(name, sums.get(day, {})) for day, name in self._names("weekday").items()]
        return {
            "title": _("Calls by Weekday"),
            "chart": "bar",
            "head": _("Weekday"),
            "series": self._series(*REACH),
            "rows": self._rows(days, *REACH),
            "empty": self._no_calls(),
        }

    @api.model
    def _best_clients(self, asked):
        return {
            "title": _("Best Clients"),
            "note": _("By revenue of calls."),
            **self._clients(asked, "revenue_calls", "call_count", "duration"),
            "empty": _("No call has led to an order in these days."),
        }

    @api.model
    def _most_called(self, asked):
        return {
            "title": _("Clients With Most Calls"),
            **self._clients(asked, "call_count", "duration", "revenue_calls"),
            "empty": self._no_calls(),
        }

    # ------------------------------------------------------------------
    # Parts of blocks
    # ------------------------------------------------------------------

    @api.model
    def _clients(self, asked, *measures):
        """The ten clients with most of the first measure."""
        best = self._best(self._sums(asked, "partner_id", measures), measures[0])
        best = [(partner, row) for partner, row in best if partner][:BEST]
        partners = self.env["res.partner"].union(*(partner for partner, _row in best))
        readable = permitted(partners.with_env(self.env), "read")
        action = readable[:1].action_open_client_sheet() if readable else None
        return {
            "head": _("Client"),
            "series": self._series(*measures),
            "rows": [
                {
                    "label": partner.sudo().display_name,
                    "values": [row[measure] for measure in measures],
                    "action": partner in readable
                    and {**action, "context": {**action["context"], "active_id": partner.id}},
                }
                for partner, row in best
            ],
        }

    def _best(self, sums, measure):
        """[(value, its sums)] of those that have any of a measure, most first."""
        found = [(value, row) for value, row in sums.items() if row[measure] > 0]
        return sorted(found, key=lambda each: (-each[1][measure], each[0].id or 0))

    def _with_calls(self, sums):
        return {value: row for value, row in sums.items() if row["call_count"]}

    def _rows(self, sums, *measures):
        """Rows of [(label, or a record that has a name, {measure: sum})]; none where all are
        nothing."""
        rows = [
            {
                "label": label if isinstance(label, str) else label.display_name,
                "values": [row.get(measure, 0) for measure in measures],
            }
            for label, row in sums
        ]
        return rows if any(any(row["values"]) for row in rows) else []

    def _series(self, *measures, drawn=None):
        units = {"duration": "minutes", "revenue_calls": "money", "revenue_orders": "money"}
        labels = {
            "call_count": _("Calls"),
            "reached_count": _("Clients Reached"),
            "duration": _("Talk Time"),
            "revenue_calls": _("Revenue of Calls"),
            "order_count": _("Orders Made"),
            "revenue_orders": _("Revenue of Orders Made"),
        }
        return [
            {
                "label": labels[measure],
                "unit": units.get(measure, "count"),
                "is_drawn": drawn is None or measure in drawn,
            }
            for measure in measures
        ]

    def _names(self, name):
        """{key: label} of a selection of the report."""
        return dict(self.env["ai.call.report"]._fields[name]._description_selection(self.env))

    def _no_calls(self):
        return _("No call in these days. Choose a longer period above.")

    def _revenue_note(self):
        return _(
            "Revenue of calls: confirmed orders linked to a call, each once, for its first call. "
            "Revenue of orders made: confirmed orders whose salesperson is an operator. An order "
            "can be in both, so do not add them."
        )
