"""Training of suggestions: association rules, affinities, and the back-test that ranks them."""

from dataclasses import asdict

from odoo import _, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...tools.compat import check_access
from ..core.ai_sales_extract import MOST_HISTORY_ORDERS


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("rules", "Association Rules")], ondelete={"rules": "cascade"}
    )
    rules_result_ids = fields.One2many("ai.training.result.rules", "run_id", readonly=True)
    rule_ids = fields.One2many("ai.recommendation.rule", "run_id", readonly=True)
    backtest_ids = fields.One2many("ai.backtest.result", "run_id", readonly=True)
    verdict = fields.Text(compute="_compute_verdict")
    is_beaten = fields.Boolean(compute="_compute_verdict")
    is_shown_anyway = fields.Boolean(related="company_id.ai_show_beaten")

    def _compute_verdict(self):
        for run in self:
            explain = getattr(run, f"_verdict_{run.kind}", None)
            run.verdict = explain() if explain and run.state == "done" else False
            run.is_beaten = bool(explain) and run._result().is_beaten

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_rules(self):
        """Open the rules that this run has counted. Managers only."""
        return self._open_results("ai_recommendation_rule_action")

    def action_show_anyway(self):
        """Let salespeople see what was learned even where popularity does better, or no longer.

        Managers only; switches the setting of the run's company.
        """
        self.ensure_one()
        self.env["ai.training"]._check_manager()
        check_access(self, "read")
        company = self.company_id.sudo()
        company.ai_show_beaten = not company.ai_show_beaten
        return True

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_rules(self):
        """Learn the suggestions of the run's company and replace its rows."""
        # Lazy: pandas and scipy cost address space that only training may take.
        from ...algorithms.core import baskets, exceptions
        from ...algorithms.suggestion import association_rules, next_item

        company = self.company_id
        extract = self.env["ai.sales.extract"]
        date_from, date_to = extract._window(company)
        thresholds = association_rules.RuleThresholds(**self._rule_thresholds())
        lines = extract._order_items(company, date_from, date_to)
        bought = baskets.build_baskets(lines, max_products=company.ai_max_basket)
        try:
            mined = association_rules.mine_rules(bought, thresholds)
        except exceptions.InsufficientDataError as error:
            raise UserError(self._too_little_data_message(error, bought.size)) from error
        except exceptions.TooManyItemsetsError as error:
            raise UserError(self._too_many_rules_message(error)) from error
        model = next_item.train_recommender(
            bought,
            thresholds,
            rules=mined,
            most_history_orders=MOST_HISTORY_ORDERS,
            min_purchases=company.ai_reorder_min_purchases,
            least_customers=company.ai_min_customers,
        )
        self.write(
            {
                "date_from": date_from,
                "date_to": date_to,
                "order_count": bought.size,
                "line_count": len(lines),
                "product_count": bought.product_count,
                "skipped_order_count": bought.oversized,
                "parameters": {
                    **asdict(thresholds),
                    "history_days": company.ai_history_days,
                    "max_basket": company.ai_max_basket,
                },
                "metrics": {
                    "multi_product_orders": bought.multi_product_count,
                    "least_orders_per_rule": thresholds.least_count(bought.size),
                    "mined_rules": len(mined),
                },
            }
        )
        self._store_rules(bought, mined)
        self._store_recommender(bought, model)
        self._count_pairs_left_out(bought, thresholds)

    def _setting_names_rules(self):
        return {"prune": "ai_prune_rules"}

    def _rule_thresholds(self):
        company = self.company_id
        return {
            "min_support": company.ai_min_support,
            "min_orders": company.ai_min_orders,
            "min_confidence": company.ai_min_confidence,
            "min_lift": company.ai_min_lift,
            "max_antecedent": company.ai_max_antecedent,
            "max_false_rate": company.ai_max_false_rate,
            "prune": company.ai_prune_rules,
        }

    def _store_rules(self, bought, mined):
        from ...algorithms.suggestion import rule_evidence

        company = self.company_id
        rules = self.env["ai.recommendation.rule"].with_company(company)
        kept = rule_evidence.count_rules(bought, rules._kept_pairs(company))
        rules._replace_rules(self, mined, kept)
        self._keep_result(rule_count=rules.search_count([("company_id", "=", company.id)]))

    def _store_recommender(self, bought, model):
        from ...algorithms.suggestion import quantities, rule_evidence

        weights = model.weights.tocoo()
        customers = rule_evidence.pair_customers(
            bought, model.products[weights.row], model.products[weights.col]
        )
        typical = quantities.typical_quantities(bought, model.products)
        self.env["ai.product.affinity"]._replace(self, model, customers, typical)
        self._keep_result(
            method=model.blend.method,
            history_weight=model.blend.history_weight,
            popularity_weight=model.blend.popularity_weight,
            reorder_weight=model.blend.reorder_weight,
            factor_weight=model.blend.factor_weight,
            proven_only=model.blend.proven_only,
        )
        self.parameters = {**self.parameters, "regularisation": model.blend.ratio}
        if model.report:
            self._store_backtest(model.report)

    def _store_backtest(self, report):
        self.env["ai.backtest.result"]._store(
            self, {"full": report.full, "early": report.early, "empty": report.empty}
        )
        self._keep_result(
            is_beaten=report.beaten,
            hit_rate=report.full["chosen"].hit_rate,
            popular_hit_rate=report.full["popular"].hit_rate,
        )
        self.metrics = {
            **self.metrics,
            "backtest_orders": report.basket_count,
            "backtest_cases": report.case_count,
        }

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _verdict_rules(self):
        """What the back-test says, in a sentence or two."""
        self.ensure_one()
        if not self.backtest_ids:
            return _(
                "There are too few orders for a back-test, so it is not known how good the "
                "suggestions are: products are ranked by the association rules."
            )
        result = self._result()
        figures = {
            "orders": (self.metrics or {}).get("backtest_orders", 0),
            "hits": formatLang(self.env, 100 * result.hit_rate, digits=1),
            "popular": formatLang(self.env, 100 * result.popular_hit_rate, digits=1),
        }
        if result.is_beaten:
            return _(
                "One product was hidden from each of the %(orders)s newest orders. The first five "
                "suggestions held it in %(hits)s%% of them, the five most popular products in "
                "%(popular)s%%: what was learned does not help, so salespeople see popular "
                "products instead. More orders or a longer history window may change that; "
                "Settings › AI Recommender can show it anyway.",
                **figures,
            )
        return _(
            "One product was hidden from each of the %(orders)s newest orders. The first five "
            "suggestions held it in %(hits)s%% of them, the five most popular products in "
            "%(popular)s%%.",
            **figures,
        )

    def _too_little_data_message(self, error, order_count):
        return _(
            "%(company)s has too few orders to learn from: in the last %(days)s days there are "
            "%(orders)s confirmed orders, %(found)s of them with two or more products, and at "
            "least %(needed)s such orders are needed. Confirm more orders, or lengthen the history "
            "window or lower the minimum orders in Settings › AI Recommender.",
            company=self.company_id.name,
            days=self.company_id.ai_history_days,
            orders=order_count,
            found=error.found,
            needed=error.needed,
        )

    def _too_many_rules_message(self, error):
        return _(
            "The settings let through more than %(limit)s combinations of products, more than the "
            "server can hold. Raise the minimum orders or the minimum support, or lower the "
            "products before the arrow, in Settings › AI Recommender.",
            limit=error.limit,
        )

    def _advice_rules(self):
        return _(
            "Shorten the history window or raise the minimum support in Settings › AI Recommender, "
            "or raise limit_time_cpu and limit_memory_hard of the server."
        )

    def _message_rules(self):
        rule_count = self._result().rule_count
        if not rule_count:
            message = _("No rule found in %s orders.", self._grouped(self.order_count))
        else:
            message = _(
                "%(rules)s rules from %(orders)s orders and %(products)s products, in "
                "%(seconds)s s.",
                rules=self._grouped(rule_count),
                orders=self._grouped(self.order_count),
                products=self._grouped(self.product_count),
                seconds=formatLang(self.env, self.duration, digits=1),
            )
        return f"{message} {self._limits_message()}".strip()
