from odoo import fields, models
from odoo.tools import SQL


class AiExpiringRow(models.AbstractModel):
    """A row that expires at a moment, and not when a job finds it.

    Its state reads as ``expired`` from that moment on, for readers, searches and groups alike; the
    column keeps what it was. Models have a stored selection ``state`` with ``expired`` among it.
    """

    _name = "ai.expiring.row"
    _description = "Row That Expires"

    # States that end with the moment; all others stay.
    _expiring = ()

    expires_at = fields.Datetime(required=True, readonly=True, index=True)

    def _field_to_sql(self, alias, fname, query=None):
        column = super()._field_to_sql(alias, fname, query)
        if fname != "state" or not self._expiring:
            return column
        return SQL(
            "CASE WHEN %s IN %s AND %s <= now() AT TIME ZONE 'UTC' THEN 'expired' ELSE %s END",
            column,
            self._expiring,
            SQL.identifier(alias, "expires_at"),
            column,
        )
