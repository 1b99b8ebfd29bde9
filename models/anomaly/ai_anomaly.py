"""Anomalies: days and weeks on which unusually much or little was sold.

Training compares what was sold with what was to be expected, as ``algorithms.anomaly.search`` says,
and keeps a row for each that stands out. A row belongs to the series in which it was seen: a
product that sells often enough, else the slow sellers of its category or of the company, and as a
choice totals of categories, customers, salespeople and the company. People decide on rows
(confirmed, ignored, explained); training never takes a decision back. What it no longer finds it
archives.

A lasting change is one row from its first day on. It stays until somebody decides on it or sales
come back; once decided, the new level is what is usual. A high spike that nobody has decided on may
be a typing error: what is learned from it is held to what was usual at most.
"""

from odoo import _, api, fields, models
from odoo.tools import format_date

from ...tools.compat import check_access
from ...tools.rights import check_group

LEVELS = [
    ("product", "Product"),
    ("slow_category", "Slow Sellers of a Category"),
    ("slow_company", "Slow Sellers of the Company"),
    ("category", "Category"),
    ("customer", "Customer"),
    ("salesperson", "Salesperson"),
    ("company", "Company"),
]
# What a row is about, by level; the levels of the company need no record.
SUBJECTS = {
    "product": "product_id",
    "slow_category": "categ_id",
    "category": "categ_id",
    "customer": "partner_id",
    "salesperson": "salesperson_id",
}
# Levels whose products are known, so that their days can be left out of what forecasts learn from.
EXCLUDABLE = ("product", "slow_category", "slow_company", "category", "company")
REASONS = [
    ("promotion", "Promotion or Campaign"),
    ("price", "Price Change"),
    ("stock_out", "Out of Stock"),
    ("customer", "One Customer"),
    ("holiday", "Holiday or Season"),
    ("mistake", "Data Entry Mistake"),
    ("other", "Something Else"),
]


