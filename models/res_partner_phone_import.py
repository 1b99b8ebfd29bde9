"""Impossible numbers in an import: kept, marked, and told to who imports.

The import screen takes every message of ``load`` for a blocking error, warnings too, and stops
after the batch. There the warnings travel beside the messages, and the screen shows them
(static/src/phone_import/phone_import.js). Other callers of ``load`` get them as messages.
"""

from collections import defaultdict, deque

from odoo import api, models

from .res_partner_phone import NUMBER_FIELDS


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def load(self, fields, data):
        result = super().load(fields, data)
        warnings = self._impossible_numbers_loaded(fields, data, result["ids"])
        if self.env.context.get("import_file"):
            result["phone_warnings"] = warnings
        else:
            result["messages"].extend(warnings)
        return result

    @api.model
    def _impossible_numbers_loaded(self, fields, data, ids):
        """Messages in the form of ``load`` for numbers that are kept but not possible.

        fields, data, ids : the arguments and the ids of ``load``; ids may be False.
        """
        columns = [
            (column, path)
            for column, path in enumerate(fields)
            if path.removeprefix("child_ids/") in NUMBER_FIELDS
        ]
        if not ids or not columns:
            return []
        rows = self._rows_of_values(columns, data)
        partners = self.browse(ids)
        marked = {
            "": partners.filtered("has_impossible_phone"),
            "child_ids": partners.child_ids.filtered("has_impossible_phone"),
        }
        return [
            self._impossible_number_warning(partner, path, rows)
            for _column, path in columns
            for partner in marked[path.rpartition("/")[0]]
            if partner._is_impossible(path.rpartition("/")[2])
        ]

    @api.model
    def _rows_of_values(self, columns, data):
        """{(path, text): rows that hold it, in their order}."""
        rows = defaultdict(deque)
        for number, row in enumerate(data):
            for column, path in columns:
                rows[path, row[column]].append(number)
        return rows

    @api.model
    def _impossible_number_warning(self, partner, path, rows):
        name = path.rpartition("/")[2]
        found = rows[path, partner[name]]
        row = found.popleft() if found else 0
        return {
            "type": "warning",
            "field": name,
            "field_path": path.split("/"),
            "record": row,
            "rows": {"from": row, "to": row},
            "message": partner._impossible_number_message(name),
        }
