"""What indicators are made of, told by each subject for itself.

A subject that knows a figure extends this model with

    _indicators()      {code of an indicator: name of the method that reads it}
    _read_<source>()   takes a Scope and returns {code: series}; one statement for each table and
                       all its indicators, never one for each indicator and day

A series is a dict of arrays of equal length, in no certain order, that all have

    day          (n,) int64, days since 1970-01-01 in the company's time zone

and, by the kind of the indicator,

    flow, ratio, snapshot   numerator (n,) float64 and, of ratios, denominator (n,) float64: one
                            row a day, days without any left out
    distinct                entity (n,) int64: who was there on that day, at most once a day
    distribution            value (n,) float64: one row a case
    ranking                 entity (n,) int64, amount (n,) float64, and most, an int: what the
                            largest have

A flow or ratio may have aside (n,) float64: an amount that is told beside it, such as what had to
be left out. Amounts are in the currency of the company.
"""

from dataclasses import dataclass

from odoo import api, models


@dataclass(frozen=True)
class Records:
    """What an indicator counts, to be opened.

    model : name; domain : of those that count; day : field of their day, empty where all of now
    count; later : days after which a record counts.
    """

    model: str
    domain: list
    day: str = ""
    later: int = 0


class AiIndicatorSource(models.AbstractModel):
    _name = "ai.indicator.source"
    _description = "Source of Indicators"

    @api.model
    def _indicators(self):
        return {}

    @api.model
    def _records(self):
        """{code of an indicator: Records}."""
        return {}

    @api.model
    def _notes(self):
        """{code: method that puts into words what stands beside a figure}.

        A method takes the sum of ``aside`` over the days and the company; returns text, or "".
        """
        return {}
