{
    "name": "Smart Recommender",
    "summary": "Product suggestions in quotations, learned from your own sales history",
    "version": "17.0.1.0.0",
    "category": "Sales/Sales",
    "author": "smart_recommender contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["sale_management"],
    "external_dependencies": {
        "python": ["numpy", "scipy", "pandas", "scikit-learn", "mlxtend", "joblib"],
    },
    "data": [
        "security/res_groups.xml",
        "security/ir.model.access.csv",
        "security/ir_rules.xml",
        "data/ir_cron.xml",
        "views/ai_recommendation_rule_views.xml",
        "views/ai_training_run_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["smart_recommender/static/src/**/*"],
        "web.assets_tests": ["smart_recommender/static/tests/tours/**/*"],
    },
    "images": ["static/description/banner.png"],
}
