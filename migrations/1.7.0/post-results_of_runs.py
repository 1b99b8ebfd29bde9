"""Figures of runs moved from columns of the run into a row of the kind."""

from odoo.tools import SQL

# {kind: {column of the run: column of the result}}
FIGURES = {
    "rules": dict.fromkeys(
        (
            "rule_count",
            "method",
            "history_weight",
            "popularity_weight",
            "reorder_weight",
            "factor_weight",
            "proven_only",
            "is_beaten",
            "hit_rate",
            "popular_hit_rate",
        )
    ),
    "customers": {
        "offer_count": None,
        "offer_customer_count": "client_count",
        "similar_first": None,
        "is_beaten": None,
        "hit_rate": None,
        "popular_hit_rate": None,
    },
    "forecast": dict.fromkeys(
        ("forecast_count", "no_forecast_count", "fallback_count", "wape", "bias", "mase")
    ),
    "classes": {"product_count": "class_count", "class_change_count": "change_count"},
    "replenishment": {"order_now_count": None, "stock_row_count": "row_count"},
    "anomalies": {"anomaly_count": None, "new_anomaly_count": "new_count"},
}


def migrate(cr, _version):
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'ai_training_run'"
    )
    there = {name for (name,) in cr.fetchall()}
    for kind, figures in FIGURES.items():
        known = {old: new or old for old, new in figures.items() if old in there}
        if not known:
            continue
        cr.execute(
            SQL(
                """
                INSERT INTO %s (run_id, company_id, create_date, write_date, %s)
                     SELECT id, company_id, create_date, write_date, %s
                       FROM ai_training_run
                      WHERE kind = %s AND state = 'done'
                ON CONFLICT DO NOTHING
                """,
                SQL.identifier(f"ai_training_result_{kind}"),
                SQL(", ").join(map(SQL.identifier, known.values())),
                SQL(", ").join(map(SQL.identifier, known)),
                kind,
            )
        )
    # Odoo drops the other columns itself; a field of this name is computed now.
    cr.execute("ALTER TABLE ai_training_run DROP COLUMN IF EXISTS is_beaten")
