"""What the screens and the print of a forecast show: curves by day, week and month, and tables."""

from datetime import timedelta

from odoo import fields, models

# In the sparkline of a list; sold ones in the table beside a chart.
WEEKS_SHOWN, WEEKS_AHEAD = 20, 4
WEEKS_IN_TABLE = 8
# Days of a step of the chart, and how many steps that were sold it shows.
STEPS = {"day": (1, 120), "week": (7, 26), "month": (30, 12)}
# Of fewer units a day, days are mostly zero and weeks tell more.
SLOW = 1.0
TOTAL_DAYS = (7, 30, 90)


class AiForecast(models.Model):
    _inherit = "ai.forecast"

    sparkline = fields.Json(compute="_compute_sparkline")
    chart = fields.Json(compute="_compute_chart")

    def _compute_sparkline(self):
        """Weekly sales and forecasts, for a line in a list."""
        arrays = self._read_arrays()
        for forecast in self:
            history, daily = arrays[forecast.id][:2]
            forecast.sparkline = {
                "history": _weekly(history[-7 * WEEKS_SHOWN :], from_end=True),
                "forecast": _weekly(daily[: 7 * WEEKS_AHEAD]),
            }

    def _compute_chart(self):
        """All that the chart and its table show, see static/src/forecast."""
        arrays = self._read_arrays()
        past = self.env["ai.forecast.accuracy"]._of_products(self.company_id, self.product_id)
        for forecast in self:
            key = (forecast.company_id.id, forecast.product_id.id)
            forecast.chart = forecast._chart(arrays[forecast.id], past.get(key, []))

    def _chart(self, arrays, past):
        """The value of ``chart``: JSON for static/src/forecast; dates as text, units as float."""
        self.ensure_one()
        history, daily, low, high = arrays[:4]
        is_forecast = self.state == "ok"
        return {
            "id": self.id,
            "product": self.product_id.display_name,
            "unit": self.uom_id.name,
            "state": self.state,
            "trained": fields.Date.to_string(self.date_trained),
            "start": fields.Date.to_string(self.date_start),
            "history": history,
            "daily": daily,
            "low": low,
            "high": high,
            "steps": self._steps(arrays) if is_forecast else {},
            "step": "week" if sum(daily) < SLOW * len(daily) else "day",
            "totals": self._totals() if is_forecast else [],
            "weeks": self._week_rows(history, daily) if is_forecast else [],
            "trend": self.trend or "",
            "slope": self.slope,
            "confidence": self.confidence,
            "method": self.method_text,
            "reason": self.reason or "",
            "tests": self.origins,
            "tested": self.is_tested,
            "wape": self.wape,
            "bias": self.bias,
            "left_out": self.days_out,
            "past": past,
        }

    def _totals(self):
        """The next 7, 30 and 90 days with their 95 and 80 % ranges."""
        self.ensure_one()
        return [
            {
                "days": days,
                "value": self[f"total_{days}"],
                "low": self[f"total_{days}_low"],
                "high": self[f"total_{days}_high"],
                "low_80": self[f"total_{days}_low_80"],
                "high_80": self[f"total_{days}_high_80"],
            }
            for days in TOTAL_DAYS
        ]

    def _steps(self, arrays):
        """{step: its curves}: units sold and forecast a day, a week and 30 days, with ranges."""
        self.ensure_one()
        from ...algorithms.forecast.steps import block_range, sums_of

        history, daily, *ends = arrays
        steps = {}
        for step, (days, shown) in STEPS.items():
            sold = sums_of(history, days, from_end=True)[-shown:].tolist()
            curves = {"days": days, "sold": sold, "forecast": sums_of(daily, days).tolist()}
            for suffix, (low, high) in (("", ends[:2]), ("_80", ends[2:])):
                if days > 1:
                    total = [self[f"total_{days}{end}"] for end in (f"_low{suffix}", "")]
                    total.append(self[f"total_{days}_high{suffix}"])
                    low, high = (
                        each.tolist() for each in block_range(daily, low, high, days, total)
                    )
                curves |= {f"low{suffix}": low, f"high{suffix}": high}
            steps[step] = curves
        return steps

    def _total_rows(self):
        """[(days, at least, forecast, at most)], for print."""
        self.ensure_one()
        return [
            (days, self[f"total_{days}_low"], self[f"total_{days}"], self[f"total_{days}_high"])
            for days in TOTAL_DAYS
        ]

    def _weeks(self):
        """[(first day, units)] of the weeks ahead, for print."""
        self.ensure_one()
        daily = self._read_arrays()[self.id][1]
        return [
            (self.date_start + timedelta(weeks=week), units)
            for week, units in enumerate(_weekly(daily))
        ]

    def _week_rows(self, history, daily):
        """Rows of the table that stands for the chart: whole weeks sold, then those ahead.

        history, daily : lists of float, units per day, see ARRAY_COLUMNS.
        Returns [{"date": first day, "sold": units or None, "expected": units or None}].
        """
        self.ensure_one()
        sold = _weekly(history[-7 * WEEKS_IN_TABLE :], from_end=True)
        values = [(units, None) for units in sold] + [(None, units) for units in _weekly(daily)]
        return [
            {
                "date": fields.Date.to_string(self.date_start + timedelta(weeks=week)),
                "sold": past,
                "expected": ahead,
            }
            for week, (past, ahead) in enumerate(values, start=-len(sold))
        ]


def _weekly(days, from_end=False):
    """Sums of whole weeks; a part of a week is left out, at the start where ``from_end``."""
    extra = len(days) % 7
    days = days[extra:] if from_end else days[: len(days) - extra]
    return [sum(days[at : at + 7]) for at in range(0, len(days), 7)]
