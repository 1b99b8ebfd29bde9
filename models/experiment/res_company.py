"""A setting that changes what quotations suggest ends the experiment that runs."""

from odoo import _, models

# Of core and of suggestion; a test compares them with what these have.
TREATMENT = (
    "ai_enabled",
    "ai_history_days",
    "ai_include_services",
    "ai_exclude_free",
    "ai_excluded_product_ids",
    "ai_excluded_categ_ids",
    "ai_suggestion_limit",
    "ai_show_beaten",
    "ai_min_orders",
    "ai_min_support",
    "ai_min_confidence",
    "ai_min_lift",
    "ai_max_false_rate",
    "ai_prune_rules",
    "ai_max_antecedent",
    "ai_min_customers",
    "ai_max_basket",
    "ai_offer_limit",
    "ai_dismiss_days",
    "ai_reorder_min_purchases",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        names = [name for name in TREATMENT if name in vals]
        if not names:
            return super().write(vals)
        before = {company: company._ai_treatment(names) for company in self}
        done = super().write(vals)
        for company, old in before.items():
            new = company._ai_treatment(names)
            changed = [name for name in names if old[name] != new[name]]
            if changed:
                company._ai_end_experiment(changed)
        return done

    def _ai_treatment(self, names):
        """{name of a setting: its value, of relations their ids}."""
        values = {name: self[name] for name in names}
        return {
            name: value.ids if isinstance(value, models.BaseModel) else value
            for name, value in values.items()
        }

    def _ai_end_experiment(self, names):
        experiment = self.env["ai.experiment"].sudo()._running(self)
        if experiment:
            labels = ", ".join(map(self._ai_setting_label, names))
            experiment._end(_("settings were changed: %s", labels))
