from odoo import _, api, models

from ...tools.rights import check_editable


class AiEditableRow(models.AbstractModel):
    """A row of which people write the columns in ``_editable`` and code all others.

    ``readonly`` keeps nobody from writing over RPC.
    """

    _name = "ai.editable.row"
    _description = "Row in Part Written by People"

    _editable = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_editable({name for vals in vals_list for name in vals}, self._editable)
        return super().create(vals_list)

    def write(self, vals):
        self._check_editable(vals, self._editable)
        if not self.env.su:
            self._check_written(vals)
        return super().write(vals)

    def _check_written(self, vals):
        """Raise where a user may not write this to these rows as they are."""

    @api.model
    def _check_editable(self, vals, editable):
        """Raise an AccessError where a user writes anything else; sudo passes."""
        check_editable(self.env, vals, editable, self._not_editable_message())

    @api.model
    def _not_editable_message(self):
        """What people do instead, in a sentence."""
        return _("These figures are not edited by hand.")
