"""What each client is likely to bring within a year, and whether it still is a client.

Training replaces a company's rows as a whole. Where the model does not foresee past purchases
better than purchases a day do, these are the figures, and whether a client has left is not said.
"""

from odoo import _, api, fields, models
from odoo.tools import SQL, formatLang

from ...tools import bulk_rows
from ...tools.compat import check_access

AHEAD = 365
SOON = 30
# From which chance on a client counts as one, and below which as gone.
SURE, GONE = 0.7, 0.3
STANDINGS = [
    ("sure", "Still a Client"),
    ("unsure", "May Have Left"),
    ("gone", "Has Likely Left"),
]


class AiClientValue(models.Model):
    _name = "ai.client.value"
    _description = "Client Value"
    _inherit = ["ai.client.row", "ai.learned.row"]
    _order = "value desc, id"
    _log_access = False

    currency_id = fields.Many2one(related="company_id.currency_id")
    purchase_count = fields.Integer(
        string="Purchases So Far", readonly=True, help="Days on which the client ordered."
    )
    last_purchase = fields.Date(readonly=True)
    standing = fields.Selection(
        STANDINGS,
        readonly=True,
        index="btree_not_null",
        help="By the chance that it is still a client: from 70 % on it is, below 30 % it has "
        "likely left. Empty of who bought once, and where purchases a day foresee as well.",
    )
    alive = fields.Float(
        string="Still a Client",
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Chance that it will buy again at all, from how often it bought and how long it has "
        "been silent.",
    )
    purchases = fields.Float(
        string="Purchases Ahead",
        readonly=True,
        digits=(16, 1),
        help="Expected days with a purchase within the next 365.",
    )
    amount = fields.Monetary(
        string="A Purchase",
        readonly=True,
        group_operator="avg",
        help="Expected untaxed amount of a purchase.",
    )
    value = fields.Monetary(
        string="Value of a Year",
        readonly=True,
        help="Expected untaxed sales of the next 365 days: purchases ahead times a purchase.",
    )
    margin = fields.Monetary(
        string="Margin of a Month",
        readonly=True,
        groups="smart_recommender.group_call_supervisor",
        help="Expected within the next 30 days, at the margin of all sales of the last year.",
    )
    method = fields.Selection(
        [("model", "Model"), ("simple", "Purchases a Day")],
        string="Foreseen By",
        readonly=True,
        help="Purchases a day, a simple rule, where the model foresees no better.",
    )

    _sql_constraints = [
        ("partner_unique", "UNIQUE(company_id, partner_id)", "A client has one value."),
    ]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_sheet(self):
        """The client sheet of the client. Operators only."""
        self.ensure_one()
        check_access(self, "read")
        return self.partner_id.action_open_client_sheet()

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    def _replace(self, run, buying, year, month, margin_share):
        """Make the rows of a run's company those of its buyers.

        buying : algorithms.treasury.purchases.Buying; year, month : algorithms.treasury.lifetime
        .Worth of them within 365 and 30 days; margin_share : float, 0..1. Returns their number.
        """
        import numpy as np

        is_model = run._result().method == "model"
        today = self.env["ai.treasury.extract"]._today(run.company_id)
        last = (today - buying.age + buying.last).astype(np.int64)
        standing = np.select([year.alive >= SURE, year.alive < GONE], ["sure", "gone"], "unsure")
        # The model knows nothing of who has left after its first purchase.
        said = is_model & (buying.repeats > 0)
        count = bulk_rows.replace(
            self,
            SQL("company_id = %s", run.company_id.id),
            {
                "company_id": run.company_id.id,
                "run_id": run.id,
                "partner_id": buying.client,
                "purchase_count": buying.repeats + 1,
                "last_purchase": last.astype("datetime64[D]").astype(str),
                "standing": np.where(said, standing, None).tolist(),
                "alive": year.alive,
                "purchases": year.purchases,
                "amount": year.amount,
                "value": year.value,
                "margin": month.value * margin_share if is_model else 0.0,
                "method": run._result().method,
            },
        )
        self.env["ai.client"]._note_values(run.company_id)
        return count

    @api.model
    def _forget(self, company):
        """Drop the rows of a company, of which too little is known."""
        self.sudo().search([("company_id", "=", company.id)]).unlink()
        self.env["ai.client"]._note_values(company)

    def _chance_in_words(self):
        """Whether it is still a client, in a sentence; empty where it is not said."""
        self.ensure_one()
        if not self.standing:
            return ""
        return _(
            "%(share)s%% likely to be still a client",
            share=formatLang(self.env, 100 * self.alive, digits=0),
        )

    def _ahead_in_words(self):
        """What is expected of it within a year, in a sentence."""
        self.ensure_one()
        return _(
            "Within a year %(purchases)s purchases of %(amount)s are expected.",
            purchases=formatLang(self.env, self.purchases, digits=1),
            amount=self.currency_id.format(self.amount),
        )
