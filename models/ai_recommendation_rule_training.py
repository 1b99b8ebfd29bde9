"""How a training run replaces the rules of its company."""

import math

from odoo import api, models

BATCH_SIZE = 1000
# What a manual rule of very few customers does not keep: salespeople see the rule, and these
# figures could tell what one customer buys.
WITHHELD = dict.fromkeys(
    (
        "support_count",
        "customer_count",
        "typical_quantity",
        "support",
        "confidence",
        "lift",
        "leverage",
        "conviction",
    ),
    0,
)


class AiRecommendationRule(models.Model):
    _inherit = "ai.recommendation.rule"

    @api.model
    def _kept_rules(self, company):
        """Rules that training may count but not remove: manual ones and those switched off."""
        return self.with_context(active_test=False).search(
            [
                ("company_id", "=", company.id),
                "|",
                ("active", "=", False),
                ("source", "=", "manual"),
            ],
            order="id",
        )

    @api.model
    def _kept_pairs(self, company):
        """(antecedent ids, consequent id) of the kept rules, to be counted with the others."""
        return [
            (tuple(rule._antecedent_ids_of_key()), rule.consequent_id.id)
            for rule in self._kept_rules(company)
        ]

    @api.model
    def _replace_rules(self, run, mined, kept):
        """Make the rules of a run's company those of that run.

        mined : list of algorithms.association_rules.Rule found by the run.
        kept : list of the same for ``_kept_pairs``.
        """
        company = run.company_id
        counted = {(rule.antecedent, rule.consequent): rule for rule in kept}
        kept_rules = self._kept_rules(company)
        for rule in kept_rules:
            key = (tuple(rule._antecedent_ids_of_key()), rule.consequent_id.id)
            vals = self._prepare_rule_vals(run, counted[key])
            if rule.source == "manual" and vals["is_confidential"]:
                vals.update(WITHHELD)
            rule.write(vals)
        self.search([("company_id", "=", company.id), ("id", "not in", kept_rules.ids)]).unlink()
        vals_list = [
            {
                **self._prepare_rule_vals(run, rule),
                "source": "trained",
                "company_id": company.id,
                "antecedent_ids": [(6, 0, rule.antecedent)],
                "consequent_id": rule.consequent,
            }
            for rule in mined
            if (rule.antecedent, rule.consequent) not in counted
        ]
        for start in range(0, len(vals_list), BATCH_SIZE):
            self.create(vals_list[start : start + BATCH_SIZE])

    def _prepare_rule_vals(self, run, rule):
        """Figures of a counted rule as field values."""
        return {
            "run_id": run.id,
            "antecedent_count": rule.antecedent_count,
            "consequent_count": rule.consequent_count,
            "support_count": rule.support_count,
            "order_count": rule.order_count,
            "customer_count": rule.customer_count,
            "typical_quantity": rule.typical_quantity,
            "support": rule.support,
            "confidence": rule.confidence,
            "lift": rule.lift,
            "leverage": rule.leverage,
            # JSON has no infinity and the web client would not load the row; a finite conviction
            # is never zero.
            "conviction": 0.0 if math.isinf(rule.conviction) else rule.conviction,
            "is_confidential": rule.customer_count < run.company_id.ai_min_customers,
        }