class AiAnomaly(models.Model):
    _name = "ai.anomaly"
    _description = "Sales Anomaly"
    _inherit = ["ai.company.row", "ai.editable.row", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, weight desc, id desc"
    _mail_post_access = "read"
    # What users write; training writes the figures, and buttons the decisions.
    _editable = frozenset({"comment"})

    active = fields.Boolean(
        default=True, readonly=True, help="Off when a later training no longer finds it unusual."
    )
    run_id = fields.Many2one(
        "ai.training.run",
        string="Training Run",
        index=True,
        readonly=True,
        ondelete="set null",
        help="The last training that found it.",
    )
    level = fields.Selection(
        LEVELS,
        string="Seen At",
        required=True,
        readonly=True,
        help="Slow sellers say little on their own: they are watched together.",
    )
    step = fields.Selection(
        [("day", "Day"), ("week", "Week")],
        string="By",
        required=True,
        readonly=True,
        help="Where single days scatter too much, whole weeks are compared.",
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Category",
        index="btree_not_null",
        readonly=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index="btree_not_null",
        readonly=True,
        ondelete="cascade",
    )
    salesperson_id = fields.Many2one(
        "res.users", string="Salesperson", readonly=True, ondelete="cascade"
    )
    subject = fields.Char(compute="_compute_subject", help="What sold unusually.")
    date = fields.Date(string="First Day", required=True, readonly=True, index=True)
    date_end = fields.Date(string="Last Day", required=True, readonly=True)
    days = fields.Integer(readonly=True, group_operator=None)
    measure = fields.Selection(
        [("quantity", "Quantity"), ("revenue", "Revenue")],
        required=True,
        readonly=True,
        help="Products are compared by quantity in their own unit, everything else by revenue.",
    )
    unit = fields.Char(compute="_compute_unit", help="Unit of the product, or the currency.")
    quantity = fields.Float(string="Sold", readonly=True, digits=(16, 2), group_operator=None)
    expected = fields.Float(readonly=True, digits=(16, 2), group_operator=None)
    most_expected = fields.Float(
        string="Usual at Most",
        readonly=True,
        digits=(16, 2),
        group_operator=None,
        help="The most that these days would have brought by what is usual. Until somebody decides "
        "on a high spike of a product, forecasts, reorder points and classes learn no more than "
        "this.",
    )
    deviation = fields.Float(
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="What was sold over what was expected, minus one: 1 is twice as much, -1 nothing.",
    )
    z_score = fields.Float(
        string="z-Score",
        readonly=True,
        digits=(16, 1),
        group_operator="avg",
        help="How many times the usual scatter it deviates; 3 or more is rare.",
    )
    limit = fields.Float(
        readonly=True,
        digits=(16, 2),
        group_operator=None,
        help="The z-score from which it counted. The more is watched, the higher it is, so that "
        "chance alone raises few alarms; see the settings.",
    )
    weight = fields.Float(readonly=True, group_operator=None, help="The z-score without its sign.")
    method = fields.Selection(
        [
            ("zscore", "z-Score of the Window"),
            ("recent", "Last 30 Days"),
            ("robust", "Weekday Forecast, Robust Scatter"),
            ("count", "Weekday Forecast, Negative Binomial"),
            ("record", "Far Above the Record"),
            ("days", "Days With a Sale"),
            ("level", "Lasting Change"),
        ],
        required=True,
        readonly=True,
    )
    type = fields.Selection(
        [("spike", "Spike"), ("drop", "Drop")], required=True, readonly=True, index=True
    )
    severity = fields.Selection(
        [("high", "High"), ("medium", "Medium"), ("low", "Low")],
        required=True,
        readonly=True,
        index=True,
        group_expand=True,
    )
    state = fields.Selection(
        [
            ("new", "New"),
            ("confirmed", "Confirmed"),
            ("ignored", "Ignored"),
            ("explained", "Explained"),
        ],
        required=True,
        default="new",
        readonly=True,
        index=True,
        tracking=True,
    )
    reason = fields.Selection(REASONS, readonly=True, tracking=True)
    comment = fields.Text()
    exclude_from_training = fields.Boolean(
        string="Left Out of Training",
        readonly=True,
        tracking=True,
        help="Forecasts, reorder points, classes and the search for anomalies treat these days as "
        "unknown from the next training on.",
    )
    can_exclude = fields.Boolean(compute="_compute_can_exclude")
    chart = fields.Json(readonly=True)

    @api.depends("level", "product_id", "categ_id", "partner_id", "salesperson_id", "company_id")
    @api.depends_context("lang", "uid")
    def _compute_subject(self):
        for anomaly in self:
            name = SUBJECTS.get(anomaly.level)
            record = anomaly[name] if name else anomaly.company_id
            anomaly.subject = record.display_name or _("Not assigned")

    @api.depends("measure", "product_id", "company_id")
    @api.depends_context("lang")
    def _compute_unit(self):
        for anomaly in self:
            by_quantity = anomaly.measure == "quantity"
            unit = anomaly.product_id.uom_id if by_quantity else anomaly.company_id.currency_id
            anomaly.unit = unit.name

    @api.depends("level")
    def _compute_can_exclude(self):
        for anomaly in self:
            anomaly.can_exclude = anomaly.level in EXCLUDABLE

    @api.depends("subject", "type", "date")
    def _compute_display_name(self):
        kinds = dict(self._fields["type"]._description_selection(self.env))
        for anomaly in self:
            anomaly.display_name = _(
                "%(kind)s of %(subject)s, %(day)s",
                kind=kinds.get(anomaly.type, ""),
                subject=anomaly.subject,
                day=format_date(self.env, anomaly.date) if anomaly.date else "",
            )

    @api.model
    def _not_editable_message(self):
        return _("Training finds anomalies and buttons decide on them: only the comment is edited.")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_confirm(self):
        """It was unusual indeed. Managers only."""
        self._decide("confirmed")

    def action_ignore(self):
        """Nothing to look at; later trainings do not bring it back. Managers only."""
        self._decide("ignored")

    def action_reopen(self):
        """Take a decision back. Managers only."""
        self._decide("new")

    def action_explain(self):
        """Ask for the reason. Managers only."""
        self._check_manager()
        check_access(self, "read")
        return {
            "type": "ir.actions.act_window",
            "name": _("Explain"),
            "res_model": "ai.anomaly.explain",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_anomaly_ids": [(6, 0, self.ids)]},
        }

    def action_open_subject(self):
        """Open the product, customer or category."""
        self.ensure_one()
        name = SUBJECTS.get(self.level)
        return (self[name] if name else self.company_id).get_formview_action()

    def action_subscribe(self):
        """Switch the user's own alerts on or off, whatever is selected in the list.

        Returns the client action that says which.
        """
        check_access(self, "read")
        user = self.env.user.sudo()
        user.ai_anomaly_alerts = not user.ai_anomaly_alerts
        message = (
            _(
                "An activity each morning lists what is new, and severe anomalies are reported "
                "immediately."
            )
            if user.ai_anomaly_alerts
            else _("You are no longer notified of unusual sales.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "info"},
        }

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    def _decide(self, state, **vals):
        """Write a decision; only an explained anomaly has a reason and may be left out."""
        self._check_manager()
        check_access(self, "write")
        self.sudo().write({"state": state, "reason": False, "exclude_from_training": False, **vals})

    @api.model
    def _check_manager(self):
        check_group(
            self.env,
            "smart_recommender.group_manager",
            _(
                "Only managers of the AI Recommender may decide on anomalies. Ask your "
                "administrator."
            ),
        )
