from dataclasses import asdict

from odoo import _, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("rules", "Association Rules")], ondelete={"rules": "cascade"}
    )
    rule_count = fields.Integer(string="Rules", readonly=True, help="Rules in use after the run.")
    rule_ids = fields.One2many("ai.recommendation.rule", "run_id", readonly=True)

    def _train_rules(self):
        """Learn the association rules of the run's company and replace its rows."""
        # Lazy: pandas and scikit-learn cost address space that only training may take.
        from ..algorithms import association_rules, baskets, exceptions

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

        rules = self.env["ai.recommendation.rule"].with_company(company)
        kept = association_rules.count_rules(bought, rules._kept_pairs(company))
        rules._replace_rules(self, mined, kept)
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
                "rule_count": rules.search_count([("company_id", "=", company.id)]),
            }
        )

    def _rule_thresholds(self):
        company = self.company_id
        return {
            "min_support": company.ai_min_support,
            "min_orders": company.ai_min_orders,
            "min_confidence": company.ai_min_confidence,
            "min_lift": company.ai_min_lift,
            "max_antecedent": company.ai_max_antecedent,
        }

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

    def _result_message(self):
        if self.kind != "rules":
            return super()._result_message()
        if not self.rule_count:
            return _(
                "No rule found in %(orders)s orders: no products are bought together in at least "
                "%(least)s of them more often than chance explains. Lower the minimum support, "
                "confidence or lift in Settings › AI Recommender.",
                orders=self.order_count,
                least=(self.metrics or {}).get("least_orders_per_rule", 0),
            )
        return _(
            "%(rules)s rules from %(orders)s orders and %(products)s products, in %(seconds)s s.",
            rules=self.rule_count,
            orders=self.order_count,
            products=self.product_count,
            seconds=formatLang(self.env, self.duration, digits=1),
        )
