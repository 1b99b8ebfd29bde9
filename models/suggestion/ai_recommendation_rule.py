"""Association rules of a company: who buys the antecedents also buys the consequent.

Training writes the rows (source *trained*) and replaces them as a whole. What a manager decided
stays: a rule switched off stays off, and a manual rule stays, both with the figures of the latest
training. See ``algorithms.suggestion.association_rules`` for the metrics.

The look-up key is scalar: ``antecedent_id`` is one of the antecedents, and a basket that holds
them all holds that one, so that one index answers "which rules can this basket fire".
"""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import create_index


class AiRecommendationRule(models.Model):
    _name = "ai.recommendation.rule"
    _description = "AI Recommendation Rule"
    _inherit = ["ai.editable.row"]
    _order = "strength desc, id"
    _check_company_auto = True
    # What users write: which products, and the manager's decisions. Training writes the figures,
    # by which suggestions are ranked.
    _editable = frozenset({"active", "company_id", "antecedent_ids", "consequent_id", "note"})

    active = fields.Boolean(
        default=True, help="A rule that is switched off suggests nothing and stays off."
    )
    source = fields.Selection(
        [("trained", "Trained"), ("manual", "Manual")],
        required=True,
        readonly=True,
        default="manual",
        help="Training replaces trained rules and keeps manual ones.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    run_id = fields.Many2one(
        "ai.training.run",
        string="Training Run",
        readonly=True,
        index=True,
        ondelete="set null",
        check_company=True,
        help="The training that last counted this rule.",
    )
    antecedent_ids = fields.Many2many(
        "product.product",
        "ai_recommendation_rule_antecedent_rel",
        "rule_id",
        "product_id",
        string="When the Quotation Holds",
        required=True,
        check_company=True,
        context={"active_test": False},
    )
    antecedent_key = fields.Char(
        compute="_compute_antecedent_key",
        store=True,
        precompute=True,
        help="Ids of the antecedents, ascending: identifies the rule across trainings.",
    )
    antecedent_id = fields.Many2one(
        "product.product",
        string="Main Product",
        compute="_compute_antecedent_key",
        store=True,
        precompute=True,
        ondelete="cascade",
    )
    antecedent_size = fields.Integer(
        string="Products Before the Arrow",
        compute="_compute_antecedent_key",
        store=True,
        precompute=True,
    )
    consequent_id = fields.Many2one(
        "product.product",
        string="Suggest",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    consequent_categ_id = fields.Many2one(
        related="consequent_id.categ_id",
        string="Category Suggested",
        store=True,
        precompute=True,
    )
    note = fields.Char(
        string="Reason",
        translate=True,
        help="Shown to salespeople instead of the products to start from.",
    )
    antecedent_count = fields.Integer(
        string="Orders With Antecedent", readonly=True, group_operator=None
    )
    consequent_count = fields.Integer(
        string="Orders With Consequent", readonly=True, group_operator=None
    )
    support_count = fields.Integer(string="Orders With Both", readonly=True, group_operator="max")
    order_count = fields.Integer(string="All Orders", readonly=True, group_operator=None)
    customer_count = fields.Integer(
        string="Customers With Both", readonly=True, group_operator="max"
    )
    typical_quantity = fields.Float(
        digits="Product Unit of Measure",
        readonly=True,
        group_operator=None,
        help="Median quantity of the suggested product in the orders with both, in its own unit.",
    )
    support = fields.Float(
        readonly=True,
        group_operator="avg",
        help="Share of all orders that hold both.",
    )
    confidence = fields.Float(
        string="Match Chance",
        readonly=True,
        group_operator="avg",
        help="Confidence: share of the orders with the antecedent that hold the consequent too.",
    )
    lift = fields.Float(
        readonly=True,
        group_operator="avg",
        help="How many times more often than in all orders the consequent is bought.",
    )
    leverage = fields.Float(
        readonly=True,
        group_operator="avg",
        help="Share of orders with both beyond what chance would give.",
    )
    conviction = fields.Float(
        readonly=True,
        group_operator=None,
        help="How many times more often the rule would fail by chance. 0 stands for infinite: the "
        "rule never failed.",
    )
    p_value = fields.Float(
        string="P-Value",
        readonly=True,
        group_operator=None,
        help="Fisher's exact test, one-sided: how likely this many orders with both would be if "
        "the products were unrelated.",
    )
    confidence_low = fields.Float(
        string="Match Chance at Least",
        readonly=True,
        group_operator=None,
        help="Lower end of the 95 % interval (Wilson) of the match chance.",
    )
    confidence_high = fields.Float(
        string="Match Chance at Most",
        readonly=True,
        group_operator=None,
        help="Upper end of the 95 % interval (Wilson) of the match chance.",
    )
    strength = fields.Float(
        compute="_compute_strength",
        store=True,
        precompute=True,
        group_operator="max",
        help="What rules are ranked by: the lower end of the match chance, so that 2 of 2 orders "
        "rank below 80 of 100. Manual rules come first, with 1 added.",
    )
    is_confidential = fields.Boolean(
        string="Very Few Customers",
        readonly=True,
        help="Drawn from fewer customers than the settings ask for: hidden from salespeople who "
        "see only their own documents.",
    )

    _sql_constraints = [
        (
            "identity_unique",
            "UNIQUE(company_id, antecedent_key, consequent_id)",
            "This company has a rule with the same products already. It may be switched off: "
            "search with the filter Switched Off.",
        ),
    ]

    def init(self):
        # Both serve ai.suggestion: the rules that a basket fires, strongest first, and the best
        # rule of a product that is suggested. Index and order share the tie-break, so that a limit
        # for each product of the basket loses nothing.
        create_index(
            self.env.cr,
            "ai_recommendation_rule_fired_idx",
            self._table,
            ["company_id", "antecedent_id", "strength DESC", "consequent_id"],
            where="active",
        )
        create_index(
            self.env.cr,
            "ai_recommendation_rule_reason_idx",
            self._table,
            ["company_id", "consequent_id", "antecedent_id", "strength DESC"],
            where="active",
        )
        # Rules switched off are few, and each suggestion asks whether it is one of them.
        create_index(
            self.env.cr,
            "ai_recommendation_rule_off_idx",
            self._table,
            ["company_id", "antecedent_key", "consequent_id"],
            where="NOT active",
        )

    # ------------------------------------------------------------------
    # Computes and constraints
    # ------------------------------------------------------------------

    @api.depends("antecedent_ids")
    def _compute_antecedent_key(self):
        for rule in self:
            product_ids = sorted(rule.antecedent_ids.ids)
            rule.antecedent_key = ",".join(map(str, product_ids))
            rule.antecedent_id = product_ids[0] if product_ids else False
            rule.antecedent_size = len(product_ids)

    @api.depends("source", "confidence_low")
    def _compute_strength(self):
        for rule in self:
            rule.strength = rule.confidence_low + (rule.source == "manual")

    @api.depends("antecedent_ids", "consequent_id")
    def _compute_display_name(self):
        for rule in self:
            antecedents = " + ".join(rule.antecedent_ids.mapped("display_name"))
            rule.display_name = f"{antecedents} → {rule.consequent_id.display_name or ''}"

    @api.constrains("antecedent_ids", "consequent_id")
    def _check_products(self):
        for rule in self:
            if not rule.antecedent_ids:
                raise ValidationError(
                    _("Rule for %s: choose at least one product to start from.",
                      rule.consequent_id.display_name)
                )  # fmt: skip
            if rule.consequent_id in rule.antecedent_ids:
                raise ValidationError(
                    _(
                        "Rule %(rule)s suggests %(product)s to customers who already have it in "
                        "the quotation. Suggest another product, or remove it from those to start "
                        "from.",
                        rule=rule.display_name,
                        product=rule.consequent_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _not_editable_message(self):
        return _("Training writes the figures of a rule: choose its products, or switch it off.")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_generate_rules(self):
        """Learn the rules of the current company now and replace the old ones.

        Managers only. For the menu and cron, which train in the background, see
        ``ai.training.action_run_training``. Returns a client action that tells the counts.
        Raises AccessError; UserError where there are too few orders or another training runs.
        """
        self.env["ai.training"]._check_manager()
        run = self.env["ai.training.run"]._train_now(self.env.company, "rules")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": _("AI training finished"),
                "message": run._result_message(),
                "type": "success" if run._result().rule_count else "warning",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _antecedent_ids_of_key(self):
        """Ids of the antecedents without a join with their relation."""
        return map(int, self.antecedent_key.split(","))
