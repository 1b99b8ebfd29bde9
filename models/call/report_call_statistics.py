"""The page of statistics on paper: its figures as tables, with bars, lines and pies drawn as SVG.

What prints is drawn here, since the printing program runs no scripts. Blocks are those of
``ai.call.statistics``, whichever subject they come from.
"""

from odoo import _, api, models
from odoo.tools import format_amount, formatLang

from ...tools.svg_chart import PALETTE, line_points, pie_slices

USUAL_DAYS = 30
WIDTH, HEIGHT = 640, 160


class ReportCallStatistics(models.AbstractModel):
    _name = "report.smart_recommender.report_call_statistics"
    _description = "Statistics of the Call Center on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):  # noqa: ARG002 (there is no document)
        """data : {"period", "user_id"} as the page has them. Supervisors only."""
        data = data or {}
        statistics = self.env["ai.call.statistics"]
        period = data.get("period") or {"days": USUAL_DAYS}
        asked = statistics._asked(period, data.get("user_id"))
        page = statistics.get_page()
        frame = statistics._frame(asked)
        return {
            "company": asked.companies[0],
            "company_names": page["company"],
            "title": statistics._title(asked),
            "conversion": frame["conversion"],
            "size": (WIDTH, HEIGHT),
            "blocks": [
                self._printed(statistics._block(code, asked), asked.companies[0].currency_id)
                for code in page["blocks"]
            ],
        }

    @api.model
    def _printed(self, block, currency):
        """A block with its values in words, and what is drawn beside them."""
        series, rows = block["series"], block["rows"]
        drawn = [place for place, each in enumerate(series) if each["is_drawn"]]
        return {
            **block,
            "colors": PALETTE,
            "lines": [
                {
                    "label": row["label"],
                    "texts": [
                        self._text(value, each["unit"], currency)
                        for value, each in zip(row["values"], series, strict=True)
                    ],
                    "bars": self._bars(block, row, drawn),
                    "color": PALETTE[number % len(PALETTE)],
                }
                for number, row in enumerate(rows)
            ],
            "slices": pie_slices([row["values"][0] for row in rows], HEIGHT / 2)
            if block["chart"] == "pie"
            else [],
            "curves": self._curves(block, drawn) if block["chart"] == "line" else [],
        }

    def _bars(self, block, row, drawn):
        """[{"width" (percent of the largest value of its unit), "color"}] of a row."""
        if block["chart"] != "bar":
            return []
        units = [each["unit"] for each in block["series"]]
        bars = []
        for place in drawn:
            largest = max(
                each["values"][other] or 0
                for each in block["rows"]
                for other in drawn
                if units[other] == units[place]
            )
            share = (row["values"][place] or 0) / largest if largest > 0 else 0
            bars.append({"width": round(100 * max(share, 0), 1), "color": PALETTE[place]})
        return bars

    def _curves(self, block, drawn):
        columns = {place: [row["values"][place] or 0 for row in block["rows"]] for place in drawn}
        largest = max((max(values, default=0) for values in columns.values()), default=0)
        return [
            {
                "points": line_points(values, largest, WIDTH, HEIGHT),
                "color": PALETTE[place],
                "label": block["series"][place]["label"],
            }
            for place, values in columns.items()
        ]

    @api.model
    def _text(self, value, unit, currency):
        if value is None:
            return "–"
        if unit == "money":
            return format_amount(self.env, value, currency)
        if unit == "percent":
            return f"{formatLang(self.env, value, digits=1)}\u00a0%"
        if unit == "minutes":
            return self._minutes(value)
        return formatLang(self.env, value, digits=0)

    def _minutes(self, value):
        """As the page has them: 4.5 min, or 3 h 20 min."""
        if value < 60:
            return _("%s min", formatLang(self.env, value, digits=1))
        return _("%(hours)s h %(minutes)s min", hours=round(value) // 60, minutes=round(value) % 60)
