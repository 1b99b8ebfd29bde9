"""How far each vendor can be relied on, as the last training found; a company's rows are replaced
as a whole. Formulas: ``algorithms.replenishment.vendor_score``."""

from odoo import _, api, fields, models
from odoo.tools import SQL, formatLang

from ...tools import bulk_rows
from ...tools.compat import may_read


class AiVendorScore(models.Model):
    _name = "ai.vendor.score"
    _description = "Reliability of a Vendor"
    _inherit = ["ai.learned.row"]
    _order = "score, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Vendor", required=True, index=True, readonly=True, ondelete="cascade"
    )
    score = fields.Float(
        string="Reliability",
        readonly=True,
        group_operator="avg",
        help="Weighted mean of on time, complete, steady lead time, prices and returns, as far as "
        "they are known. The weights are in the expert settings.",
    )
    line_count = fields.Integer(string="Lines", readonly=True, help="Ordered lines of two years.")
    judged_count = fields.Integer(
        string="Due Lines", readonly=True, help="Lines that came, or should have come by now."
    )
    kept_count = fields.Integer(
        string="Promises Kept on File",
        readonly=True,
        help="Lines whose promised date was kept at confirmation. For the others the expected "
        "arrival of today stands, which may have been moved.",
    )
    on_time = fields.Float(
        readonly=True,
        group_operator="avg",
        help="Share of the due lines that came by the day promised at confirmation.",
    )
    on_time_low = fields.Float(string="On Time From", readonly=True, group_operator="avg")
    on_time_high = fields.Float(string="On Time To", readonly=True, group_operator="avg")
    complete = fields.Float(
        readonly=True,
        group_operator="avg",
        help="Share of the due lines of which all that was ordered came.",
    )
    complete_low = fields.Float(string="Complete From", readonly=True, group_operator="avg")
    complete_high = fields.Float(string="Complete To", readonly=True, group_operator="avg")
    returned = fields.Float(
        readonly=True, group_operator="avg", help="Share of the lines of which something went back."
    )
    returned_low = fields.Float(string="Returned From", readonly=True, group_operator="avg")
    returned_high = fields.Float(string="Returned To", readonly=True, group_operator="avg")
    receipt_count = fields.Integer(string="Receipts", readonly=True)
    lead_mean = fields.Float(
        string="Lead Time",
        readonly=True,
        digits=(16, 1),
        group_operator="avg",
        help="Mean days from the confirmation to the last receipt.",
    )
    lead_spread = fields.Float(
        string="Deviation",
        readonly=True,
        digits=(16, 1),
        group_operator="avg",
        help="Standard deviation of these days.",
    )
    is_drift_known = fields.Boolean(readonly=True)
    drift = fields.Float(
        string="Prices a Year",
        readonly=True,
        group_operator="avg",
        help="How much dearer the same products get in a year; below 0 they get cheaper.",
    )
    drift_low = fields.Float(string="Prices From", readonly=True, group_operator="avg")
    drift_high = fields.Float(string="Prices To", readonly=True, group_operator="avg")
    summary = fields.Char(compute="_compute_summary")

    _sql_constraints = [
        ("vendor_unique", "UNIQUE(company_id, partner_id)", "A vendor has one score a company."),
    ]

    @api.depends("judged_count", "on_time", "lead_mean", "lead_spread")
    def _compute_summary(self):
        for vendor in self:
            vendor.summary = vendor._in_words()

    def _in_words(self):
        if not self.judged_count:
            return _("Nothing of this vendor was due yet.")
        values = {
            "share": formatLang(self.env, 100 * self.on_time, digits=0),
            "low": formatLang(self.env, 100 * self.on_time_low, digits=0),
            "high": formatLang(self.env, 100 * self.on_time_high, digits=0),
            "count": formatLang(self.env, self.judged_count, digits=0),
        }
        if not self.receipt_count:
            return _(
                "%(share)s%% on time (%(low)s–%(high)s%%, %(count)s lines), nothing received yet",
                **values,
            )
        return _(
            "%(share)s%% on time (%(low)s–%(high)s%%, %(count)s lines), %(lead)s ± %(spread)s days",
            lead=formatLang(self.env, self.lead_mean, digits=0),
            spread=formatLang(self.env, self.lead_spread, digits=0),
            **values,
        )

    @api.model
    def _of(self, company, partners):
        """{commercial entity: row} of some vendors in a company, as far as the user may see them;
        empty for who may not."""
        if not may_read(self):
            return {}
        rows = self.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", partners.commercial_partner_id.ids),
            ]
        )
        return {row.partner_id: row for row in rows}

    @api.model
    def _replace(self, run, rows):
        """Make the rows of a run's company those given: {column: (n,) values}. Returns their
        number."""
        company = run.company_id.id
        return bulk_rows.replace(
            self,
            SQL("company_id = %s", company),
            {"company_id": company, "run_id": run.id, **rows},
        )
