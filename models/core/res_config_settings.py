from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ai_enabled = fields.Boolean(related="company_id.ai_enabled", readonly=False)
    ai_auto_train = fields.Boolean(related="company_id.ai_auto_train", readonly=False)
    ai_history_days = fields.Integer(related="company_id.ai_history_days", readonly=False)
    ai_forecast_days = fields.Integer(related="company_id.ai_forecast_days", readonly=False)
    ai_discontinued_days = fields.Integer(related="company_id.ai_discontinued_days", readonly=False)
    ai_min_support = fields.Float(related="company_id.ai_min_support", readonly=False)
    ai_min_orders = fields.Integer(related="company_id.ai_min_orders", readonly=False)
    ai_min_confidence = fields.Float(related="company_id.ai_min_confidence", readonly=False)
    ai_min_lift = fields.Float(related="company_id.ai_min_lift", readonly=False)
    ai_max_false_rate = fields.Float(related="company_id.ai_max_false_rate", readonly=False)
    ai_prune_rules = fields.Boolean(related="company_id.ai_prune_rules", readonly=False)
    ai_show_beaten = fields.Boolean(related="company_id.ai_show_beaten", readonly=False)
    ai_max_antecedent = fields.Integer(related="company_id.ai_max_antecedent", readonly=False)
    ai_suggestion_limit = fields.Integer(related="company_id.ai_suggestion_limit", readonly=False)
    ai_min_customers = fields.Integer(related="company_id.ai_min_customers", readonly=False)
    ai_max_basket = fields.Integer(related="company_id.ai_max_basket", readonly=False)
    ai_include_services = fields.Boolean(related="company_id.ai_include_services", readonly=False)
    ai_exclude_free = fields.Boolean(related="company_id.ai_exclude_free", readonly=False)
    ai_excluded_product_ids = fields.Many2many(
        related="company_id.ai_excluded_product_ids", readonly=False
    )
    ai_excluded_categ_ids = fields.Many2many(
        related="company_id.ai_excluded_categ_ids", readonly=False
    )
    ai_offer_limit = fields.Integer(related="company_id.ai_offer_limit", readonly=False)
    ai_dismiss_days = fields.Integer(related="company_id.ai_dismiss_days", readonly=False)
    ai_reorder_min_purchases = fields.Integer(
        related="company_id.ai_reorder_min_purchases", readonly=False
    )
    ai_rop_method = fields.Selection(related="company_id.ai_rop_method", readonly=False)
    ai_default_lead_time = fields.Float(related="company_id.ai_default_lead_time", readonly=False)
    ai_safety_days = fields.Float(related="company_id.ai_safety_days", readonly=False)
    ai_service_level = fields.Float(related="company_id.ai_service_level", readonly=False)
    ai_demand_days = fields.Integer(related="company_id.ai_demand_days", readonly=False)
    ai_available_stock = fields.Selection(related="company_id.ai_available_stock", readonly=False)
    ai_use_receipts = fields.Boolean(related="company_id.ai_use_receipts", readonly=False)
    ai_cycle_days = fields.Float(related="company_id.ai_cycle_days", readonly=False)
    ai_dead_stock_days = fields.Integer(related="company_id.ai_dead_stock_days", readonly=False)
    ai_stock_alerts = fields.Boolean(related="company_id.ai_stock_alerts", readonly=False)
    ai_class_days = fields.Integer(related="company_id.ai_class_days", readonly=False)
    ai_class_bucket = fields.Selection(related="company_id.ai_class_bucket", readonly=False)
    ai_abc_preset = fields.Selection(related="company_id.ai_abc_preset", readonly=False)
    ai_abc_a = fields.Float(related="company_id.ai_abc_a", readonly=False)
    ai_abc_b = fields.Float(related="company_id.ai_abc_b", readonly=False)
    ai_xyz_x = fields.Float(related="company_id.ai_xyz_x", readonly=False)
    ai_xyz_y = fields.Float(related="company_id.ai_xyz_y", readonly=False)
    ai_anomaly_method = fields.Selection(related="company_id.ai_anomaly_method", readonly=False)
    ai_anomaly_threshold = fields.Float(related="company_id.ai_anomaly_threshold", readonly=False)
    ai_anomaly_medium = fields.Float(related="company_id.ai_anomaly_medium", readonly=False)
    ai_anomaly_high = fields.Float(related="company_id.ai_anomaly_high", readonly=False)
    ai_anomaly_window = fields.Integer(related="company_id.ai_anomaly_window", readonly=False)
    ai_anomaly_days = fields.Integer(related="company_id.ai_anomaly_days", readonly=False)
    ai_anomaly_chance = fields.Float(related="company_id.ai_anomaly_chance", readonly=False)
    ai_anomaly_categories = fields.Boolean(
        related="company_id.ai_anomaly_categories", readonly=False
    )
    ai_anomaly_customers = fields.Boolean(related="company_id.ai_anomaly_customers", readonly=False)
    ai_anomaly_salespeople = fields.Boolean(
        related="company_id.ai_anomaly_salespeople", readonly=False
    )
    ai_anomaly_company = fields.Boolean(related="company_id.ai_anomaly_company", readonly=False)
    ai_dormant_days = fields.Integer(related="company_id.ai_dormant_days", readonly=False)
    ai_payment_delay = fields.Integer(related="company_id.ai_payment_delay", readonly=False)
    ai_replay_text = fields.Text(compute="_compute_ai_replay_text")

    @api.depends("company_id")
    def _compute_ai_replay_text(self):
        """What both reorder points would have done, so that the choice is no guess."""
        for settings in self:
            settings.ai_replay_text = (
                self.env["ai.policy.replay"]
                .search([("company_id", "=", settings.company_id.id)], limit=1)
                .run_id.replay_text
            )
