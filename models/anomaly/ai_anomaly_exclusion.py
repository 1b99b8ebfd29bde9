"""What training makes of anomalies: days left out, days damped, and levels that are accepted."""

from odoo import api, fields, models

from .ai_anomaly import EXCLUDABLE, SUBJECTS

# What is far too high and nobody has decided on: it may be a typing error. A level that lasts is
# none.
DAMPED = [
    ("state", "=", "new"),
    ("active", "=", True),
    ("severity", "=", "high"),
    ("type", "=", "spike"),
    ("level", "=", "product"),
    ("method", "!=", "level"),
    ("most_expected", ">", 0),
]


class AiAnomaly(models.Model):
    _inherit = "ai.anomaly"

    is_damped = fields.Boolean(compute="_compute_is_damped")

    @api.depends(*(name for name, _operator, _value in DAMPED))
    def _compute_is_damped(self):
        for anomaly in self:
            anomaly.is_damped = bool(anomaly.filtered_domain(DAMPED))

    @api.model
    def _ceilings(self, company):
        """What open spikes count at most in what is learned: list of left_out.Ceiling."""
        import numpy as np

        from ...algorithms.core.left_out import Ceiling

        names = ["product_id", "date", "date_end", "most_expected"]
        open_spikes = self.sudo().search_fetch([("company_id", "=", company.id), *DAMPED], names)
        return [
            Ceiling(
                spike.product_id.id,
                np.datetime64(spike.date),
                np.datetime64(spike.date_end),
                spike.most_expected,
            )
            for spike in open_spikes
        ]

    @api.model
    def _accepted_levels(self, company):
        """{(level, id of the subject, 0 for the company): first day as datetime64[D]} of lasting
        changes that somebody has decided on while they lasted.

        From that day on they are what is usual. One whose days are left out is not, nor one that
        was over when it was decided on.
        """
        import numpy as np

        decided = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", company.id),
                    ("method", "=", "level"),
                    ("state", "!=", "new"),
                    ("exclude_from_training", "=", False),
                ],
                order="date",
            )
        )
        lasted = decided.filtered(
            lambda row: row.run_id.date_to and row.date_end >= row.run_id.date_to
        )
        return {(row.level, row._subject_id()): np.datetime64(row.date) for row in lasted}

    def _subject_id(self):
        """The id of the record that the row is about, 0 for the company."""
        self.ensure_one()
        name = SUBJECTS.get(self.level)
        return self[name].id if name else 0

    @api.model
    def _left_out(self, company):
        """Days that people want left out of what is learned: algorithms.core.left_out.LeftOut."""
        import numpy as np

        from ...algorithms.core.left_out import LeftOut

        chosen = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("company_id", "=", company.id),
                    ("exclude_from_training", "=", True),
                    ("level", "in", EXCLUDABLE),
                ],
                ["level", "product_id", "categ_id", "date", "date_end"],
            )
        )
        products, categories, everything = {}, {}, []
        for anomaly in chosen:
            if anomaly.product_id:
                target = products.setdefault(anomaly.product_id.id, [])
            elif anomaly.categ_id:
                target = categories.setdefault(anomaly.categ_id.id, [])
            else:
                target = everything
            target.append((np.datetime64(anomaly.date), np.datetime64(anomaly.date_end)))
        return LeftOut(products, categories, everything)

    @api.model
    def _days_left_out(self, company, product_ids, days):
        """(n, t) bool array of the days of products that people want left out, or None for none.

        product_ids : (n,) int array; days : (t,) datetime64[D].
        """
        from ...algorithms.core.left_out import left_out_days

        left_out = self._left_out(company)
        if not left_out:
            return None
        products = self.env["product.product"].sudo().browse(product_ids.tolist())
        categories = [product.categ_id.id for product in products]
        return left_out_days(left_out, product_ids, categories, days)
