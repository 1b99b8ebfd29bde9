"""Lists that other systems may read over the API, declared by each subject for itself.

A subject extends this model with ``_resources``; the subject that serves the API reads the rows
with the rights of who asks, filters and pages them, and describes them by the names and helps of
their fields. Without that subject nobody asks.
"""

from dataclasses import dataclass

from odoo import api, models


@dataclass(frozen=True)
class Resource:
    """summary : what the list holds, translated; model : that of its rows, with a company_id;
    fields : names, in the order of the answer; filters : names of many2one fields (by id),
    selections and booleans (by value) and dates (from and to); order : as in ``search``;
    domain : which rows there are.

    item_by : name of a many2one of which a company has one row at most, by whose id a single row is
    asked for; item_method : method of this model that takes such a row and the days ahead and
    returns more of it; item_schema : {name: JSON schema} of what it returns.
    """

    summary: str
    model: str
    fields: tuple
    filters: tuple = ()
    order: str = "id"
    domain: tuple = ()
    item_by: str = ""
    item_method: str = ""
    item_schema: tuple = ()


class AiApiResource(models.AbstractModel):
    _name = "ai.api.resource"
    _description = "Lists of the API"

    @api.model
    def _resources(self):
        """{name in the address: Resource}; a hook, each subject adds its own."""
        return {}
