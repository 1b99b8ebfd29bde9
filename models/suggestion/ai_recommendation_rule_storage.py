"""How a training run replaces the rules of its company.

Trained rules are written past the ORM: a COPY into a temporary table and one INSERT from it take
3 µs a rule where ``create`` takes a thousand times that. The stored computed fields are therefore
filled here as well; a test compares them with the ORM's own.
"""

import math

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy

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
FIGURES = {
    "antecedent_count": "int4",
    "consequent_count": "int4",
    "support_count": "int4",
    "order_count": "int4",
    "customer_count": "int4",
    "typical_quantity": "numeric",
    "support": "float8",
    "confidence": "float8",
    "confidence_low": "float8",
    "confidence_high": "float8",
    "lift": "float8",
    "leverage": "float8",
    "conviction": "float8",
    "p_value": "float8",
    "strength": "float8",
    "is_confidential": "bool",
}
KEY = {
    "antecedent_key": "varchar",
    "antecedent_id": "int4",
    "antecedent_size": "int4",
    "consequent_id": "int4",
}


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
        self.env.invalidate_all()

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
        """Write mined rules: one COPY, one INSERT of the rules and one of their antecedents."""
        cr = self.env.cr
        columns = {**KEY, **FIGURES}
        definition = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in columns.items()
        )
        cr.execute("DROP TABLE IF EXISTS ai_trained_rule")
        cr.execute(SQL("CREATE TEMPORARY TABLE ai_trained_rule (%s) ON COMMIT DROP", definition))
        binary_copy.write_rows(cr, "ai_trained_rule", list(columns), self._rows(run, mined))
        cr.execute(
            SQL(
                """
                INSERT INTO ai_recommendation_rule
                            (active, source, company_id, run_id, consequent_categ_id,
                             create_uid, write_uid, create_date, write_date, %(columns)s)
                     SELECT true, 'trained', %(company)s, %(run)s, template.categ_id,
                            %(user)s, %(user)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                            %(values)s
                       FROM ai_trained_rule trained
                       JOIN product_product product ON product.id = trained.consequent_id
                       JOIN product_template template ON template.id = product.product_tmpl_id
                """,
                columns=SQL(", ").join(map(SQL.identifier, columns)),
                values=SQL(", ").join(SQL.identifier("trained", name) for name in columns),
                company=run.company_id.id,
                run=run.id,
                user=self.env.uid,
            )
        )
        cr.execute(
            """
            INSERT INTO ai_recommendation_rule_antecedent_rel (rule_id, product_id)
                 SELECT id, unnest(string_to_array(antecedent_key, ',')::int4[])
                   FROM ai_recommendation_rule
                  WHERE run_id = %s AND source = 'trained' AND active
            """,
            [run.id],
        )
        cr.execute("DROP TABLE ai_trained_rule")

    def _rows(self, run, mined):
        """Rows of KEY and FIGURES as text."""
        sizes = mined.antecedent_size.tolist()
        interval = mined.confidence_interval
        figures = {
            **dict.fromkeys(FIGURES),
            "confidence_low": interval.low,
            "confidence_high": interval.high,
            "strength": interval.low,
            "is_confidential": mined.customer_count < run.company_id.ai_min_customers,
        }
        columns = [
            getattr(mined, name) if column is None else column for name, column in figures.items()
        ]
        values = [map(_as_text, column.tolist()) for column in columns]
        for antecedent, size, consequent, *row in zip(
            mined.antecedent.tolist(), sizes, mined.consequent.tolist(), *values, strict=True
        ):
            ids = antecedent[:size]
            key = (",".join(map(str, ids)), str(ids[0]), str(size), str(consequent))
            yield (*key, *row)


def _as_text(value):
    return "0" if value == math.inf else repr(value)
