"""How a training run replaces the rules of its company, and when figures are forgotten.

Figures are those of a rule's products: who changes these leaves none until the next training.
Trained rules are written past the ORM (see ``tools.bulk_rows``). The stored computed fields are
therefore filled here as well; a test compares them with the ORM's own.
"""

import math

from odoo import api, models

from ...tools import bulk_rows

# What a manual rule of very few customers does not keep: salespeople see the rule, and these
# figures could tell what one customer buys.
WITHHELD = dict.fromkeys(
    (
        "support_count",
        "customer_count",
        "typical_quantity",
        "support",
        "confidence",
        "confidence_low",
        "confidence_high",
        "lift",
        "leverage",
        "conviction",
    ),
    0,
) | {"p_value": 1.0}
# Of a RuleTable, by these names.
COUNTS = (
    "antecedent_count",
    "consequent_count",
    "support_count",
    "order_count",
    "customer_count",
    "typical_quantity",
    "support",
    "confidence",
    "lift",
    "leverage",
    "conviction",
    "p_value",
)
# Of a single rule too, which knows the bounds of its confidence.
FIGURES = (*COUNTS, "confidence_low", "confidence_high", "strength")
# What the figures of a rule are counted for.
IDENTITY = {"company_id", "antecedent_ids", "consequent_id"}
# Of a rule that no training has counted, as if it had just been added.
NOT_COUNTED = dict.fromkeys((*COUNTS, "confidence_low", "confidence_high"), 0) | {
    "run_id": False,
    "is_confidential": False,
}


class AiRecommendationRule(models.Model):
    _inherit = "ai.recommendation.rule"

    def write(self, vals):
        if not IDENTITY.intersection(vals):
            return super().write(vals)
        before = {rule.id: rule._identity() for rule in self}
        done = super().write(vals)
        changed = self.filtered(
            lambda rule: rule.order_count and rule._identity() != before[rule.id]
        )
        if changed:
            # Figures are training's to write, and nobody's to keep for other products.
            changed.sudo().write(NOT_COUNTED)
        return done

    def _identity(self):
        """The values of IDENTITY, as one can compare them."""
        return self.company_id.id, self.antecedent_key, self.consequent_id.id

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

        mined : algorithms.suggestion.rule_table.RuleTable found by the run.
        kept : the same for ``_kept_pairs``, in their order.
        """
        kept_rules = self._kept_rules(run.company_id)
        for rule, counted in zip(kept_rules, kept.rules(), strict=True):
            rule.write(self._prepare_kept_vals(run, rule, counted))
        mined = mined.without({(rule.antecedent, rule.consequent) for rule in kept.rules()})
        self.env.flush_all()
        self._delete_trained(run.company_id)
        self._insert_trained(run, mined)

    def _prepare_kept_vals(self, run, rule, counted):
        """Figures of a rule that training keeps, as field values."""
        vals = {
            name: getattr(counted, name) for name in FIGURES if name in counted.__dataclass_fields__
        }
        # JSON has no infinity and the web client would not load the row; a finite conviction is
        # never zero.
        if math.isinf(counted.conviction):
            vals["conviction"] = 0.0
        vals["is_confidential"] = counted.customer_count < run.company_id.ai_min_customers
        if rule.source == "manual" and vals["is_confidential"]:
            vals.update(WITHHELD)
        return {"run_id": run.id, **vals}

    def _delete_trained(self, company):
        """Remove trained rules that are switched on, and their external ids of exports."""
        self.env.cr.execute(
            """
            WITH gone AS (
                DELETE FROM ai_recommendation_rule
                      WHERE company_id = %s AND source = 'trained' AND active
                  RETURNING id
            )
            DELETE FROM ir_model_data
                  WHERE model = 'ai.recommendation.rule' AND res_id IN (SELECT id FROM gone)
            """,
            [company.id],
        )

    def _insert_trained(self, run, mined):
        """Write mined rules, and which products are their antecedents."""
        cr = self.env.cr
        bulk_rows.append(self, self._rows(run, mined))
        cr.execute(
            """
            INSERT INTO ai_recommendation_rule_antecedent_rel (rule_id, product_id)
                 SELECT id, unnest(string_to_array(antecedent_key, ',')::int4[])
                   FROM ai_recommendation_rule
                  WHERE run_id = %s AND source = 'trained' AND active
            """,
            [run.id],
        )
        self.env.invalidate_all()

    def _rows(self, run, mined):
        """Columns of trained rules, for ``bulk_rows``."""
        import numpy as np

        keys = [
            antecedent[:size]
            for antecedent, size in zip(
                mined.antecedent.tolist(), mined.antecedent_size.tolist(), strict=True
            )
        ]
        interval = mined.confidence_interval
        figures = {name: getattr(mined, name) for name in COUNTS}
        # See _prepare_kept_vals.
        figures["conviction"] = np.where(np.isinf(mined.conviction), 0.0, mined.conviction)
        return {
            "active": True,
            "source": "trained",
            "company_id": run.company_id.id,
            "run_id": run.id,
            "antecedent_key": [",".join(map(str, key)) for key in keys],
            "antecedent_id": [key[0] for key in keys],
            "antecedent_size": mined.antecedent_size,
            "consequent_id": mined.consequent,
            "consequent_categ_id": self._categories(mined.consequent),
            **figures,
            "confidence_low": interval.low,
            "confidence_high": interval.high,
            "strength": interval.low,
            "is_confidential": mined.customer_count < run.company_id.ai_min_customers,
        }

    def _categories(self, products):
        """List of the category ids of products. products : (n,) int, with repetitions."""
        self.env.cr.execute(
            """
            SELECT product.id, template.categ_id
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE product.id = ANY(%s)
            """,
            [list(set(products.tolist()))],
        )
        categories = dict(self.env.cr.fetchall())
        return [categories[product] for product in products.tolist()]
