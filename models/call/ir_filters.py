from odoo import _, api, models

FILTERS = (
    "ai_call_filter_by_operator",
    "ai_call_filter_top_clients",
    "ai_call_filter_revenue_by_operator",
    "ai_call_filter_revenue_by_client",
)


class IrFilters(models.Model):
    _inherit = "ir.filters"

    @api.model
    def get_filters(self, model, *args, **kwargs):
        """Favourites have one name for all languages: ours are shown in the user's."""
        filters = super().get_filters(model, *args, **kwargs)
        if model == "ai.call":
            names = self._ai_call_filter_names()
            for each in filters:
                each["name"] = names.get(each["id"], each["name"])
        return filters

    @api.model
    def _ai_call_filter_names(self):
        names = (
            _("Calls by Operator"),
            _("Top Ten Clients"),
            _("Revenue by Operator"),
            _("Revenue by Client"),
        )
        to_id = self.env["ir.model.data"]._xmlid_to_res_id
        ids = (to_id(f"smart_recommender.{name}") for name in FILTERS)
        return dict(zip(ids, names, strict=True))
