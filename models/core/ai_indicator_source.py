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

``note`` is a text that the figure needs beside it, empty where it needs none. Amounts are in the
currency of the company.
"""

from odoo import api, models


class AiIndicatorSource(models.AbstractModel):
    _name = "ai.indicator.source"
    _description = "Source of Indicators"

    @api.model
    def _indicators(self):
        return {}

    @api.model
    def _actions(self):
        """{code of an indicator: (XML id of the action with its records, name of their day)}."""
        return {}
