"""What a run of one kind found, in figures: one row a run, written by training alone.

Each kind has a model of its own, ``ai.training.result.<kind>``, that inherits from this one and
adds its figures as stored fields. Ranking reads some of them.
"""

from odoo import _, api, fields, models
from odoo.tools import formatLang


class AiTrainingResult(models.AbstractModel):
    _name = "ai.training.result"
    _description = "Result of a Training"
    # Not by run: runs are ordered newest first, and that would be turned round.
    _order = "id desc"
    _rec_name = "run_id"

    # The figure on the button that opens what the run has made.
    _made = None
    # Figures that are shares, read as percentages.
    _shares = frozenset()
    # Figures of the back-test, unknown where there was none.
    _tested = frozenset()

    run_id = fields.Many2one(
        "ai.training.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="run_id.company_id", store=True, required=True, index=True, precompute=True
    )

    _sql_constraints = [("run_unique", "UNIQUE (run_id)", "A run has one result.")]

    @api.model
    def _last_of(self, company):
        """The result (sudo) of a company's last training that has ended, empty before it."""
        return self.sudo().search(
            [("company_id", "=", company.id), ("run_id.state", "=", "done")], limit=1
        )

    def _figures(self):
        """[(label, value as the user reads it)] of all figures; a figure of a back-test that there
        was not is no zero."""
        self.ensure_one()
        tested = self._was_tested()

        def known(name):
            return tested or name not in self._tested

        outside = {*models.MAGIC_COLUMNS, *self.env["ai.training.result"]._fields}
        names = [
            name for name, field in self._fields.items() if field.store and name not in outside
        ]
        labels = self.fields_get(names, ["string"])
        return [
            (labels[name]["string"], self._in_words(name) if known(name) else _("not tested"))
            for name in names
        ]

    def _was_tested(self):
        """Whether the run had a back-test, without which its figures are not known."""
        self.ensure_one()
        return any(self[name] for name in self._tested)

    def _in_words(self, name):
        field, value = self._fields[name], self[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return _("Yes") if value else _("No")
        if name in self._shares:
            return _("%(number)s%%", number=formatLang(self.env, 100 * value, digits=1))
        return formatLang(self.env, value, digits=0 if field.type == "integer" else 2)
