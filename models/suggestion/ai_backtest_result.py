"""What a back-test of a training run found: one row for each method and situation.

See ``algorithms.suggestion.backtest``: the newest orders are hidden from training, then a product
of each is looked for.
"""

from dataclasses import asdict

from odoo import api, fields, models


class AiBacktestResult(models.Model):
    _name = "ai.backtest.result"
    _description = "AI Back-Test Result"
    _order = "run_id desc, situation desc, hit_rate desc, id"
    _rec_name = "method"

    run_id = fields.Many2one(
        "ai.training.run", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    ended_at = fields.Datetime(related="run_id.ended_at", string="Trained On", store=True)
    method = fields.Selection(
        [
            ("chosen", "Shown to Salespeople"),
            ("ease", "EASE"),
            ("cosine", "Cosine"),
            ("rules", "Association Rules"),
            ("popular", "Most Popular Products"),
            ("reorder", "Due for Reorder"),
            ("factors", "Bought by Similar Clients"),
        ],
        required=True,
        readonly=True,
    )
    situation = fields.Selection(
        [
            ("full", "Rest of the Order Known"),
            ("early", "Three Products Known"),
            ("empty", "Only the Client Known"),
            ("any", "Any Product of the Next Order"),
            ("new", "Products New to the Client"),
        ],
        required=True,
        readonly=True,
    )
    hit_rate = fields.Float(
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Share of hidden products among the first five suggestions of a quotation, or the "
        "first ten offers to a client.",
    )
    mrr = fields.Float(
        string="Mean Reciprocal Rank",
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Mean of one over the rank of the hidden product: 1 where it is always first.",
    )
    served = fields.Float(
        string="Orders Served",
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Share of orders for which the method suggests anything.",
    )

    @api.model
    def _store(self, run, situations):
        """Keep what the back-test of a run measured.

        situations : {situation: {method: algorithms.suggestion.backtest.Quality}}.
        """
        self.create(
            [
                {"run_id": run.id, "method": method, "situation": situation, **asdict(quality)}
                for situation, methods in situations.items()
                for method, quality in methods.items()
            ]
        )
